"""Real Chromium against the real set of processes. A missing browser fails, it never skips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.processes import PASSWORD, RunningPortal, running_portal
from tests.browser.watch import Watch

CHROMIUM = "/usr/bin/chromium"
#: Nothing of Chromium's own talks to the network, so that every request seen is the portal's.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
ACCOUNTS = {
    "officer": "canbo.xa",
    "department": "canbo.ocop",
    "approver": "duyet.dulich",
    "office": "vanphong",
    "leader": "lanhdao",
    "administrator": "quantri",
}
DESK = {"width": 1280, "height": 900}
TIMEOUT_MS = 15_000

SignIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test, said once."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal() -> Iterator[RunningPortal]:
    """Web, worker and beat with the plan and the illustrative data."""
    with running_portal() as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; the tests download no browser."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(portal: RunningPortal, chromium: Browser) -> Callable[[str], Path]:
    """File with the cookies of a role; each role signs in once, through the form."""
    folder = portal.data_dir / "sessions"
    folder.mkdir()

    def state(role: str) -> Path:
        file = folder / f"{role}.json"
        if not file.exists():
            context = chromium.new_context(locale="vi-VN", viewport=DESK)
            watch = Watch(context, portal.url)
            page = context.new_page()
            page.goto(f"{portal.url}/")
            page.get_by_label("Tên đăng nhập").fill(ACCOUNTS[role])
            page.get_by_label("Mật khẩu").fill(PASSWORD)
            watch.check()
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_url(f"{portal.url}/")
            watch.check(with_axe=False)
            context.storage_state(path=file)
            context.close()
        return file

    return state


@pytest.fixture
def watched(
    portal: RunningPortal, chromium: Browser, signed_in: Callable[[str], Path]
) -> Iterator[Callable[..., Watch]]:
    """A watched window of one role (None: nobody); what is open at the end must be clean."""
    watches: list[tuple[Watch, bool]] = []

    def open_watched(role: str | None, **options: object) -> Watch:
        options = {"locale": "vi-VN", "viewport": DESK, **options}
        state = signed_in(role) if role else None
        context = chromium.new_context(storage_state=state, base_url=portal.url, **options)
        context.set_default_timeout(TIMEOUT_MS)
        scripted = bool(options.get("java_script_enabled", True))  # axe is a script, too
        watches.append((Watch(context, portal.url), scripted))
        return watches[-1][0]

    yield open_watched
    try:
        for watch, scripted in watches:
            watch.check(with_axe=scripted)
    finally:
        for watch, _scripted in watches:
            watch.context.close()


@pytest.fixture
def sign_in(watched: Callable[..., Watch]) -> SignIn:
    """A page of one role: `sign_in("leader")`; options are those of a browser context."""

    def page(role: str, **options: object) -> Page:
        return watched(role, **options).context.new_page()

    return page
