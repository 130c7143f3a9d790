"""Participations, recognitions and support."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from damha_portal.core import clock
from damha_portal.core.filters import RecordFilterSet
from ocop.enums import (
    CouncilLevel,
    ParticipationState,
    RecognitionState,
    RecognitionType,
    SupportKind,
)
from ocop.filters.parts import UnitFilter, YearFilter, choices, one_producer, one_product
from ocop.models import CycleParticipation, Producer, Product, Recognition, SupportActivity
from ocop.models.recognition import RecognitionQuerySet


class ParticipationFilter(RecordFilterSet):
    """By year, step and place."""

    year = YearFilter(label=_("Năm chu trình"))
    state = choices("state", _("Đang ở bước"), ParticipationState.choices, method="by_state")
    admin_unit = UnitFilter(field_name="product__producer__admin_unit")
    product = one_product()

    class Meta:
        model = CycleParticipation
        fields = ["q", "year", "state", "admin_unit", "product"]

    def by_state(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """The state of today."""
        placed: Any = CycleParticipation.objects.with_state(clock.today())
        return queryset.filter(pk__in=placed.filter(state=value).values("pk"))


class RecognitionFilter(RecordFilterSet):
    """By what the recognition is today, and by its decision."""

    state = choices("state", _("Hôm nay"), RecognitionState.choices, method="by_state")
    star = choices("star", _("Hạng sao"), [(n, _("%d sao") % n) for n in range(1, 6)])
    type = choices("type", _("Loại"), RecognitionType.choices)
    level = choices("level", _("Cấp công nhận"), CouncilLevel.choices)
    evaluation_year = YearFilter(label=_("Năm đánh giá"))
    product = one_product()

    class Meta:
        model = Recognition
        fields = ["q", "state", "star", "type", "level", "evaluation_year", "product"]

    def by_state(
        self, queryset: RecognitionQuerySet, _name: str, value: str
    ) -> RecognitionQuerySet:
        """The state of today."""
        return queryset.in_state(value, clock.today())


class SupportFilter(RecordFilterSet):
    """By kind, year and whom it reached."""

    kind = choices("kind", _("Loại hỗ trợ"), SupportKind.choices)
    year = YearFilter(field_name="held_on", lookup_expr="year", label=_("Năm"))
    admin_unit = UnitFilter(label=_("Địa bàn tổ chức"))
    product = one_product(method="by_product")
    producer = one_producer(method="by_producer")

    class Meta:
        model = SupportActivity
        fields = ["q", "kind", "year", "admin_unit", "product", "producer"]

    def by_product(self, queryset: QuerySet, _name: str, value: Product) -> QuerySet:
        """Activities that name the product."""
        reached = SupportActivity.objects.filter(products=value)
        return queryset.filter(pk__in=reached.values("pk"))

    def by_producer(self, queryset: QuerySet, _name: str, value: Producer) -> QuerySet:
        """Activities that reached the producer, directly or through a product."""
        reached = SupportActivity.objects.filter(Q(producers=value) | Q(products__producer=value))
        return queryset.filter(pk__in=reached.values("pk"))
