"""gunicorn: the application is loaded once, then shared by forked workers."""

from __future__ import annotations

import gc
import os
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
timeout = 60
# honcho kills what is left after five seconds; pages here take a fraction of one.
graceful_timeout = 4
keepalive = 5
control_socket_disable = True  # its default path is shared by every portal of the same person


def pre_fork(server: Any, worker: Any) -> None:  # noqa: ANN401  (gunicorn's objects)
    """Keep the loaded application out of garbage collection: it never dies, and stays shared."""
    gc.collect()
    gc.freeze()
