"""Production: no fallbacks. What is missing is said in one message, before anything starts."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from damha_portal.settings.base import *  # noqa: F403  (Django's way of layering settings)
from damha_portal.settings.base import env
from damha_portal.settings.services import broker, caches, database

REQUIRED = (
    "SECRET_KEY",
    "DATABASE_URL",
    "REDIS_URL",
    "ALLOWED_HOSTS",
    "PORTAL_DATA_DIR",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
)
if missing := [name for name in REQUIRED if not env(name, default="")]:
    raise ImproperlyConfigured(
        "Set these environment variables (see .env.example): " + ", ".join(missing)
    )

SECRET_KEY = env("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATA_DIR = Path(env("PORTAL_DATA_DIR"))
DATABASES = {"default": database(env, DATA_DIR)}
CACHES = caches(env)
globals().update(broker(env, DATA_DIR))
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

STATIC_ROOT = env("STATIC_ROOT", default="") or DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
vars().update(env.email("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

DEMO_DATA_ALLOWED = False  # load_demo asks for --yes-illustrative
DEMO_PASSWORD = env("DEMO_PASSWORD", default="")
