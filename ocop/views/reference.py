"""Pages of criteria sets and product groups."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core.numbers import format_decimal
from damha_portal.core.pages import Fact, PageInfo, RecordPages, Section, register_pages
from ocop.filters import ProductGroupFilter, ProductSubgroupFilter, RuleSetFilter
from ocop.forms import ProductGroupForm, ProductSubgroupForm, RuleSetForm
from ocop.models import ProductGroup, ProductSubgroup, RuleSet
from ocop.services import rule_set_save
from ocop.tables import ProductGroupTable, ProductSubgroupTable, RuleSetTable
from ocop.tables.columns import section_table


@register_pages
class RuleSetPages(RecordPages):
    """Criteria sets."""

    model = RuleSet
    path, name = "bo-tieu-chi", "ruleset"
    table, filterset, form = RuleSetTable, RuleSetFilter, RuleSetForm
    facts = (
        "code",
        "decision",
        "valid_from",
        "valid_to",
        "part_a_max",
        "part_b_max",
        "part_c_max",
        "source",
    )
    empty_text = gettext_lazy("Chưa có bộ tiêu chí nào.")

    @staticmethod
    def save(*, actor: Any, form: RuleSetForm) -> models.Model:  # noqa: ANN401  (User)
        """The set with its bands and authorities."""
        return rule_set_save(
            actor=actor, rule_set=form.instance, bands=form.bands(), levels=form.levels()
        )

    @staticmethod
    def details(record: RuleSet, _user: Any, _today: dt.date) -> PageInfo:  # noqa: ANN401
        """The bands and who recognises what."""
        bands = [
            Fact(
                _("%(star)d sao") % {"star": band.star},
                _("từ %(score)s điểm") % {"score": format_decimal(band.from_score, trim=True)},
            )
            for band in record.bands.all()
        ]
        levels = [
            Fact(_("Công nhận %(star)d sao") % {"star": row.star}, str(row.get_level_display()))
            for row in record.authorities.all()
        ]
        return PageInfo(facts=[*bands, *levels])


@register_pages
class ProductGroupPages(RecordPages):
    """Groups."""

    model = ProductGroup
    path, name = "nhom", "group"
    table, filterset, form = ProductGroupTable, ProductGroupFilter, ProductGroupForm
    facts = ("code", "name", "position")
    empty_text = gettext_lazy("Chưa có nhóm sản phẩm nào.")

    @staticmethod
    def annotate(rows: QuerySet[ProductGroup], _today: dt.date) -> QuerySet[Any]:
        """How many sets each has."""
        return rows.annotate(subgroup_count=Count("subgroups"))

    @staticmethod
    def details(record: ProductGroup, _user: Any, _today: dt.date) -> PageInfo:  # noqa: ANN401
        """Its sets."""
        rows = list(record.subgroups.all())
        table = section_table(ProductSubgroupTable, rows, "group", "product_count")
        return PageInfo(
            sections=[
                Section(
                    _("Phân nhóm"),
                    table=table if rows else None,
                    text="" if rows else _("Chưa có phân nhóm nào."),
                    action_url=reverse("ocop:subgroup-create", query={"group": record.pk}),
                    action_text=_("Thêm phân nhóm"),
                )
            ]
        )


@register_pages
class ProductSubgroupPages(RecordPages):
    """Product sets."""

    model = ProductSubgroup
    path, name = "phan-nhom", "subgroup"
    table, filterset, form = ProductSubgroupTable, ProductSubgroupFilter, ProductSubgroupForm
    list_related = ("group", "rule_set")
    facts = ("group", "code", "name", "rule_set", "lead_ministry", "source")
    empty_text = gettext_lazy("Chưa có phân nhóm nào.")

    @staticmethod
    def annotate(rows: QuerySet[ProductSubgroup], _today: dt.date) -> QuerySet[Any]:
        """How many products each holds."""
        return rows.annotate(product_count=Count("products"))
