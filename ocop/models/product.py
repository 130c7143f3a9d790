"""Products, their groups, and the questions asked of them on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import (
    AmountField,
    DayField,
    FoldedTextField,
    NameField,
    NoteField,
    SortTextField,
)
from damha_portal.core.models import Record
from damha_portal.core.periods import Period
from damha_portal.core.querysets import RecordQuerySet
from ocop.enums import CHAIN_KINDS, ParticipationState
from ocop.models.producer import Producer
from ocop.models.ruleset import RuleSet

#: Only 3, 4 and 5 stars are certified (domain.md §2.2).
CERTIFIED_FROM = 3


class ProductGroup(Record):
    """One of the six product groups of QĐ 919/QĐ-TTg (2022)."""

    row_scope = RowScope(Sector.OCOP, unit_path=None)

    code = models.CharField(_("mã"), max_length=10, unique=True)
    name = NameField(_("tên nhóm"), max_length=160)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    search_text = FoldedTextField(sources=("code", "name"))

    class Meta:
        verbose_name = _("nhóm sản phẩm")
        verbose_name_plural = _("nhóm sản phẩm")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


class ProductSubgroup(Record):
    """A product set inside a group; an editable table, its closed list is not known (U8)."""

    row_scope = RowScope(Sector.OCOP, unit_path=None)

    group = models.ForeignKey(
        ProductGroup, verbose_name=_("nhóm"), on_delete=models.PROTECT, related_name="subgroups"
    )
    rule_set = models.ForeignKey(
        RuleSet,
        verbose_name=_("bộ tiêu chí"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subgroups",
    )
    code = models.CharField(_("mã"), max_length=20)
    name = NameField(_("tên phân nhóm"), max_length=200)
    lead_ministry = NameField(_("bộ quản lý"), max_length=120, blank=True, default="")
    source = NameField(_("nguồn"), max_length=200, blank=True, default="")
    search_text = FoldedTextField(sources=("code", "name"))

    class Meta:
        verbose_name = _("phân nhóm sản phẩm")
        verbose_name_plural = _("phân nhóm sản phẩm")
        ordering = ["group__position", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "code"],
                name="ocop_subgroup_key",
                violation_error_message=_("Nhóm này đã có phân nhóm cùng mã."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProductQuerySet(RecordQuerySet["Product"]):
    """Adjectives that hold on a day; each has its instance twin in a test."""

    def recognised(self, on: dt.date, min_star: int = CERTIFIED_FROM) -> Self:
        """Products whose latest recognition is in force on `on` with at least `min_star`."""
        held = _rows("recognitions").in_force(on).filter(product=OuterRef("pk"))
        return self.filter(Exists(held.filter(star__gte=min_star)))

    def with_current_star(self, on: dt.date) -> Self:
        """Annotate `current_star` and `star_valid_until`; NULL where nothing is in force."""
        held = _rows("recognitions").in_force(on).filter(product=OuterRef("pk"))
        newest = held.order_by("-issued_on", "-pk")
        return self.annotate(
            current_star=Subquery(newest.values("star")[:1]),
            star_valid_until=Subquery(newest.values("valid_until")[:1]),
        )

    def newly_recognised(
        self, *, year: int, on: dt.date, baseline: dt.date, min_star: int = CERTIFIED_FROM
    ) -> Self:
        """First-time recognitions at `min_star` or more of an evaluation year, decided by `on`.

        Not counted: upgrades and renewals, products in force at `min_star` on `baseline`, and
        recognitions revoked by `on` (T4's reading, domain.md §1.4).
        """
        first = _rows("recognitions").first_time(year=year, on=on, min_star=min_star)
        return self.filter(Exists(first.filter(product=OuterRef("pk")))).exclude(
            Exists(
                _rows("recognitions")
                .in_force(baseline)
                .filter(product=OuterRef("pk"), star__gte=min_star)
            )
        )

    def newly_registered(self, window: Period, *, since: dt.date | None = None) -> Self:
        """Products new to the programme whose idea was accepted inside `window` (T1).

        `since` is the first day of the plan's period (default: the window's): an acceptance,
        recognition or stated joining date before it means the product is not new.
        """
        start = since or window.start
        accepted = _step_changes().filter(to_state=ParticipationState.IDEA_ACCEPTED)
        recognised = _rows("recognitions").filter(product=OuterRef("pk"), decided_on__lt=start)
        return self.filter(
            Q(joined_on__isnull=True) | Q(joined_on__gte=start),
            Exists(accepted.filter(happened_on__range=(window.start, window.end))),
        ).exclude(Exists(accepted.filter(happened_on__lt=start)) | Exists(recognised))

    def ready_for_evaluation(self, on: dt.date) -> Self:
        """Products with a participation whose state on `on` is “dossier ready” or later."""
        ready = (
            _rows("participations")
            .with_state(on)
            .filter(
                product=OuterRef("pk"),
                state__in=[
                    ParticipationState.DOSSIER_READY,
                    ParticipationState.IN_EVALUATION,
                    ParticipationState.RECOGNISED,
                    ParticipationState.NOT_RECOGNISED,
                ],
            )
        )
        return self.filter(Exists(ready))

    def supported(self, window: Period, kinds: list[str] | None = None) -> Self:
        """Products named in a support activity of one of `kinds` (any: None) held in `window`."""
        activities = _rows("support_activities").held_in(window).filter(products=OuterRef("pk"))
        return self.filter(Exists(activities.filter(kind__in=kinds) if kinds else activities))

    def with_active_code(self, on: dt.date) -> Self:
        """Products with an e-stamp, trace code or barcode active on `on` (T8)."""
        return self.filter(Exists(_rows("codes").active(on).filter(product=OuterRef("pk"))))

    def with_active_listing(self, on: dt.date) -> Self:
        """Products shown on an e-commerce exchange on `on` (T9)."""
        listings = _rows("platform_listings").active(on).on_exchanges(on)
        return self.filter(Exists(listings.filter(product=OuterRef("pk"))))

    def brought_into_chains(self, window: Period, *, on: dt.date) -> Self:
        """Products whose listing in a mall or supermarket chain began in `window`, still sold."""
        listings = (
            _rows("retail_listings")
            .active(on)
            .filter(
                started_on__range=(window.start, window.end),
                outlet__chain__kind__in=CHAIN_KINDS,
                product=OuterRef("pk"),
            )
        )
        return self.filter(Exists(listings))


def _rows(related_name: str) -> Any:  # noqa: ANN401  (the related model's own QuerySet)
    """All rows of a model that points to Product, named by its reverse relation.

    Those models import this one; asking the relation keeps the arrow pointing one way.
    """
    relation: Any = Product._meta.get_field(related_name)
    return relation.related_model.objects.all()


def _step_changes() -> models.QuerySet[Any]:
    participations = _rows("participations").model
    changes: Any = participations._meta.get_field("step_changes").related_model
    queryset: models.QuerySet[Any] = changes.objects.filter(participation__product=OuterRef("pk"))
    return queryset


class Product(Record):
    """An OCOP product; recognised by producer and name or by its code, never by name alone."""

    row_scope = RowScope(Sector.OCOP, unit_path="producer__admin_unit")
    search_paths = ("search_text", "producer__search_text")

    name = NameField(_("tên sản phẩm"), max_length=200)
    alias = NameField(_("tên khác"), max_length=200, blank=True, default="")
    code = models.CharField(_("mã sản phẩm"), max_length=40, blank=True, default="")
    producer = models.ForeignKey(
        Producer, verbose_name=_("chủ thể"), on_delete=models.PROTECT, related_name="products"
    )
    subgroup = models.ForeignKey(
        ProductSubgroup,
        verbose_name=_("phân nhóm"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
    )
    joined_on = DayField(
        _("tham gia chương trình từ"),
        null=True,
        blank=True,
        help_text=_("Chỉ ghi khi đã tham gia trước khi có sổ theo dõi chu trình trên cổng."),
    )
    material_origin = NameField(_("nguồn gốc nguyên liệu"), max_length=300, blank=True, default="")
    story = NoteField(_("câu chuyện sản phẩm"), blank=True, default="")
    description = NoteField(_("mô tả"), blank=True, default="")
    packaging = NameField(_("quy cách đóng gói"), max_length=200, blank=True, default="")
    abv = AmountField(
        _("nồng độ cồn (% thể tích)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    search_text = FoldedTextField(sources=("name", "alias", "code"))
    sort_text = SortTextField(source="name")

    objects: ClassVar = models.Manager.from_queryset(ProductQuerySet)()

    class Meta:
        verbose_name = _("sản phẩm")
        verbose_name_plural = _("sản phẩm OCOP")
        ordering = ["sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "name"],
                name="ocop_product_key",
                violation_error_message=_("Chủ thể này đã có sản phẩm cùng tên."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="ocop_product_code_once",
                violation_error_message=_("Mã sản phẩm này đã dùng cho sản phẩm khác."),
            ),
            models.CheckConstraint(
                condition=Q(abv__isnull=True) | Q(abv__range=(0, 100)),
                name="ocop_product_abv",
                violation_error_message=_("Nồng độ cồn phải từ 0 đến 100 %."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def search_note(self) -> str:
        """What a search result shows beside the name."""
        return str(self.producer)
