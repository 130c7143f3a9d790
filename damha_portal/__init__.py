"""The project package: the Celery application is loaded with Django so that tasks find it."""

from damha_portal.celery import app as celery_app

__all__ = ("celery_app",)
