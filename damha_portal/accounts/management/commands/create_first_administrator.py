"""The account that gives all others: made once, on a portal without an administrator."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from damha_portal.accounts.models import Membership, Organisation, User
from damha_portal.core import clock
from damha_portal.core.access import Role
from damha_portal.core.services import record_save

OFFICE = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Đầm Hà"


class Command(BaseCommand):
    """`create_first_administrator [--username NAME] [--password-file FILE]`."""

    help = "Create the first administrator; does nothing where there is one already."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, organisation, and where to keep a generated password."""
        parser.add_argument("--username", default="quantri")
        parser.add_argument("--organisation", default=OFFICE, help="name of the organisation")
        parser.add_argument(
            "--password-file", type=Path, help="keep the generated password in this file (0600)"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Create, and print the password once."""
        active = Membership.objects.active(clock.today())
        if active.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists():
            self.stdout.write("There is an administrator already; nothing was changed.")
            return
        username = options["username"]
        if User.objects.filter(username=username).exists():
            raise CommandError(f"The name “{username}” is taken; choose another with --username.")
        body = Organisation.objects.filter(name=options["organisation"]).first()
        if body is None:
            raise CommandError("No such organisation; run load_plan_2023 first.")
        password = os.environ.get("ADMIN_PASSWORD") or secrets.token_urlsafe(12)
        self._create(username, body, password)
        if file := options["password_file"]:
            file.touch(mode=0o600)
            file.write_text(password)
        self.stdout.write(f"Administrator “{username}”, password: {password}")

    @transaction.atomic
    def _create(self, username: str, body: Organisation, password: str) -> None:
        user = User(username=username, full_name="Quản trị cổng", is_staff=True)
        user.set_password(password)
        record_save(actor=None, record=user)
        membership = Membership(user=user, organisation=body, role=Role.ADMINISTRATOR)
        record_save(actor=None, record=membership)
