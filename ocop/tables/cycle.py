"""Participations, recognitions and support."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from damha_portal.core.tables import DayColumn, NumberColumn, RecordLinkColumn, RecordTable
from ocop.enums import ParticipationState, RecognitionState
from ocop.models import CycleParticipation, Recognition, SupportActivity
from ocop.tables.columns import (
    PARTICIPATION_TONES,
    RECOGNITION_TONES,
    StarColumn,
    StateColumn,
    own_page,
)


class ParticipationTable(RecordTable):
    """Who stands where in the cycle."""

    product = RecordLinkColumn(order_by=("product__sort_text", "-year"))
    producer = RecordLinkColumn(
        accessor="product__producer",
        record="product__producer",
        verbose_name=_("Chủ thể"),
        order_by=("product__producer__sort_text", "product__sort_text"),
    )
    year = tables.Column(linkify=own_page, order_by=("year", "product__sort_text"))
    state = StateColumn(
        labels=dict(ParticipationState.choices),
        tones=PARTICIPATION_TONES,
        verbose_name=_("Đang ở bước"),
    )
    state_since = DayColumn(verbose_name=_("Từ ngày"))

    class Meta(RecordTable.Meta):
        model = CycleParticipation
        fields = ("product", "producer", "year", "state", "state_since")


class RecognitionTable(RecordTable):
    """Stars, their decisions, and whether they hold today."""

    product = RecordLinkColumn(order_by=("product__sort_text", "-issued_on"))
    star = StarColumn(linkify=own_page)
    evaluation_year = tables.Column()
    decided_on = DayColumn()
    issued_on = DayColumn()
    valid_until = DayColumn()
    state_now = StateColumn(
        labels=dict(RecognitionState.choices),
        tones=RECOGNITION_TONES,
        verbose_name=_("Hôm nay"),
    )

    class Meta(RecordTable.Meta):
        model = Recognition
        fields = (
            "product",
            "star",
            "level",
            "type",
            "evaluation_year",
            "decision_no",
            "decided_on",
            "issued_on",
            "valid_until",
            "state_now",
        )


class SupportTable(RecordTable):
    """What was done, when, for how many."""

    title = RecordLinkColumn()
    held_on = DayColumn()
    admin_unit = tables.Column(order_by=("admin_unit__sort_text", "-held_on"))
    producer_count = NumberColumn(verbose_name=_("Chủ thể"))
    product_count = NumberColumn(verbose_name=_("Sản phẩm"))

    class Meta(RecordTable.Meta):
        model = SupportActivity
        fields = (
            "title",
            "kind",
            "held_on",
            "admin_unit",
            "organiser",
            "producer_count",
            "product_count",
        )
