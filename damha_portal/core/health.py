"""Whether the portal is alive, and whether everything it needs is there."""

from __future__ import annotations

from collections.abc import Callable

from celery import current_app
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from kombu.exceptions import OperationalError

from damha_portal.core.access import Right, requires

#: Probes that applications add: name → callable that returns "" or what is wrong.
probes: dict[str, Callable[[], str]] = {}


@requires(Right.PUBLIC)
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@requires(Right.PUBLIC)
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every probe is content, else 503; each probe says what is wrong."""
    report: dict[str, str] = {}
    for name, probe in {"database": _database, "broker": _broker, **probes}.items():
        try:
            report[name] = probe() or "ok"
        except (DatabaseError, OSError) as error:
            report[name] = type(error).__name__
    healthy = all(state == "ok" for state in report.values())
    return JsonResponse(report, status=200 if healthy else 503)


def _database() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} migrations to apply" if plan else ""


def _broker() -> str:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except (OperationalError, OSError) as error:
        return type(error).__name__
    return ""
