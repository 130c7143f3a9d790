"""The one engine for background work.

The broker is Redis where ``REDIS_URL`` is set and a folder otherwise (``settings``); nothing
outside the settings asks which.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "damha_portal.settings.local")

app = Celery("damha_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
