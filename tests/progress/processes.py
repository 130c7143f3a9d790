"""Real processes on the database of a test: children that are killed, workers that pick up."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
PATIENCE = 30


@dataclass
class Shared:
    """The test's database as other processes see it, with a folder of its own for everything."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, code: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run Python after `django.setup()` in a process of its own."""
        return subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=ROOT,
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=PATIENCE,
            check=check,
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `python -m …`; its output goes to `output.log` of the folder."""
        with (self.folder / "output.log").open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        return (self.folder / "output.log").read_text()

    def fetch(self, sql: str) -> list[Any]:
        """Rows of what the other processes wrote."""
        if connection.vendor != "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()
        with sqlite3.connect(self.folder / "portal.sqlite3", timeout=20) as copy:
            rows = copy.execute(sql).fetchall()
        copy.close()
        return rows


def share(folder: Path) -> Shared:
    """Hand the test's committed rows to other processes; on SQLite as a copy in a file.

    The test must use `django_db(transaction=True)`: rows of an open transaction stay unseen.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "damha_portal.settings.local",
        "PORTAL_DATA_DIR": str(folder),
        "PYTHONWARNINGS": "ignore",
    }
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(folder / "portal.sqlite3")
        connection.connection.backup(copy)
        copy.close()
        environment["DATABASE_URL"] = f"sqlite:///{folder / 'portal.sqlite3'}"
    else:
        values = connection.settings_dict
        place = f"{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"
        environment["DATABASE_URL"] = f"postgres://{values['USER']}:{values['PASSWORD']}@{place}"
    return Shared(folder, environment)
