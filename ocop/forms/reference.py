"""Criteria sets and product groups, kept by the district office."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from damha_portal.core.formfields import VietnameseDecimalField
from damha_portal.core.forms import RecordForm
from ocop.enums import CouncilLevel
from ocop.models import ProductGroup, ProductSubgroup, RuleSet
from ocop.models.product import CERTIFIED_FROM

BAND_STARS = range(1, 6)
CERTIFIED_STARS = range(CERTIFIED_FROM, 6)


class RuleSetForm(RecordForm):
    """A criteria set with its star bands and who recognises which star."""

    class Meta:
        model = RuleSet
        fields = [
            "code",
            "decision",
            "valid_from",
            "valid_to",
            "part_a_max",
            "part_b_max",
            "part_c_max",
            "source",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        saved = self.instance.pk is not None
        bands = dict(self.instance.bands.values_list("star", "from_score")) if saved else {}
        levels = dict(self.instance.authorities.values_list("star", "level")) if saved else {}
        for star in BAND_STARS:
            self.fields[f"band_{star}"] = VietnameseDecimalField(
                label=_("Điểm thấp nhất của %(star)d sao") % {"star": star},
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(100),
                initial=bands.get(star),
            )
        for star in CERTIFIED_STARS:
            self.fields[f"level_{star}"] = forms.ChoiceField(
                label=_("Cấp công nhận %(star)d sao") % {"star": star},
                required=False,
                choices=[("", _("— chọn —")), *CouncilLevel.choices],
                initial=levels.get(star, ""),
            )

    def bands(self) -> dict[int, Decimal]:
        """The bands typed, by star."""
        found = ((star, self.cleaned_data.get(f"band_{star}")) for star in BAND_STARS)
        return {star: score for star, score in found if score is not None}

    def levels(self) -> dict[int, str]:
        """The authorities chosen, by star."""
        found = ((star, self.cleaned_data.get(f"level_{star}")) for star in CERTIFIED_STARS)
        return {star: level for star, level in found if level}

    def clean(self) -> dict[str, Any]:
        """More stars need more points; the bands have no gap, because each ends at the next."""
        cleaned = super().clean() or self.cleaned_data
        scores = list(self.bands().values())
        if scores != sorted(set(scores)):
            raise ValidationError(_("Điểm thấp nhất phải tăng dần theo hạng sao."))
        return cleaned


class ProductGroupForm(RecordForm):
    """One of the groups of products."""

    class Meta:
        model = ProductGroup
        fields = ["code", "name", "position"]


class ProductSubgroupForm(RecordForm):
    """A product set inside a group."""

    class Meta:
        model = ProductSubgroup
        fields = ["group", "code", "name", "rule_set", "lead_ministry", "source"]
