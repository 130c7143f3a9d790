"""Compare the stored figures with the second path, now."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from damha_portal.core import clock
from damha_portal.progress.models import Plan
from damha_portal.progress.services import progress_verify


class Command(BaseCommand):
    """`verify_progress [--plan ID]`: exit status 1 where a figure is not confirmed."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options."""
        parser.add_argument("--plan", type=int, help="only this plan")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Verify each active plan and say what differs."""
        plans = Plan.objects.active()
        if options["plan"]:
            plans = plans.filter(pk=options["plan"])
        differing = 0
        for plan in plans:
            result = progress_verify(plan_id=plan.pk, now=clock.now(), today=clock.today())
            if result is None:
                continue
            self.stdout.write(
                f"plan {plan.pk}: {result.compared} compared, {len(result.differences)} differ"
            )
            for row in result.differences:
                self.stdout.write(f"  {row}")
            differing += len(result.differences)
        if differing:
            raise CommandError("The second path does not confirm every figure.")
