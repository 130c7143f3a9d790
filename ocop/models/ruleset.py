"""Criteria sets as dated rows: who decides depends on the date (domain.md §2.1–2.4)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from damha_portal.core.access import RowScope, Sector
from damha_portal.core.modelfields import AmountField, DayField, FoldedTextField, NameField
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet
from ocop.enums import CouncilLevel


class RuleSetQuerySet(RecordQuerySet["RuleSet"]):
    """Rule sets by date."""

    def in_force(self, on: dt.date) -> Self:
        """Rule sets in force on `on`, both end days included."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class RuleSet(Record):
    """A criteria set with the days it was in force and the maxima of its three parts."""

    row_scope = RowScope(Sector.OCOP, unit_path=None)

    code = models.CharField(_("mã"), max_length=20, unique=True)
    decision = NameField(_("quyết định"), max_length=120)
    valid_from = DayField(_("hiệu lực từ"))
    valid_to = DayField(_("đến hết ngày"), null=True, blank=True)
    part_a_max = AmountField(_("điểm tối đa phần A"), max_digits=5, decimal_places=2)
    part_b_max = AmountField(_("điểm tối đa phần B"), max_digits=5, decimal_places=2)
    part_c_max = AmountField(_("điểm tối đa phần C"), max_digits=5, decimal_places=2)
    source = NameField(_("nguồn"), max_length=300, blank=True, default="")
    search_text = FoldedTextField(sources=("code", "decision"))

    objects: ClassVar = models.Manager.from_queryset(RuleSetQuerySet)()

    class Meta:
        verbose_name = _("bộ tiêu chí")
        verbose_name_plural = _("bộ tiêu chí")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="ocop_ruleset_dates_in_order",
                violation_error_message=_("Ngày hết hiệu lực không thể trước ngày bắt đầu."),
            )
        ]

    def __str__(self) -> str:
        return self.decision

    def star_for(self, score: Decimal) -> int | None:
        """The star whose band holds the mean `score`; what the points say, never the award."""
        band = self.bands.filter(from_score__lte=score).order_by("-from_score").first()
        return band.star if band is not None else None


class StarBand(Record):
    """The lowest mean score of a star; bands are half-open, so 69.5 belongs to exactly one.

    QĐ 148/QĐ-TTg (2023), QĐ 1048/QĐ-TTg (2019): 0, 30, 50, 70, 90 points.
    """

    row_scope = RowScope(Sector.OCOP, unit_path=None)

    rule_set = models.ForeignKey(
        RuleSet, verbose_name=_("bộ tiêu chí"), on_delete=models.CASCADE, related_name="bands"
    )
    star = models.PositiveSmallIntegerField(_("hạng sao"))
    from_score = AmountField(_("từ điểm"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("khung điểm")
        verbose_name_plural = _("khung điểm")
        ordering = ["rule_set", "star", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "star"], name="ocop_band_star_once"),
            models.UniqueConstraint(fields=["rule_set", "from_score"], name="ocop_band_score_once"),
            models.CheckConstraint(condition=Q(star__range=(1, 5)), name="ocop_band_star_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.star} sao: từ {self.from_score}"


class RecognisingAuthority(Record):
    """Who decides and certifies a star under a rule set."""

    row_scope = RowScope(Sector.OCOP, unit_path=None)

    rule_set = models.ForeignKey(
        RuleSet, verbose_name=_("bộ tiêu chí"), on_delete=models.CASCADE, related_name="authorities"
    )
    star = models.PositiveSmallIntegerField(_("hạng sao"))
    level = models.CharField(_("cấp quyết định"), max_length=10, choices=CouncilLevel.choices)

    class Meta:
        verbose_name = _("thẩm quyền công nhận")
        verbose_name_plural = _("thẩm quyền công nhận")
        ordering = ["rule_set", "star", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "star"], name="ocop_authority_star_once"),
            models.CheckConstraint(
                condition=Q(star__range=(1, 5)), name="ocop_authority_star_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.star} sao: {self.get_level_display()}"
