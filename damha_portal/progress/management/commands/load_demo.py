"""Load or remove the illustrative data: people, products and figures, each row marked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from damha_portal.core import seeds


class Command(BaseCommand):
    """`load_demo [--remove] [--yes-illustrative]`."""

    help = "Load the illustrative data (every row is marked), or remove it. May run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and the confirmation that production asks for."""
        parser.add_argument("--remove", action="store_true", help="remove the illustrative rows")
        parser.add_argument(
            "--yes-illustrative",
            action="store_true",
            help="load illustrative rows into a portal that runs on production settings",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Run every registered loader (or remover) in order, each in its own transaction."""
        remove = options["remove"]
        if not (remove or settings.DEMO_DATA_ALLOWED or options["yes_illustrative"]):
            raise CommandError(
                "These are production settings: illustrative rows would stand beside real ones. "
                "Use --yes-illustrative if that is what you want."
            )
        for seed in seeds.in_order(seeds.demo_removal if remove else seeds.demo):
            with transaction.atomic():
                line = seed.run()
            self.stdout.write(line)
