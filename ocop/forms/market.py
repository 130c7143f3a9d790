"""Codes, exchanges and shops."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from damha_portal.core.forms import RecordForm
from ocop.choices import product_field
from ocop.models import (
    Platform,
    PlatformListing,
    RetailChain,
    RetailListing,
    RetailOutlet,
    TraceabilityCode,
)


class CodeForm(RecordForm):
    """An e-stamp, trace code or barcode of one product."""

    product = product_field()

    class Meta:
        model = TraceabilityCode
        fields = [
            "product",
            "kind",
            "code",
            "pack_size",
            "provider",
            "registered_on",
            "valid_until",
            "terminated_on",
            "lookup_url",
            "note",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "Mã số mã vạch gồm đúng 13 chữ số, chữ số cuối là chữ số kiểm tra."
        )
        if self.instance.terminated_on is None:
            del self.fields["terminated_on"]


class PlatformForm(RecordForm):
    """A place on the internet where products are shown."""

    class Meta:
        model = Platform
        fields = [
            "name",
            "kind",
            "url",
            "counts_as_exchange",
            "active_from",
            "active_to",
            "source",
        ]


class PlatformListingForm(RecordForm):
    """A product shown there."""

    product = product_field()

    class Meta:
        model = PlatformListing
        fields = ["product", "platform", "url", "listed_on", "delisted_on", "note"]


class RetailChainForm(RecordForm):
    """A retailer."""

    class Meta:
        model = RetailChain
        fields = ["name", "kind", "source"]


class OutletField(forms.ModelChoiceField):
    """A shop, named with its chain."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401  (Django's signature)
        """Chain and shop."""
        return f"{obj.chain} — {obj}"


class RetailOutletForm(RecordForm):
    """One shop of a retailer."""

    class Meta:
        model = RetailOutlet
        fields = ["chain", "name", "province", "is_in_province", "address"]


class RetailListingForm(RecordForm):
    """A product on sale in a shop."""

    product = product_field()
    outlet = OutletField(RetailOutlet.objects.select_related("chain"), label=_("Điểm bán"))

    class Meta:
        model = RetailListing
        fields = [
            "product",
            "outlet",
            "started_on",
            "ended_on",
            "supplier",
            "contract_no",
            "note",
        ]
