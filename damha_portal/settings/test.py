"""The suite's settings: fast hashing, plain static files, everything else as in `local`."""

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import Any

from damha_portal.settings.base import *  # noqa: F403  (Django's way of layering settings)
from damha_portal.settings.base import STORAGES, TEMPLATES, env
from damha_portal.settings.services import broker, database

DATA_DIR = Path(tempfile.mkdtemp(prefix="portal-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
SECRET_KEY = "only-for-tests"  # noqa: S105  (protects nothing)
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": database(env, DATA_DIR)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Without Redis the messages stay in this process: nothing runs them but the tests themselves.
globals().update(
    broker(env, DATA_DIR) if env("REDIS_URL", default="") else {"CELERY_BROKER_URL": "memory://"}
)
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = DATA_DIR / "files"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "portal@example.org"
ACCOUNT_RATE_LIMITS = False
template_options: Any = TEMPLATES[0]["OPTIONS"]
template_options["string_if_invalid"] = "UNDEFINED «%s»"
