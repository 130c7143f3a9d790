"""Server time of the pages against the floor, and memory, through the real gunicorn.

The requests are taken in turns on one connection, so that whatever else the machine does meets
all of them alike; what is compared are medians of one run.
"""

import http.client
import os
import random
import re
import statistics
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.processes import PASSWORD, running_portal
from tests.browser.steps import MANY_PRODUCTS

ROUNDS, WARM = 60, 6
PAGES = {
    "floor": ("/floor/", None),
    "frame alone (help)": ("/tro-giup/", None),
    "overview": ("/", 2.0),
    "list of 50 rows": ("/ocop/san-pham/", 4.0),
    "detail": ("/ocop/san-pham/1/", 4.0),
    "form": ("/ocop/truy-xuat/them/", 4.0),
}
MEMORY_MB = {"web": 200, "worker": 300}


class Visitor:
    """One signed-in person on one connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{key}={text}" for key, text in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie", []):
            key, text = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[key] = text
        return response.status, content

    def sign_in(self, username: str) -> None:
        _status, page = self.ask("GET", "/tai-khoan/dang-nhap/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()
        form = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token}
        status, _page = self.ask("POST", "/tai-khoan/dang-nhap/", urlencode(form))
        assert status == 302, status

    def timed(self, path: str) -> float:
        started = time.perf_counter()
        status, _content = self.ask("GET", path)
        assert status == 200, (path, status)
        return 1000 * (time.perf_counter() - started)


def databases():
    """SQLite always; PostgreSQL where DATABASE_URL names a server."""
    server = os.environ.get("DATABASE_URL", "")
    return [("SQLite", "")] + ([("PostgreSQL", server)] if server else [])


@pytest.mark.parametrize(("name", "server"), databases())
def test_pages_against_the_floor_and_memory(table, name, server):
    with running_portal(application="tests.benchmarks.floor", database=server) as portal:
        portal.ask(MANY_PRODUCTS)
        visitor = Visitor(portal.port)
        visitor.sign_in("canbo.ocop")
        times = measured(visitor)
        visitor.connection.close()
        used = {kind: memory_mb(portal.processes[kind].pid) for kind in portal.processes}
    medians = {page: statistics.median(found) for page, found in times.items()}
    rows = [("page", "p50", "p95", "× floor", "budget")]
    for page, (_path, budget) in PAGES.items():
        p95 = statistics.quantiles(times[page], n=20)[-1]
        ratio = medians[page] / medians["floor"]
        rows.append(
            (page, f"{medians[page]:.1f} ms", f"{p95:.1f} ms", f"{ratio:.1f}", budget or "")
        )
    table(f"server time on {name}, {ROUNDS} rounds", rows)
    table(
        f"memory on {name} after the visits, largest process of each kind",
        [("process", "RSS", "PSS", "budget")]
        + [
            (kind, f"{rss:.0f} MB", f"{pss:.0f} MB", MEMORY_MB.get(kind, ""))
            for kind, (rss, pss) in used.items()
        ],
    )
    over = {
        page: f"{medians[page] / medians['floor']:.1f} > {budget}"
        for page, (_path, budget) in PAGES.items()
        if budget and medians[page] > budget * medians["floor"]
    }
    over |= {k: f"{used[k][0]:.0f} MB" for k, limit in MEMORY_MB.items() if used[k][0] > limit}
    assert not over


def measured(visitor):
    """Milliseconds by page, taken in turns in random order after a warm-up."""
    times = {page: [] for page in PAGES}
    for turn in range(WARM + ROUNDS):
        for page in random.sample(list(PAGES), len(PAGES)):
            taken = visitor.timed(PAGES[page][0])
            if turn >= WARM:
                times[page].append(taken)
    return times


def memory_mb(group: int) -> tuple[float, float]:
    """Largest RSS and PSS of one process in the process group, in megabytes."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(entry.name)) == group:
                text = (entry / "smaps_rollup").read_text()
                found.append(tuple(kilobytes(text, key) / 1024 for key in ("Rss", "Pss")))
        except OSError:
            continue  # it ended while it was read
    return max(found)


def kilobytes(text: str, key: str) -> int:
    """One line of smaps_rollup."""
    return int(re.search(rf"^{key}:\s+(\d+) kB", text, re.MULTILINE)[1])
