"""The one engine for background work.

The broker is Redis where ``REDIS_URL`` is set and a folder otherwise (``settings``); nothing
outside the settings asks which.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "damha_portal.settings.local")

app = Celery("damha_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def sweep_at_start(**_kwargs: Any) -> None:  # noqa: ANN401  (the worker's own objects)
    """A worker that starts looks at once for what an outage left behind, not a minute later."""
    app.send_task("progress.sweep")
