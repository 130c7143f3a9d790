"""Where the database, the broker and the cache are: one answer for every environment.

`DATABASE_URL` and `REDIS_URL` decide; without them everything is embedded under one data folder.
"""

from pathlib import Path
from typing import Any

import environ

from damha_portal.settings.base import SQLITE_OPTIONS

Settings = dict[str, Any]


def database(env: environ.Env, data_dir: Path) -> Settings:
    """Django's `DATABASES["default"]` from `DATABASE_URL`, SQLite in `data_dir` without it."""
    config: Settings = env.db("DATABASE_URL", default=f"sqlite:///{data_dir / 'portal.sqlite3'}")
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
        config["CONN_MAX_AGE"] = None
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


def broker(env: environ.Env, data_dir: Path) -> Settings:
    """Celery's broker settings from `REDIS_URL`, a folder below `data_dir` without it."""
    if url := env("REDIS_URL", default=""):
        return {
            "CELERY_BROKER_URL": url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": {
                "visibility_timeout": 3600,
                "socket_connect_timeout": 1,
                "socket_timeout": 5,
                "max_retries": 1,
            },
        }
    queue, control = data_dir / "broker" / "queue", data_dir / "broker" / "control"
    for folder in (queue, control):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "filesystem://localhost/",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(control),
            "polling_interval": 0.2,
        },
    }


def caches(env: environ.Env) -> Settings:
    """Redis where it is set (a dead one counts as empty), memory of the process otherwise."""
    if url := env("REDIS_URL", default=""):
        return {
            "default": {
                "BACKEND": "django_redis.cache.RedisCache",
                "LOCATION": url,
                "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
            }
        }
    return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
