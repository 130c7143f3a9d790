"""Recognitions: the decision, the certificate, and how long they hold."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import (
    AmountField,
    DayField,
    FoldedTextField,
    NameField,
    NoteField,
)
from damha_portal.core.models import Record
from damha_portal.core.periods import last_valid_day
from damha_portal.core.querysets import RecordQuerySet
from ocop.enums import CouncilLevel, RecognitionState, RecognitionType
from ocop.models.product import Product
from ocop.models.ruleset import RuleSet

#: A certificate holds 36 calendar months, through the day before (domain.md §2.5).
VALID_MONTHS = 36
#: From how many days before its last day a certificate is “expiring” (domain.md §2.10).
EXPIRING_DAYS = 90


class RecognitionQuerySet(RecordQuerySet["Recognition"]):
    """Recognitions by what they are on a day."""

    def in_force(self, on: dt.date) -> Self:
        """Valid on `on`: issued, not past its last day, not revoked, not superseded."""
        return self.filter(issued_on__lte=on, valid_until__gte=on).exclude(
            Q(revoked_on__lte=on) | self._superseded(on)
        )

    def expiring(self, on: dt.date, days: int = EXPIRING_DAYS) -> Self:
        """In force on `on`, with at most `days` days left."""
        return self.in_force(on).filter(valid_until__lte=on + dt.timedelta(days=days))

    def in_state(self, state: str, on: dt.date) -> Self:
        """Rows whose computed state on `on` is `state`; the twin of `Recognition.state`."""
        revoked, superseded = Q(revoked_on__lte=on), self._superseded(on)
        soon = on + dt.timedelta(days=EXPIRING_DAYS)
        issued = self.filter(issued_on__lte=on)
        standing = issued.exclude(revoked).exclude(superseded)
        return {
            RecognitionState.UPCOMING: self.filter(issued_on__gt=on),
            RecognitionState.REVOKED: issued.filter(revoked),
            RecognitionState.SUPERSEDED: issued.exclude(revoked).filter(superseded),
            RecognitionState.EXPIRED: standing.filter(valid_until__lt=on),
            RecognitionState.EXPIRING: standing.filter(valid_until__range=(on, soon)),
            RecognitionState.VALID: standing.filter(valid_until__gt=soon),
        }[RecognitionState(state)]

    def with_state(self, on: dt.date) -> Self:
        """Annotate `state_now`, the computed state on `on`; the same rules as `in_state`."""
        soon = on + dt.timedelta(days=EXPIRING_DAYS)
        return self.annotate(
            state_now=Case(
                When(issued_on__gt=on, then=Value(RecognitionState.UPCOMING)),
                When(revoked_on__lte=on, then=Value(RecognitionState.REVOKED)),
                When(self._superseded(on), then=Value(RecognitionState.SUPERSEDED)),
                When(valid_until__lt=on, then=Value(RecognitionState.EXPIRED)),
                When(valid_until__lte=soon, then=Value(RecognitionState.EXPIRING)),
                default=Value(RecognitionState.VALID),
                output_field=models.CharField(),
            )
        )

    def first_time(self, *, year: int, on: dt.date, min_star: int) -> Self:
        """Of type “new”, of evaluation year `year`, decided by `on`, not revoked by `on`."""
        return self.filter(
            evaluation_year=year,
            decided_on__lte=on,
            type=RecognitionType.NEW,
            star__gte=min_star,
        ).exclude(revoked_on__lte=on)

    def _superseded(self, on: dt.date) -> Exists:
        later = Recognition.objects.filter(
            product=OuterRef("product"), issued_on__gt=OuterRef("issued_on"), issued_on__lte=on
        )
        return Exists(later)


class Recognition(Record):
    """A star awarded by decision. The star is entered from the decision, never from points."""

    row_scope = RowScope(Sector.OCOP, unit_path="product__producer__admin_unit")
    search_paths = ("search_text", "product__search_text")

    product = models.ForeignKey(
        Product, verbose_name=_("sản phẩm"), on_delete=models.PROTECT, related_name="recognitions"
    )
    rule_set = models.ForeignKey(
        RuleSet,
        verbose_name=_("bộ tiêu chí"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recognitions",
    )
    star = models.PositiveSmallIntegerField(_("hạng sao"))
    level = models.CharField(_("cấp công nhận"), max_length=10, choices=CouncilLevel.choices)
    type = models.CharField(_("loại"), max_length=10, choices=RecognitionType.choices)
    evaluation_year = models.PositiveSmallIntegerField(
        _("năm đánh giá"),
        help_text=_("Năm của đợt đánh giá; quyết định có thể ký đầu năm sau."),
    )
    decision_no = NameField(_("số quyết định"), max_length=80, blank=True, default="")
    decided_on = DayField(_("ngày quyết định"))
    certificate_no = NameField(_("số giấy chứng nhận"), max_length=80, blank=True, default="")
    issued_on = DayField(_("ngày cấp giấy"))
    valid_until = DayField(
        _("hiệu lực đến hết ngày"),
        blank=True,
        help_text=_("Để trống: 36 tháng kể từ ngày cấp, đến hết ngày liền trước."),
    )
    total_score = AmountField(_("tổng điểm"), max_digits=5, decimal_places=2, null=True, blank=True)
    revoked_on = DayField(_("ngày thu hồi"), null=True, blank=True)
    revocation_ref = NameField(_("quyết định thu hồi"), max_length=120, blank=True, default="")
    revocation_reason = NoteField(_("lý do thu hồi"), blank=True, default="")
    note = NoteField(_("ghi chú"), blank=True, default="")
    search_text = FoldedTextField(sources=("decision_no", "certificate_no"))

    objects: ClassVar = models.Manager.from_queryset(RecognitionQuerySet)()

    class Meta:
        verbose_name = _("công nhận")
        verbose_name_plural = _("công nhận hạng sao")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(star__range=(1, 5)),
                name="ocop_star_1_to_5",
                violation_error_message=_("Hạng sao phải từ 1 đến 5."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("issued_on")),
                name="ocop_recognition_dates_in_order",
                violation_error_message=_("Ngày hết hiệu lực không thể trước ngày cấp giấy."),
            ),
            models.CheckConstraint(
                condition=Q(issued_on__gte=F("decided_on")),
                name="ocop_recognition_issued_after_decision",
                violation_error_message=_("Ngày cấp giấy không thể trước ngày quyết định."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("issued_on")),
                name="ocop_recognition_revoked_after_issue",
                violation_error_message=_("Ngày thu hồi không thể trước ngày cấp giấy."),
            ),
            models.CheckConstraint(
                condition=Q(evaluation_year__range=(2013, 2100)),  # Quảng Ninh began in 2013
                name="ocop_recognition_evaluation_year",
                violation_error_message=_("Năm đánh giá phải từ 2013 đến 2100."),
            ),
            models.CheckConstraint(
                condition=Q(total_score__isnull=True) | Q(total_score__range=(0, 100)),
                name="ocop_recognition_score_0_to_100",
                violation_error_message=_("Tổng điểm phải từ 0 đến 100."),
            ),
            models.UniqueConstraint(
                fields=["product", "issued_on"],
                name="ocop_recognition_key",
                violation_error_message=_("Sản phẩm đã có công nhận cấp đúng ngày này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.star} sao · {self.issued_on:%d/%m/%Y}"

    def state(self, on: dt.date) -> RecognitionState:
        """The computed state on the day `on`; asks the database for a later recognition."""
        if self.issued_on > on:
            return RecognitionState.UPCOMING
        if self.revoked_on is not None and self.revoked_on <= on:
            return RecognitionState.REVOKED
        if self.product.recognitions.filter(
            issued_on__gt=self.issued_on, issued_on__lte=on
        ).exists():
            return RecognitionState.SUPERSEDED
        if self.valid_until < on:
            return RecognitionState.EXPIRED
        if self.valid_until <= on + dt.timedelta(days=EXPIRING_DAYS):
            return RecognitionState.EXPIRING
        return RecognitionState.VALID

    def is_valid(self, on: dt.date) -> bool:
        """Whether the star may be shown on the day `on`."""
        return self.state(on) in (RecognitionState.VALID, RecognitionState.EXPIRING)

    def clean_fields(self, exclude: set[str] | None = None) -> None:  # type: ignore[override]
        """Fill the last valid day from the issue date where nobody typed one."""
        if self.valid_until is None and self.issued_on is not None:
            self.valid_until = last_valid_day(self.issued_on, VALID_MONTHS)
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        """A product already in force needs a renewal, upgrade or downgrade, not a new star."""
        if None in (self.issued_on, self.product_id, self.valid_until):
            return
        others = Recognition.objects.filter(product_id=self.product_id).exclude(pk=self.pk)
        if self.type == RecognitionType.NEW and others.in_force(self.issued_on).exists():
            raise ValidationError(
                {
                    "type": _(
                        "Sản phẩm đang có công nhận còn hiệu lực vào ngày cấp giấy này. Nếu đây "
                        "là cấp lại, nâng hạng hoặc hạ hạng, hãy chọn đúng loại."
                    )
                }
            )
        later_new = others.filter(
            type=RecognitionType.NEW, issued_on__range=(self.issued_on, self.valid_until)
        )
        last = self.revoked_on
        if any(last is None or row.issued_on < last for row in later_new):
            raise ValidationError(
                {
                    "valid_until": _(
                        "Thời hạn này chồng lên một công nhận «cấp mới» sau đó của sản phẩm."
                    )
                }
            )
        if self.revoked_on and not self.revocation_reason:
            raise ValidationError({"revocation_reason": _("Ghi lý do thu hồi.")})
