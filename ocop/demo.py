"""One illustrative year of OCOP work, every row marked; see `data/demo.toml` for what is real."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.seeds import read_data, register_demo, register_demo_removal
from damha_portal.core.services import record_save
from damha_portal.progress.models import ChecklistItem, CohortMember, Plan
from ocop.demo_removal import remove_illustrative
from ocop.enums import CouncilLevel, RecognitionType
from ocop.models import (
    CycleParticipation,
    Platform,
    PlatformListing,
    Producer,
    Product,
    ProductSubgroup,
    Recognition,
    RetailChain,
    RetailListing,
    RetailOutlet,
    RuleSet,
    SupportActivity,
    TraceabilityCode,
)
from ocop.services import participation_advance, participation_start

DATA = Path(__file__).parent / "data"
#: The provinces decided 3 and 4 stars until 23/02/2023 (QĐ 1048/QĐ-TTg).
OLD_RULES = "1048"
PRODUCTS_COHORT, PRODUCERS_COHORT = "products-15", "producers-21"
CODE_FORMAT = "MINHHOA-{:04d}"


@register_demo(order=40)
@transaction.atomic
def ocop_demo() -> str:
    """Create what is missing; existing rows stay as people left them."""
    return _Loader({**read_data(DATA / "demo.toml"), **read_data(DATA / "demo_year.toml")}).load()


@register_demo_removal(order=40)
@transaction.atomic
def ocop_demo_removal() -> str:
    """Delete every marked row of the application, and what people attached to one."""
    return remove_illustrative()


class _Loader:
    """Reads the file once and knows the rows by the keys used in it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.note: str = data["note"]
        self.made = 0
        self.producers: dict[str, Producer] = {}
        self.products: dict[str, Product] = {}
        self.outlets: dict[str, RetailOutlet | None] = {}

    @cached_property
    def units(self) -> dict[str, AdminUnit]:
        """Units of 2023 by their code."""
        rows = AdminUnit.objects.filter(valid_from=self.data["units_from"])
        return {unit.code: unit for unit in rows}

    def load(self) -> str:
        """Everything, in the order of what depends on what."""
        for row in self.data["producer"]:
            self.producers[row["key"]] = self._producer(row)
        for number, row in enumerate(self.data["product"], start=1):
            self.products[row["key"]] = self._product(row)
            self._old_recognition(row)
            self._code(row, number)
            self._platform_listings(row)
        for row in self.data["participation"]:
            self._participation(row)
        for row in self.data["recognition"]:
            self._new_recognition(row)
        for row in self.data["support"]:
            self._support(row)
        for row in self.data["outlet"]:
            self.outlets[row["key"]] = self._outlet(row)
        for row in self.data["sale"]:
            self._sale(row)
        self._plan_rows()
        return f"OCOP: {self.made} illustrative rows added"

    def _add(self, model: Any, key: dict[str, Any], **values: Any) -> Any:  # noqa: ANN401
        """The row of a natural key, made and marked where there is none."""
        existing = model.objects.filter(**key).first()
        if existing is not None:
            return existing
        self.made += 1
        record = model(**key, **values, is_illustrative=True)
        return record_save(actor=None, record=record, reason=self.note)

    # --- who and what -------------------------------------------------------------------------

    def _producer(self, row: dict[str, Any]) -> Producer:
        key = {"name": row["name"], "admin_unit": self.units[row["unit"]]}
        names = ("alias", "kind", "hamlet", "joined_on")
        values = {name: row[name] for name in names if name in row}
        producer: Producer = self._add(Producer, key, note=self.note, **values)
        return producer

    def _product(self, row: dict[str, Any]) -> Product:
        producer = self.producers[row["producer"]]
        code = row.get("subgroup", "")
        product: Product = self._add(
            Product,
            {"producer": producer, "name": row["name"]},
            alias=row.get("alias", ""),
            subgroup=ProductSubgroup.objects.filter(code=code).first() if code else None,
            abv=Decimal(row["abv"]) if "abv" in row else None,
            joined_on=producer.joined_on if "star" in row else None,
            description=self.note,
        )
        return product

    # --- stars --------------------------------------------------------------------------------

    def _old_recognition(self, row: dict[str, Any]) -> None:
        if "star" not in row:
            return
        self._recognition(row["key"], row, CouncilLevel.PROVINCE, OLD_RULES)

    def _new_recognition(self, row: dict[str, Any]) -> None:
        self._recognition(row["product"], row, row["level"], row["rules"])

    def _recognition(self, key: str, row: dict[str, Any], level: str, rules: str) -> None:
        self._add(
            Recognition,
            {"product": self.products[key], "issued_on": row["decided_on"]},
            decided_on=row["decided_on"],
            star=row["star"],
            level=level,
            type=RecognitionType.NEW,
            evaluation_year=row["evaluation_year"],
            rule_set=RuleSet.objects.filter(code=rules).first(),
            total_score=Decimal(row["score"]) if "score" in row else None,
            note=self.note,
        )

    # --- codes and places ---------------------------------------------------------------------

    def _code(self, row: dict[str, Any], number: int) -> None:
        registered = self._registered_on(row)
        if registered is None:
            return
        self._add(
            TraceabilityCode,
            {"kind": row["code_kind"], "code": CODE_FORMAT.format(number)},
            product=self.products[row["key"]],
            registered_on=registered,
            valid_until=row.get("code_until"),
            provider=self.note,
            note=self.note,
        )

    def _registered_on(self, row: dict[str, Any]) -> dt.date | None:
        """With the star for the older products; later for those recognised in the year."""
        if "decided_on" in row:
            day: dt.date = row["decided_on"]
            return day
        later = [r["code_from"] for r in self.data["recognition"] if r["product"] == row["key"]]
        return later[0] if later else None

    def _platform_listings(self, row: dict[str, Any]) -> None:
        for name in row.get("platforms", ()):
            platform = Platform.objects.filter(name=name).first()
            if platform is not None:
                key = {
                    "product": self.products[row["key"]],
                    "platform": platform,
                    "listed_on": row["listed_on"],
                }
                self._add(PlatformListing, key, note=self.note)

    def _outlet(self, row: dict[str, Any]) -> RetailOutlet | None:
        chain = RetailChain.objects.filter(name=row["chain"]).first()
        if chain is None:
            return None
        outlet: RetailOutlet = self._add(
            RetailOutlet,
            {"chain": chain, "name": row["name"]},
            province=row["province"],
            is_in_province=row["is_in_province"],
        )
        return outlet

    def _sale(self, row: dict[str, Any]) -> None:
        outlet = self.outlets[row["outlet"]]
        if outlet is not None:
            key = {
                "product": self.products[row["product"]],
                "outlet": outlet,
                "started_on": row["started_on"],
            }
            self._add(RetailListing, key, note=self.note)

    # --- the year -----------------------------------------------------------------------------

    def _participation(self, row: dict[str, Any]) -> None:
        product = self.products[row["product"]]
        if CycleParticipation.objects.filter(product=product, year=row["year"]).exists():
            return
        first, *later = row["steps"]
        participation = participation_start(
            actor=None,
            product=product,
            year=row["year"],
            happened_on=first["on"],
            today=first["on"],
            note=self.note,
            is_illustrative=True,
        )
        for step in later:
            participation_advance(
                actor=None,
                participation=participation,
                to_state=step["to"],
                happened_on=step["on"],
                today=step["on"],
                reason=step.get("reason", ""),
            )
        self.made += 1 + len(row["steps"])

    def _support(self, row: dict[str, Any]) -> None:
        district = self.units[self.data["evaluation_district"]]
        key = {"title": row["title"], "held_on": row["held_on"], "admin_unit": district}
        if SupportActivity.objects.filter(**key).exists():
            return
        activity = SupportActivity(
            **key,
            kind=row["kind"],
            ended_on=row.get("ended_on"),
            cost=Decimal(row["cost"]) if "cost" in row else None,
            note=self.note,
            is_illustrative=True,
        )
        many: dict[str, list[models.Model]] = {
            "producers": [self.producers[name] for name in row["producers"]],
            "products": [self.products[name] for name in row["products"]],
        }
        record_save(actor=None, record=activity, many=many, reason=self.note)
        self.made += 1

    # --- the plan's groups and names ----------------------------------------------------------

    def _plan_rows(self) -> None:
        """Members of the frozen groups and the three names; nothing where no plan is loaded."""
        plan = Plan.objects.current()
        if plan is None:
            return
        certified = [self.products[row["key"]] for row in self.data["product"] if "star" in row]
        earlier = [self.producers[row["key"]] for row in self.data["producer"] if "cohort" in row]
        self._members(plan, PRODUCTS_COHORT, certified)
        self._members(plan, PRODUCERS_COHORT, earlier)
        kind = ContentType.objects.get_for_model(Product)
        for row in self.data["participation"]:
            product = self.products[row["product"]]
            items = ChecklistItem.objects.filter(
                target__plan=plan, name=row["checklist"], object_id=None
            )
            for item in items:
                item.content_type, item.object_id = kind, product.pk
                record_save(actor=None, record=item, reason=self.note)

    def _members(self, plan: Plan, key: str, records: list[Any]) -> None:
        cohort = plan.cohorts.filter(key=key).first()
        if cohort is None:
            return
        for record in records:
            kind = ContentType.objects.get_for_model(record)
            self._add(
                CohortMember, {"cohort": cohort, "content_type": kind, "object_id": record.pk}
            )
