"""Load the facts that come with the portal: units, bodies, documents, rule sets, the 2023 plan."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from damha_portal.core import seeds


class Command(BaseCommand):
    """`load_plan_2023`: every registered facts loader, in order, each in its own transaction."""

    help = "Load units, organisations, rule sets and the plan of 2023. May run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Run them; rows that are there already stay as people left them."""
        for seed in seeds.in_order(seeds.facts):
            with transaction.atomic():
                line = seed.run()
            self.stdout.write(line)
