"""The one place that asks what time it is.

Rules take the day as an argument; only views, tasks and commands call these.
"""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, aware."""
    return timezone.now()


def today() -> dt.date:
    """The calendar day in Asia/Ho_Chi_Minh (UTC+7 all year)."""
    return timezone.localdate()
