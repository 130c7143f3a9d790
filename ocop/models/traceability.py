"""Electronic stamps, trace codes and barcodes; a code counts only while it is active."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _
from stdnum import ean
from stdnum.exceptions import ValidationError as StdnumError

from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import (
    DayField,
    FoldedTextField,
    NameField,
    NoteField,
    WebAddressField,
)
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet
from ocop.enums import TraceabilityKind
from ocop.models.product import Product

#: GTIN-13 as TCVN 6939:2019 has it; 893 is issued by GS1 Vietnam and proves no origin.
GTIN_LENGTH = 13
VIETNAM_PREFIX = "893"


class CodeQuerySet(RecordQuerySet["TraceabilityCode"]):
    """Codes by what they are on a day."""

    def active(self, on: dt.date) -> Self:
        """Registered by `on`, not expired, not terminated; the last day still counts."""
        return self.filter(_active(on))

    def with_activity(self, on: dt.date) -> Self:
        """Annotate `active_now`: whether the code counts on `on`."""
        return self.annotate(
            active_now=ExpressionWrapper(_active(on), output_field=models.BooleanField())
        )


def _active(on: dt.date) -> Q:
    return (
        Q(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        & Q(Q(terminated_on__isnull=True) | Q(terminated_on__gt=on))
        & Q(registered_on__lte=on)
    )


class TraceabilityCode(Record):
    """One code of one product (each pack size has a GTIN of its own)."""

    row_scope = RowScope(Sector.OCOP, unit_path="product__producer__admin_unit")
    search_paths = ("search_text", "product__search_text")

    product = models.ForeignKey(
        Product, verbose_name=_("sản phẩm"), on_delete=models.PROTECT, related_name="codes"
    )
    kind = models.CharField(_("loại mã"), max_length=12, choices=TraceabilityKind.choices)
    code = models.CharField(_("mã"), max_length=80)
    pack_size = NameField(_("quy cách gói"), max_length=80, blank=True, default="")
    provider = NameField(_("đơn vị cấp"), max_length=160, blank=True, default="")
    registered_on = DayField(_("hiệu lực từ ngày"))
    valid_until = DayField(_("hiệu lực đến hết ngày"), null=True, blank=True)
    terminated_on = DayField(_("chấm dứt từ ngày"), null=True, blank=True)
    lookup_url = WebAddressField(_("địa chỉ tra cứu"), blank=True, default="")
    note = NoteField(_("ghi chú"), blank=True, default="")
    search_text = FoldedTextField(sources=("code", "provider"))

    objects: ClassVar = models.Manager.from_queryset(CodeQuerySet)()

    class Meta:
        verbose_name = _("mã truy xuất")
        verbose_name_plural = _("mã truy xuất nguồn gốc")
        ordering = ["product__sort_text", "kind", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="ocop_code_once",
                violation_error_message=_("Mã này đã được ghi cho một sản phẩm."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("registered_on")),
                name="ocop_code_dates_in_order",
                violation_error_message=_("Ngày hết hiệu lực không thể trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True) | Q(terminated_on__gte=F("registered_on")),
                name="ocop_code_terminated_after_start",
                violation_error_message=_("Ngày chấm dứt không thể trước ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"

    def is_active(self, on: dt.date) -> bool:
        """The instance twin of `CodeQuerySet.active`."""
        started = self.registered_on <= on
        expired = self.valid_until is not None and self.valid_until < on
        terminated = self.terminated_on is not None and self.terminated_on <= on
        return started and not expired and not terminated

    def has_foreign_prefix(self) -> bool:
        """A GTIN issued outside Vietnam: legitimate, worth a look (domain.md §3.2)."""
        return self.kind == TraceabilityKind.BARCODE and not self.code.startswith(VIETNAM_PREFIX)

    def clean(self) -> None:
        """A barcode must be a GTIN-13 whose check digit fits."""
        self.code = (self.code or "").strip()
        if self.kind != TraceabilityKind.BARCODE or not self.code:
            return
        try:
            self.code = ean.validate(self.code)
        except StdnumError as error:
            raise ValidationError({"code": self._gtin_sentence()}) from error
        if len(self.code) != GTIN_LENGTH:
            raise ValidationError({"code": self._gtin_sentence()})

    def _gtin_sentence(self) -> str:
        digits = "".join(ch for ch in self.code if ch.isdigit())
        if len(digits) == GTIN_LENGTH:
            return str(
                _(
                    "Chữ số kiểm tra (chữ số cuối) của mã «%(code)s» chưa đúng. "
                    "Đối chiếu lại từng chữ số trên bao bì."
                )
                % {"code": self.code}
            )
        return str(
            _("Mã số mã vạch GTIN-13 gồm đúng 13 chữ số; bạn đã nhập «%(code)s».")
            % {"code": self.code}
        )
