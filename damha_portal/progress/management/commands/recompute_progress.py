"""Recompute the figures of active plans now."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from damha_portal.core import clock
from damha_portal.progress.engine import Reading, compute_plan
from damha_portal.progress.models import Plan
from damha_portal.progress.services import progress_recompute


class Command(BaseCommand):
    """`recompute_progress [--plan ID] [--as-of DATE] [--format json]`; may run any number of times.

    With `--as-of` nothing is stored: the figures of that day are printed from source rows.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options."""
        parser.add_argument("--plan", type=int, help="only this plan")
        parser.add_argument("--as-of", type=dt.date.fromisoformat, help="print, do not store")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Recompute or print."""
        plans = Plan.objects.active().select_related("area")
        if options["plan"]:
            plans = plans.filter(pk=options["plan"])
        if not plans:
            raise CommandError("No active plan.")
        results = [self.one(plan, options["as_of"]) for plan in plans]
        if options["format"] == "json":
            self.stdout.write(json.dumps(results, ensure_ascii=False, indent=2))
            return
        for result in results:
            self.stdout.write(f"plan {result['plan']}: {result['figures']} figures")
            for row in result.get("area", ()):
                self.stdout.write(f"  {row['code']}: {row['numerator']} / {row['denominator']}")

    def one(self, plan: Plan, as_of: dt.date | None) -> dict[str, Any]:
        """Recompute one plan, or read its figures on `as_of`."""
        if as_of is None:
            run = progress_recompute(plan_id=plan.pk, clock_now=clock.now)
            return {"plan": plan.pk, "rounds": run.rounds, "figures": run.readings}
        readings = [row for row in compute_plan(plan, as_of) if row.as_of == as_of]
        codes = dict(plan.targets.values_list("pk", "code"))
        area = [
            _as_json(codes[row.target_id], row) for row in readings if row.unit_id == plan.area_id
        ]
        return {"plan": plan.pk, "as_of": str(as_of), "figures": len(readings), "area": area}


def _as_json(code: str, row: Reading) -> dict[str, Any]:
    return {
        "code": code,
        "numerator": None if row.numerator is None else str(row.numerator),
        "denominator": None if row.denominator is None else str(row.denominator),
    }
