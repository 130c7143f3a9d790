"""Forms of the OCOP records."""

from ocop.forms.acts import AdvanceForm, RevokeForm, TerminateForm
from ocop.forms.cycle import ParticipationForm, RecognitionForm, SupportForm
from ocop.forms.market import (
    CodeForm,
    PlatformForm,
    PlatformListingForm,
    RetailChainForm,
    RetailListingForm,
    RetailOutletForm,
)
from ocop.forms.producer import ProducerForm, ProductForm
from ocop.forms.reference import ProductGroupForm, ProductSubgroupForm, RuleSetForm

__all__ = [
    "AdvanceForm",
    "CodeForm",
    "ParticipationForm",
    "PlatformForm",
    "PlatformListingForm",
    "ProducerForm",
    "ProductForm",
    "ProductGroupForm",
    "ProductSubgroupForm",
    "RecognitionForm",
    "RetailChainForm",
    "RetailListingForm",
    "RetailOutletForm",
    "RevokeForm",
    "RuleSetForm",
    "SupportForm",
    "TerminateForm",
]
