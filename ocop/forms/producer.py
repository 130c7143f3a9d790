"""Producers and products."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.forms import RecordForm
from ocop.choices import UnitField, limit_to_own_units
from ocop.models import Producer, Product


class ProducerForm(RecordForm):
    """Who makes OCOP products."""

    admin_unit = UnitField(AdminUnit.objects.communes(), label=_("Xã, thị trấn"))

    class Meta:
        model = Producer
        fields = [
            "name",
            "alias",
            "kind",
            "admin_unit",
            "hamlet",
            "address",
            "workshop_address",
            "representative",
            "phone",
            "email",
            "website",
            "tax_code",
            "registration_no",
            "workers",
            "joined_on",
            "note",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        limit_to_own_units(self.fields["admin_unit"], self.user)


class ProductForm(RecordForm):
    """What they make."""

    class Meta:
        model = Product
        fields = [
            "name",
            "alias",
            "code",
            "producer",
            "subgroup",
            "abv",
            "material_origin",
            "packaging",
            "description",
            "story",
            "joined_on",
        ]
