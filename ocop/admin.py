"""Django admin of the OCOP records."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from damha_portal.core.admin import ScopedAdmin, ScopedTabularInline
from damha_portal.core.admin_files import FilesAdmin
from ocop.models import (
    CycleParticipation,
    CycleStepChange,
    Platform,
    PlatformListing,
    Producer,
    Product,
    ProductGroup,
    ProductSubgroup,
    RecognisingAuthority,
    Recognition,
    RetailChain,
    RetailListing,
    RetailOutlet,
    RuleSet,
    StarBand,
    SupportActivity,
    TraceabilityCode,
)
from ocop.resources import (
    PlatformListingResource,
    ProducerResource,
    ProductResource,
    RecognitionResource,
    TraceabilityCodeResource,
)


@admin.register(Producer)
class ProducerAdmin(FilesAdmin, ScopedAdmin):
    """Producers."""

    resource_classes = (ProducerResource,)
    search_fields = Producer.search_paths
    list_display = ("name", "kind", "admin_unit", "hamlet")
    list_filter = ("kind", "admin_unit")
    list_select_related = ("admin_unit",)


@admin.register(Product)
class ProductAdmin(FilesAdmin, ScopedAdmin):
    """Products."""

    resource_classes = (ProductResource,)
    search_fields = Product.search_paths
    list_display = ("name", "producer", "subgroup", "code")
    list_filter = ("subgroup__group",)
    list_select_related = ("producer", "subgroup")
    autocomplete_fields = ("producer",)


class StepInline(ScopedTabularInline):
    """Steps are read here; they are made and taken back on the page of the participation."""

    model = CycleStepChange
    fields = ("to_state", "happened_on", "actor", "reason")
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Through the transition table only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Through the transition table only."""
        return False


@admin.register(CycleParticipation)
class ParticipationAdmin(ScopedAdmin):
    """Participations with their steps."""

    list_display = ("product", "year", "entry_step")
    list_filter = ("year", "entry_step")
    list_select_related = ("product",)
    autocomplete_fields = ("product",)
    inlines = (StepInline,)


@admin.register(CycleStepChange)
class StepAdmin(ScopedAdmin):
    """All steps; a wrong day or reason is corrected here, the order of states is not."""

    list_display = ("participation", "to_state", "happened_on", "actor")
    list_filter = ("to_state",)
    list_select_related = ("participation__product", "actor")
    readonly_fields = ("participation", "to_state", "actor")
    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Through the transition table only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Taken back on the page of the participation, newest first; a foreign row is 404."""
        return obj is None and super().has_delete_permission(request)


@admin.register(Recognition)
class RecognitionAdmin(FilesAdmin, ScopedAdmin):
    """Recognitions."""

    resource_classes = (RecognitionResource,)
    list_display = ("product", "star", "level", "type", "evaluation_year", "issued_on")
    list_filter = ("star", "level", "type", "evaluation_year")
    list_select_related = ("product",)
    autocomplete_fields = ("product",)


@admin.register(SupportActivity)
class SupportAdmin(ScopedAdmin):
    """Support activities."""

    list_display = ("title", "kind", "held_on", "admin_unit")
    list_filter = ("kind",)
    list_select_related = ("admin_unit",)
    date_hierarchy = "held_on"
    autocomplete_fields = ("producers", "products")


@admin.register(TraceabilityCode)
class CodeAdmin(FilesAdmin, ScopedAdmin):
    """Codes."""

    resource_classes = (TraceabilityCodeResource,)
    list_display = ("code", "kind", "product", "registered_on", "valid_until")
    list_filter = ("kind",)
    list_select_related = ("product",)
    autocomplete_fields = ("product",)


@admin.register(Platform)
class PlatformAdmin(ScopedAdmin):
    """Places on the internet."""

    list_display = ("name", "kind", "counts_as_exchange", "active_from", "active_to")
    list_filter = ("kind", "counts_as_exchange")


@admin.register(PlatformListing)
class PlatformListingAdmin(FilesAdmin, ScopedAdmin):
    """Products on the internet."""

    resource_classes = (PlatformListingResource,)
    list_display = ("product", "platform", "listed_on", "delisted_on")
    list_filter = ("platform",)
    list_select_related = ("product", "platform")
    autocomplete_fields = ("product",)


class OutletInline(ScopedTabularInline):
    """Shops of a retailer."""

    model = RetailOutlet
    fields = ("name", "province", "is_in_province", "address")


@admin.register(RetailChain)
class RetailChainAdmin(ScopedAdmin):
    """Retailers with their shops."""

    list_display = ("name", "kind")
    list_filter = ("kind",)
    inlines = (OutletInline,)


@admin.register(RetailOutlet)
class RetailOutletAdmin(ScopedAdmin):
    """Shops."""

    list_display = ("name", "chain", "province", "is_in_province")
    list_filter = ("chain", "is_in_province")
    list_select_related = ("chain",)


@admin.register(RetailListing)
class RetailListingAdmin(ScopedAdmin):
    """Products in shops."""

    list_display = ("product", "outlet", "started_on", "ended_on")
    list_filter = ("outlet__chain",)
    list_select_related = ("product", "outlet")
    autocomplete_fields = ("product",)


class BandInline(ScopedTabularInline):
    """The lowest mean score of each star."""

    model = StarBand
    fields = ("star", "from_score")


class AuthorityInline(ScopedTabularInline):
    """Who recognises which star."""

    model = RecognisingAuthority
    fields = ("star", "level")


@admin.register(RuleSet)
class RuleSetAdmin(ScopedAdmin):
    """Criteria sets with bands and authorities."""

    list_display = ("code", "decision", "valid_from", "valid_to")
    inlines = (BandInline, AuthorityInline)


@admin.register(StarBand)
class StarBandAdmin(ScopedAdmin):
    """Bands of all criteria sets."""

    list_display = ("rule_set", "star", "from_score")
    list_select_related = ("rule_set",)


@admin.register(RecognisingAuthority)
class RecognisingAuthorityAdmin(ScopedAdmin):
    """Authorities of all criteria sets."""

    list_display = ("rule_set", "star", "level")
    list_select_related = ("rule_set",)


@admin.register(ProductGroup)
class ProductGroupAdmin(ScopedAdmin):
    """Groups."""

    list_display = ("code", "name", "position")


@admin.register(ProductSubgroup)
class ProductSubgroupAdmin(ScopedAdmin):
    """Product sets."""

    list_display = ("code", "name", "group", "rule_set")
    list_filter = ("group", "rule_set")
    list_select_related = ("group", "rule_set")
