"""OCOP producers (chủ thể): one is one establishment unless the register says otherwise."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.vn import mst

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import (
    DayField,
    FoldedTextField,
    NameField,
    NoteField,
    SortTextField,
    WebAddressField,
    WholeNumberField,
)
from damha_portal.core.models import Record
from damha_portal.core.periods import Period
from damha_portal.core.querysets import RecordQuerySet
from ocop.enums import ParticipationState, ProducerKind


class ProducerQuerySet(RecordQuerySet["Producer"]):
    """Producers by what they took part in."""

    def newly_joined(self, window: Period, *, since: Any = None) -> Self:  # noqa: ANN401
        """Producers whose first accepted registration falls inside `window` (T6).

        `since` is the first day of the plan's period (default: the window's): a registration,
        recognition or stated joining date before it means the producer is not new.
        """
        start = since or window.start
        accepted = _producer_changes().filter(to_state=ParticipationState.IDEA_ACCEPTED)
        recognised = Producer.objects.filter(
            pk=OuterRef("pk"), products__recognitions__decided_on__lt=start
        )
        return self.filter(
            Q(joined_on__isnull=True) | Q(joined_on__gte=start),
            Exists(accepted.filter(happened_on__range=(window.start, window.end))),
        ).exclude(
            Exists(accepted.filter(happened_on__lt=start)) | Exists(recognised),
        )

    def supported(self, window: Period, kinds: list[str] | None = None) -> Self:
        """Producers reached by a support activity of one of `kinds` (any: None) in `window`.

        An activity for one of the producer's products reaches the producer.
        """
        activities = _activity_model().objects.held_in(window)
        if kinds:
            activities = activities.filter(kind__in=kinds)
        direct = activities.filter(producers=OuterRef("pk"))
        through_product = activities.filter(products__producer=OuterRef("pk"))
        return self.filter(Exists(direct) | Exists(through_product))


def _activity_model() -> Any:  # noqa: ANN401  (a model class, resolved late)
    related: Any = Producer._meta.get_field("support_activities")
    return related.related_model


def _producer_changes() -> models.QuerySet[Any]:
    """Step changes of any product of the outer producer."""
    products: Any = Producer._meta.get_field("products")
    product_model = products.related_model
    participations = product_model._meta.get_field("participations").related_model
    changes = participations._meta.get_field("step_changes").related_model
    queryset: models.QuerySet[Any] = changes.objects.filter(
        participation__product__producer=OuterRef("pk")
    )
    return queryset


class Producer(Record):
    """A legal subject or household that makes OCOP products."""

    row_scope = RowScope(Sector.OCOP, unit_path="admin_unit")

    name = NameField(_("tên chủ thể"), max_length=200)
    alias = NameField(_("tên khác"), max_length=200, blank=True, default="")
    kind = models.CharField(_("loại hình"), max_length=20, choices=ProducerKind.choices)
    admin_unit = models.ForeignKey(
        AdminUnit, verbose_name=_("xã, thị trấn"), on_delete=models.PROTECT, related_name="+"
    )
    hamlet = NameField(_("thôn, khu phố"), max_length=120, blank=True, default="")
    address = NameField(_("địa chỉ trụ sở"), max_length=300, blank=True, default="")
    workshop_address = NameField(
        _("địa chỉ cơ sở sản xuất"), max_length=300, blank=True, default=""
    )
    representative = NameField(_("người đại diện"), max_length=150, blank=True, default="")
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True, default="")
    email = models.EmailField(_("thư điện tử"), blank=True, default="")
    website = WebAddressField(_("trang web"), blank=True, default="")
    tax_code = models.CharField(_("mã số thuế"), max_length=14, blank=True, default="")
    registration_no = models.CharField(
        _("số đăng ký kinh doanh"), max_length=40, blank=True, default=""
    )
    joined_on = DayField(
        _("tham gia chương trình từ"),
        null=True,
        blank=True,
        help_text=_("Chỉ ghi khi đã tham gia trước khi có sổ theo dõi chu trình trên cổng."),
    )
    workers = WholeNumberField(_("số lao động"), null=True, blank=True)
    note = NoteField(_("ghi chú"), blank=True, default="")
    search_text = FoldedTextField(sources=("name", "alias", "hamlet", "representative"))
    sort_text = SortTextField(source="name")

    objects: ClassVar = models.Manager.from_queryset(ProducerQuerySet)()

    class Meta:
        verbose_name = _("chủ thể")
        verbose_name_plural = _("chủ thể OCOP")
        ordering = ["sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "admin_unit"],
                name="ocop_producer_key",
                violation_error_message=_("Đã có chủ thể cùng tên ở xã, thị trấn này."),
            ),
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=~Q(tax_code=""),
                name="ocop_producer_tax_code_once",
                violation_error_message=_("Mã số thuế này đã gắn với một chủ thể khác."),
            ),
            models.CheckConstraint(
                condition=Q(workers__isnull=True) | Q(workers__gte=0),
                name="ocop_workers_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def search_note(self) -> str:
        """What a search result shows beside the name."""
        return f"{self.get_kind_display()} · {self.admin_unit.full_name}"

    def clean(self) -> None:
        """The tax code's check digit must fit."""
        if self.tax_code:
            try:
                self.tax_code = mst.format(mst.validate(self.tax_code))
            except StdnumError as error:
                raise ValidationError(
                    {"tax_code": _("Mã số thuế chưa đúng: kiểm tra lại từng chữ số.")}
                ) from error
