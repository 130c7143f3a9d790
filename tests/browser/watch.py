"""What is wrong with a page while a person uses it: errors, foreign requests, barriers."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

SERIOUS = frozenset({"serious", "critical"})
#: Chromium logs each answer of 400 and more; `_response` judges those, knowing what was asked.
ANSWER_LOGGED = "Failed to load resource: the server responded with a status of "
SERVER_ERROR = 500
CLIENT_ERROR = 400

axe = Axe()


class Watch:
    """Collects the faults of every page of a browser context."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.context = context
        self.origin = origin
        self.faults: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def collect(self, *, with_axe: bool = True) -> list[str]:
        """Everything seen since the last call, and what axe says of the pages open now."""
        found = list(self.faults)
        self.faults.clear()
        if with_axe:
            found += [fault for page in self.context.pages for fault in barriers(page)]
        return found

    def check(self, *, with_axe: bool = True) -> None:
        """Fail with everything that `collect` finds."""
        found = self.collect(with_axe=with_axe)
        assert not found, "\n".join(found)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWER_LOGGED):
            where = message.location.get("url", "")
            self.faults.append(f"console {message.type}: {message.text} ({where})")

    def _request(self, request: Request) -> None:
        local = (f"{self.origin}/", "data:", "blob:", "about:")
        if not request.url.startswith(local):
            self.faults.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= (SERVER_ERROR if is_page else CLIENT_ERROR):
            self.faults.append(f"answer {response.status}: {response.url}")


def barriers(page: Page) -> list[str]:
    """Serious and critical findings of axe on the page as it stands."""
    if not page.url.startswith("http"):
        return []
    violations: list[dict[str, Any]] = axe.run(page).response["violations"]
    return [
        f"axe {row['impact']} {row['id']}: {row['help']} — {node['html'][:160]} ({page.url})"
        for row in violations
        if row["impact"] in SERIOUS
        for node in row["nodes"]
    ]
