"""Forms of the progress application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from damha_portal.progress.models import Target
from damha_portal.progress.registry import all_metrics


class TargetAdminForm(forms.ModelForm):
    """A target whose metric is chosen from the registered ones."""

    metric_key = forms.ChoiceField(label=_("chỉ số"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        field = self.fields["metric_key"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, f"{key} — {row.title}") for key, row in all_metrics().items()]

    class Meta:
        model = Target
        fields = [
            "plan",
            "code",
            "position",
            "title",
            "wording",
            "strength_word",
            "reading",
            "metric_key",
            "parameters",
            "comparator",
            "value",
            "unit",
            "is_aspirational",
            "baseline_value",
            "baseline_state",
            "baseline_note",
            "pace_method",
            "milestones",
            "at_risk_share",
            "lead",
            "lead_source",
            "coordinators",
            "cohort",
        ]
