"""Say who can sign in to try the portal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from damha_portal.accounts.demo import ACCOUNTS, demo_password
from damha_portal.accounts.models import User


class Command(BaseCommand):
    """`list_demo_accounts`: name, role and organisation of each, and their common password."""

    help = "List the illustrative accounts and their password."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Print those that exist."""
        rows = User.objects.filter(is_illustrative=True, is_active=True)
        present = set(rows.values_list("username", flat=True))
        self.stdout.write(f"Password of every illustrative account: {demo_password()}")
        for account in ACCOUNTS:
            if account.username in present:
                self.stdout.write(
                    f"  {account.username:<14}{account.role.label} · {account.organisation}"
                )
