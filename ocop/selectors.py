"""What the pages of products and producers read, as dataclasses, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.db.models import ExpressionWrapper, F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from damha_portal.core.components import Step
from damha_portal.core.dates import format_date
from ocop.enums import CycleStep, ParticipationState, RecognitionState
from ocop.models import (
    CycleParticipation,
    CycleStepChange,
    Product,
    Recognition,
    RuleSet,
    SupportActivity,
    TraceabilityCode,
)
from ocop.models.market import exchange_condition
from ocop.models.product import CERTIFIED_FROM
from ocop.transitions import FINISHED_STATES, RETURNED_STATES, STEP_OF_STATE

#: Related rows on a page; the rest is a click away in its own list.
SECTION_ROWS = 20
#: Under the law on alcohol harm (2019), spirits from 15 % by volume may not be promoted.
SPIRITS_ABV = 15
IN_FORCE = (RecognitionState.VALID, RecognitionState.EXPIRING)


# --- The star -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StarLine:
    """The star a product may show today; `valid` is False for one that lapsed."""

    star: int | None
    valid: bool
    until: str

    @property
    def words(self) -> str:
        """“4 sao · hiệu lực đến hết 03/02/2026 · còn 74 ngày”."""
        if self.star is None:
            return self.until
        return _("%(star)d sao · %(until)s") % {"star": self.star, "until": self.until}


def star_line(recognitions: Sequence[Recognition], today: dt.date) -> StarLine:
    """The star of the recognition in force, else the last one with the day it ended.

    `recognitions` are those of one product, newest first, with `state_now` of `today`.
    """
    rows: list[Any] = [row for row in recognitions if row.issued_on <= today]
    if not rows:
        return StarLine(None, valid=False, until=_("chưa có hạng sao"))
    newest = rows[0]
    last_day = format_date(newest.valid_until)
    if newest.state_now == RecognitionState.REVOKED:
        until = _("đã thu hồi từ ngày %(day)s") % {"day": format_date(newest.revoked_on)}
        return StarLine(newest.star, valid=False, until=until)
    if newest.state_now not in IN_FORCE:
        until = _("hết hiệu lực sau ngày %(day)s") % {"day": last_day}
        return StarLine(newest.star, valid=False, until=until)
    left = (newest.valid_until - today).days
    until = _("hiệu lực đến hết %(day)s · còn %(days)d ngày") % {"day": last_day, "days": left}
    if left == 0:
        until = _("hiệu lực đến hết hôm nay, %(day)s") % {"day": last_day}
    return StarLine(newest.star, valid=True, until=until)


def recognition_remarks(recognition: Recognition) -> list[str]:
    """What does not fit the rules in force on the day of decision; shown, never refused.

    Two queries. The star is what the decision says, whatever the points or the level.
    """
    rule_set = (
        RuleSet.objects.in_force(recognition.decided_on)
        .prefetch_related("bands", "authorities")
        .first()
    )
    if rule_set is None:
        return []
    return [
        remark
        for remark in (
            _rule_set_remark(recognition, rule_set),
            _level_remark(recognition, rule_set),
            _score_remark(recognition, rule_set),
        )
        if remark
    ]


def _rule_set_remark(recognition: Recognition, rule_set: RuleSet) -> str:
    if recognition.rule_set_id in (None, rule_set.pk):
        return ""
    return _(
        "Ngày quyết định %(day)s thuộc thời gian áp dụng «%(right)s», không phải «%(used)s»."
    ) % {
        "day": format_date(recognition.decided_on),
        "right": rule_set,
        "used": recognition.rule_set,
    }


def _level_remark(recognition: Recognition, rule_set: RuleSet) -> str:
    authorities = [row for row in rule_set.authorities.all() if row.star == recognition.star]
    if not authorities or authorities[0].level == recognition.level:
        return ""
    return _(
        "Theo «%(rules)s», %(star)d sao do %(right)s công nhận; ở đây ghi %(used)s. Kiểm tra lại "
        "quyết định."
    ) % {
        "rules": rule_set,
        "star": recognition.star,
        "right": authorities[0].get_level_display(),
        "used": recognition.get_level_display(),
    }


def _score_remark(recognition: Recognition, rule_set: RuleSet) -> str:
    if recognition.total_score is None:
        return ""
    reached = [row for row in rule_set.bands.all() if row.from_score <= recognition.total_score]
    by_points = max((row.star for row in reached), default=None)
    if by_points in (None, recognition.star):
        return ""
    return _(
        "Tổng điểm tương ứng khung %(points)d sao, quyết định ghi %(star)d sao. Hạng sao giữ theo "
        "quyết định (còn có tiêu chí bắt buộc)."
    ) % {"points": by_points, "star": recognition.star}


# --- The cycle ------------------------------------------------------------------------------------


def cycle_steps(
    participation: CycleParticipation, changes: Sequence[CycleStepChange]
) -> list[Step]:
    """The steps of the cycle as one participation went through them; `changes` oldest first."""
    if not changes:
        return []
    steps = list(CycleStep)
    if participation.entry_step == CycleStep.EVALUATION:
        steps = [CycleStep.AWARENESS, CycleStep.EVALUATION, CycleStep.TRADE_PROMOTION]
    state = ParticipationState(changes[-1].to_state)
    here = steps.index(STEP_OF_STATE[state]) + (state in FINISHED_STATES)
    last_days = {
        STEP_OF_STATE[ParticipationState(row.to_state)]: row.happened_on for row in changes
    }
    found = []
    for position, step in enumerate(steps):
        day = last_days.get(step)
        note = format_date(day) if day else ""
        if position == here:
            kind = "returned" if state in RETURNED_STATES else "current"
            note = _current_note(state, changes[-1])
        else:
            kind = "done" if position < here else "todo"
        found.append(Step(str(step.label), kind, note if kind != "todo" else ""))
    return found


def _current_note(state: ParticipationState, last: CycleStepChange) -> str:
    if state in FINISHED_STATES:
        return ""
    return _("%(state)s ngày %(day)s") % {
        "state": state.label,
        "day": format_date(last.happened_on),
    }


# --- One product ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Need:
    """Something a recognised product lacks for a target of the plan."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One place where a product is shown or sold; `counts` is True on an exchange open today."""

    ONLINE: ClassVar[str] = "platform-listing"
    SHOP: ClassVar[str] = "retail-listing"

    kind: str
    pk: int
    place: str
    since: dt.date
    until: dt.date | None
    active_now: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class ProductProfile:
    """Everything the page of a product shows."""

    star: StarLine
    steps: Sequence[Step]
    participation: CycleParticipation | None
    needs: Sequence[Need]
    is_spirit: bool
    recognitions: Sequence[Recognition]
    codes: Sequence[TraceabilityCode]
    channels: Sequence[Channel]
    support: Sequence[SupportActivity]


def product_profile(product: Product, user: Any, today: dt.date) -> ProductProfile:  # noqa: ANN401
    """The page of one product; five queries whatever the number of rows.

    What counts today comes first, so that the cut after `SECTION_ROWS` hides nothing that counts.
    """
    recognitions = list(product.recognitions.with_state(today))
    # Annotated names are out of mypy's sight: `Any`.
    rows: Any = product.codes.with_activity(today)
    codes = list(rows.order_by("-active_now", "kind", "code", "pk")[:SECTION_ROWS])
    channels = _channels(product, today)
    support = list(
        SupportActivity.objects.visible_to(user)
        .filter(products=product)
        .select_related("organiser", "admin_unit")[:SECTION_ROWS]
    )
    changes = list(
        CycleStepChange.objects.filter(participation__product=product)
        .select_related("participation")
        .order_by("participation__year", "happened_on", "pk")
    )
    participation = changes[-1].participation if changes else None
    own = [row for row in changes if row.participation_id == getattr(participation, "pk", None)]
    star = star_line(recognitions, today)
    return ProductProfile(
        star=star,
        steps=cycle_steps(participation, own) if participation else [],
        participation=participation,
        needs=_needs(star, codes, channels),
        is_spirit=product.abv is not None and product.abv >= SPIRITS_ABV,
        recognitions=recognitions[:SECTION_ROWS],
        codes=codes,
        channels=channels,
        support=support,
    )


def _channels(product: Product, today: dt.date) -> list[Channel]:
    """Exchanges and shops of a product in one query, those that count today first."""
    names = ("kind", "key", "place", "since", "until", "active_now", "counts")
    boolean = models.BooleanField()
    online: Any = product.platform_listings.with_activity(today).annotate(
        kind=Value(Channel.ONLINE),
        key=F("pk"),
        place=F("platform__name"),
        since=F("listed_on"),
        until=F("delisted_on"),
        counts=ExpressionWrapper(exchange_condition(today), output_field=boolean),
    )
    shops: Any = product.retail_listings.with_activity(today).annotate(
        kind=Value(Channel.SHOP),
        key=F("pk"),
        place=Concat(
            "outlet__chain__name",
            Value(" — "),
            "outlet__name",
            output_field=models.CharField(),
        ),
        since=F("started_on"),
        until=F("ended_on"),
        counts=Value(value=False, output_field=boolean),
    )
    both = (
        online.order_by()
        .values_list(*names)
        .union(shops.order_by().values_list(*names), all=True)
        .order_by("-active_now", "-counts", "-since", "kind", "key")
    )
    return [Channel(*row) for row in both[: 2 * SECTION_ROWS]]


def _needs(star: StarLine, codes: Sequence[Any], channels: Sequence[Channel]) -> list[Need]:
    """What the plan's traceability and e-commerce targets ask of a validly recognised product."""
    if not star.valid or (star.star or 0) < CERTIFIED_FROM:
        return []
    found = []
    if not any(code.active_now for code in codes):
        found.append(
            Need(
                "code",
                _("Còn thiếu tem điện tử hoặc mã số, mã vạch còn hiệu lực để truy xuất nguồn gốc."),
            )
        )
    if not any(row.active_now and row.counts for row in channels):
        found.append(
            Need("listing", _("Chưa được giới thiệu trên sàn thương mại điện tử nào đang mở."))
        )
    return found


# --- One producer ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProducerProfile:
    """Everything the page of a producer shows beside its own columns."""

    products: Sequence[Product]
    product_count: int
    support: Sequence[SupportActivity]


def producer_profile(producer: Any, user: Any, today: dt.date) -> ProducerProfile:  # noqa: ANN401
    """The page of one producer; three queries whatever the number of rows."""
    products = Product.objects.filter(producer=producer).with_current_star(today)
    reached = SupportActivity.objects.filter(
        models.Q(producers=producer) | models.Q(products__producer=producer)
    )
    support = (
        SupportActivity.objects.visible_to(user)
        .filter(pk__in=reached.values("pk"))
        .select_related("organiser", "admin_unit")
    )
    shown = list(products.select_related("subgroup")[: SECTION_ROWS + 1])
    count = len(shown) if len(shown) <= SECTION_ROWS else products.count()
    return ProducerProfile(shown[:SECTION_ROWS], count, list(support[:SECTION_ROWS]))
