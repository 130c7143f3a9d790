"""Pages of participations, recognitions and support."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core import clock
from damha_portal.core.components import Step, TimelineEntry
from damha_portal.core.pages import Action, Badge, PageInfo, RecordPages, Section, register_pages
from damha_portal.core.services import record_save
from ocop.enums import ParticipationState, RecognitionState
from ocop.filters import ParticipationFilter, RecognitionFilter, SupportFilter
from ocop.forms import ParticipationForm, RecognitionForm, SupportForm
from ocop.models import CycleParticipation, CycleStepChange, Recognition, SupportActivity
from ocop.selectors import cycle_steps, recognition_remarks
from ocop.services import participation_start, support_save
from ocop.tables import (
    ParticipationTable,
    ProducerTable,
    ProductTable,
    RecognitionTable,
    SupportTable,
)
from ocop.tables.columns import PARTICIPATION_TONES, RECOGNITION_TONES, section_table
from ocop.transitions import transitions_from


@register_pages
class ParticipationPages(RecordPages):
    """Participations in the cycle."""

    model = CycleParticipation
    path, name = "chu-trinh", "participation"
    table, filterset, form = ParticipationTable, ParticipationFilter, ParticipationForm
    list_related = ("product__producer",)
    detail_template = "ocop/participation_detail.html"
    facts = ("product", "year", "entry_step", "note")
    empty_text = gettext_lazy(
        "Chưa có lượt tham gia nào. Mở trang của một sản phẩm và bấm «Đăng ký vào chu trình»."
    )

    @staticmethod
    def annotate(rows: Any, today: dt.date) -> QuerySet[Any]:  # noqa: ANN401  (its QuerySet)
        """The state of today."""
        found: QuerySet[Any] = rows.with_state(today)
        return found

    @staticmethod
    def save(*, actor: Any, form: ParticipationForm) -> models.Model:  # noqa: ANN401  (User)
        """A new participation starts with its first step."""
        record = form.instance
        if record.pk is not None:
            return record_save(actor=actor, record=record)
        return participation_start(
            actor=actor,
            product=record.product,
            year=record.year,
            entry_step=record.entry_step,
            note=record.note,
            happened_on=form.cleaned_data["happened_on"],
            today=clock.today(),
        )

    @staticmethod
    def details(record: CycleParticipation, _user: Any, _today: dt.date) -> PageInfo:  # noqa: ANN401
        """Stepper, the moves allowed from here, and how it came here."""
        changes = list(record.step_changes.select_related("actor").order_by("happened_on", "pk"))
        if not changes:
            return PageInfo(lead=ParticipationLead([], []))
        state = ParticipationState(changes[-1].to_state)
        return PageInfo(
            badges=[Badge(PARTICIPATION_TONES.get(state, "blue"), str(state.label))],
            actions=_participation_actions(record, state, len(changes)),
            lead=ParticipationLead(
                cycle_steps(record, changes), [_timeline_entry(row) for row in reversed(changes)]
            ),
        )


@dataclass(frozen=True, slots=True)
class ParticipationLead:
    """What the template of a participation shows beside its columns."""

    steps: Sequence[Step]
    entries: Sequence[TimelineEntry]


def _participation_actions(
    record: CycleParticipation, state: ParticipationState, steps_done: int
) -> list[Action]:
    advance = reverse("ocop:participation-advance", args=[record.pk])
    actions = [
        Action(
            str(move.button),
            f"{advance}?to_state={move.to_state.value}",
            "default" if move.needs_reason else "primary",
        )
        for move in transitions_from(state)
    ]
    if steps_done > 1:
        undo = reverse("ocop:participation-undo", args=[record.pk])
        actions.append(Action(_("Gỡ bước ghi nhầm"), undo))
    return actions


def _timeline_entry(change: CycleStepChange) -> TimelineEntry:
    who = str(change.actor) if change.actor_id else _("Hệ thống")
    return TimelineEntry(change.happened_on, who, str(change.get_to_state_display()), change.reason)


@register_pages
class RecognitionPages(RecordPages):
    """Stars."""

    model = Recognition
    path, name = "cong-nhan", "recognition"
    table, filterset, form = RecognitionTable, RecognitionFilter, RecognitionForm
    list_related = ("product__producer", "rule_set")
    facts = (
        "product",
        "star",
        "level",
        "type",
        "evaluation_year",
        "decision_no",
        "decided_on",
        "certificate_no",
        "issued_on",
        "valid_until",
        "rule_set",
        "total_score",
        "revoked_on",
        "revocation_ref",
        "revocation_reason",
        "note",
    )
    empty_text = gettext_lazy(
        "Chưa có công nhận nào. Thêm từng quyết định công nhận hạng sao theo đúng văn bản."
    )

    @staticmethod
    def annotate(rows: Any, today: dt.date) -> QuerySet[Any]:  # noqa: ANN401  (its QuerySet)
        """The state of today."""
        found: QuerySet[Any] = rows.with_state(today)
        return found

    @staticmethod
    def details(record: Recognition, _user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """State, what does not fit the rules, and the way to revoke it."""
        state = record.state(today)
        actions = []
        if record.revoked_on is None and state != RecognitionState.UPCOMING:
            url = reverse("ocop:recognition-revoke", args=[record.pk])
            actions.append(Action(_("Ghi thu hồi"), url, "danger"))
        return PageInfo(
            badges=[Badge(RECOGNITION_TONES[state], str(state.label))],
            alerts=[Badge("amber", remark) for remark in recognition_remarks(record)],
            actions=actions,
        )


def _reached(relation: str) -> Coalesce:
    """How many rows of one many-to-many an activity reached; no joins that multiply."""
    through: Any = getattr(SupportActivity, relation).through
    rows = through.objects.filter(supportactivity=OuterRef("pk")).order_by()
    counted = rows.values("supportactivity").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@register_pages
class SupportPages(RecordPages):
    """Support."""

    model = SupportActivity
    path, name = "ho-tro", "support"
    table, filterset, form = SupportTable, SupportFilter, SupportForm
    list_related = ("admin_unit", "organiser")
    facts = (
        "kind",
        "held_on",
        "ended_on",
        "admin_unit",
        "organiser",
        "cost",
        "funding",
        "plan_task",
        "note",
    )
    empty_text = gettext_lazy(
        "Chưa ghi hoạt động hỗ trợ nào. Ghi từng lớp đào tạo, tập huấn, tư vấn đã thực hiện, "
        "kèm các chủ thể và sản phẩm được hỗ trợ."
    )

    @staticmethod
    def save(*, actor: Any, form: SupportForm) -> models.Model:  # noqa: ANN401  (User)
        """With whom it reached."""
        chosen = {name: form.cleaned_data[name] for name in ("producers", "products")}
        return support_save(actor=actor, activity=form.instance, **chosen)

    @staticmethod
    def annotate(rows: QuerySet[SupportActivity], _today: dt.date) -> QuerySet[Any]:
        """How many each reached."""
        return rows.annotate(
            producer_count=_reached("producers"), product_count=_reached("products")
        )

    @staticmethod
    def details(record: SupportActivity, user: Any, today: dt.date) -> PageInfo:  # noqa: ANN401
        """Whom it reached, as far as the reader may see."""
        producers = list(
            record.producers.visible_to(user)
            .select_related("admin_unit")
            .annotate(product_count=Count("products"))
        )
        products = list(
            record.products.visible_to(user)
            .with_current_star(today)
            .select_related("producer__admin_unit", "subgroup")
        )
        return PageInfo(
            sections=[
                Section(
                    _("Chủ thể tham gia (%(count)d)") % {"count": len(producers)},
                    table=section_table(ProducerTable, producers) if producers else None,
                    text="" if producers else _("Không ghi chủ thể nào."),
                ),
                Section(
                    _("Sản phẩm được hỗ trợ (%(count)d)") % {"count": len(products)},
                    table=section_table(ProductTable, products) if products else None,
                    text="" if products else _("Không ghi sản phẩm nào."),
                ),
            ]
        )
