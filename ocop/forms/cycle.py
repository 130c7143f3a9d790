"""The cycle, its recognitions, and the support given on the way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.formfields import DayFirstDateField
from damha_portal.core.forms import Conflict, RecordForm
from ocop.choices import (
    ProductsField,
    StarField,
    UnitField,
    limit_to_own_units,
    product_field,
    year_field,
)
from ocop.models import CycleParticipation, Producer, Product, Recognition, SupportActivity


class ParticipationForm(RecordForm):
    """A product enters the cycle of a year; later only the note and the year are corrected."""

    product = product_field()
    year = year_field(_("Năm chu trình"))
    happened_on = DayFirstDateField(
        label=_("Ngày nộp"),
        help_text=_("Ngày chủ thể nộp phiếu ý tưởng, hoặc nộp hồ sơ nếu vào thẳng bước đánh giá."),
    )

    class Meta:
        model = CycleParticipation
        fields = ["product", "year", "entry_step", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.order_fields(["product", "year", "entry_step", "happened_on", "note"])
            return
        # The first step has been recorded: what it rests on is no longer a choice.
        del self.fields["happened_on"], self.fields["entry_step"]


REVOCATION = ("revoked_on", "revocation_ref", "revocation_reason")


class RecognitionForm(RecordForm):
    """A star as the decision says it; the fields of a revocation appear once there is one."""

    product = product_field()
    star = StarField(
        help_text=_("Ghi theo quyết định; không tự suy ra từ tổng điểm."),
    )
    evaluation_year = year_field(
        _("Năm đánh giá"), _("Năm của đợt đánh giá; quyết định có thể ký đầu năm sau.")
    )

    class Meta:
        model = Recognition
        fields = [
            "product",
            "star",
            "level",
            "type",
            "evaluation_year",
            "decision_no",
            "decided_on",
            "certificate_no",
            "issued_on",
            "valid_until",
            "rule_set",
            "total_score",
            "note",
            *REVOCATION,
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        if self.instance.revoked_on is None:
            for name in REVOCATION:
                del self.fields[name]


#: The many-to-many fields of an activity.
REACHED = ("producers", "products")


class SupportForm(RecordForm):
    """A training, consultation or grant, with whom and what it reached."""

    admin_unit = UnitField(AdminUnit.objects.all(), label=_("Địa bàn tổ chức"))
    producers = forms.ModelMultipleChoiceField(
        Producer.objects.all(),
        label=_("Chủ thể tham gia"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    products = ProductsField(
        Product.objects.select_related("producer"),
        label=_("Sản phẩm được hỗ trợ"),
        required=False,
        help_text=_("Chọn sản phẩm thì chủ thể của sản phẩm cũng được tính là đã hỗ trợ."),
    )

    class Meta:
        model = SupportActivity
        fields = [
            "title",
            "kind",
            "held_on",
            "ended_on",
            "admin_unit",
            "organiser",
            "cost",
            "funding",
            "note",
        ]

    field_order = (
        "title",
        "kind",
        "held_on",
        "ended_on",
        "admin_unit",
        "organiser",
        "producers",
        "products",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        limit_to_own_units(self.fields["admin_unit"], self.user)
        for name in REACHED:
            self._offer(name)

    def _offer(self, name: str) -> None:
        """Choices and what is ticked in one query; a model form would ask for each apart."""
        field: Any = self.fields[name]
        rows = field.queryset
        if self.instance.pk is not None:
            through: Any = getattr(SupportActivity, name).through
            key = field.queryset.model._meta.model_name
            ticked = through.objects.filter(
                supportactivity=self.instance.pk, **{key: OuterRef("pk")}
            )
            rows = rows.annotate(is_ticked=Exists(ticked))
        found = list(rows)
        field.choices = [(row.pk, field.label_from_instance(row)) for row in found]
        self.initial.setdefault(name, [row.pk for row in found if getattr(row, "is_ticked", False)])

    def conflicts(self) -> list[Conflict]:
        """Also who was reached, which the history of columns does not know."""
        found = super().conflicts()
        for name in REACHED:
            labels = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            chosen = self[name].value() or []
            mine = [labels[int(key)] for key in chosen if str(key).isdigit() and int(key) in labels]
            theirs = [labels[key] for key in self.initial[name] if key in labels]
            if mine != theirs:
                label = str(self.fields[name].label)
                found.append(Conflict(label, "; ".join(mine), "; ".join(theirs), ""))
        return found

    def clean(self) -> dict[str, Any]:
        """An activity reached somebody."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("producers") and not cleaned.get("products"):
            self.add_error(
                "producers", _("Chọn ít nhất một chủ thể hoặc một sản phẩm được hỗ trợ.")
            )
        return cleaned
