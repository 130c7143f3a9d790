"""One machine, an empty environment: SQLite, a folder as broker, everything in one data folder."""

from django.core.management.utils import get_random_secret_key

from damha_portal.settings.base import *  # noqa: F403  (Django's way of layering settings)
from damha_portal.settings.base import BASE_DIR, env
from damha_portal.settings.services import broker, caches, database

env.read_env(BASE_DIR / ".env")  # absent is fine

DATA_DIR = env.path("PORTAL_DATA_DIR", default=str(BASE_DIR / "var")).__fspath__()
DATA_DIR = BASE_DIR.joinpath(DATA_DIR)
DATA_DIR.mkdir(parents=True, exist_ok=True)

_secret_file = DATA_DIR / "secret_key"
if not env("SECRET_KEY", default="") and not _secret_file.exists():
    _secret_file.touch(mode=0o600)
    _secret_file.write_text(get_random_secret_key())
SECRET_KEY = env("SECRET_KEY", default="") or _secret_file.read_text()

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASES = {"default": database(env, DATA_DIR)}
CACHES = caches(env)
globals().update(broker(env, DATA_DIR))
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

STATIC_ROOT = env("STATIC_ROOT", default="") or DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")
DEMO_PASSWORD = env("DEMO_PASSWORD", default="")
