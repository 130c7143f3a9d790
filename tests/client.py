"""The suite's test client: runs on-commit callbacks and reads every page it gets."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client, TestCase

UNDEFINED = "UNDEFINED «"
#: Inputs that need no label: they are not seen, or their text is their value.
SILENT_INPUTS = frozenset({"hidden", "submit", "button", "reset", "image"})
FIELDS = frozenset({"input", "select", "textarea"})


class PortalClient(Client):
    """Django's client, plus what a request does after its commit, plus `check_page`."""

    def request(self, **request: Any) -> Any:
        """Send, run what waits for the commit, check the page."""
        connection.run_on_commit.clear()  # rows the test made before are committed long ago
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = super().request(**request)
        check_page(response)
        return response


class PageReader(HTMLParser):
    """Collects what `check_page` asks about."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.is_document = False
        self.language = ""
        self.headings = 0
        self.faults: list[str] = []
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.unlabelled: list[tuple[str, str]] = []
        self._open_labels = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.is_document, self.language = True, values.get("lang", "")
        self.headings += tag == "h1"
        if tag == "label":
            self._open_labels += 1
            self.labels.add(values.get("for", ""))
        if "id" in values:
            self.ids.append(values["id"])
        self._check_policy(tag, values)
        if tag in FIELDS:
            self._check_label(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._open_labels -= 1

    def _check_policy(self, tag: str, values: dict[str, str]) -> None:
        self.faults += [f"<{tag}> has handler {name}" for name in values if name.startswith("on")]
        if "style" in values:
            self.faults.append(f"<{tag}> has a style attribute: {values['style']}")
        if tag == "style":
            self.faults.append("inline <style>")
        if tag == "script" and "src" not in values and values.get("type") not in DATA_SCRIPTS:
            self.faults.append("<script> without src")
        if values.get("href", "").lower().startswith("javascript:"):
            self.faults.append(f"<{tag}> has a javascript: address")

    def _check_label(self, tag: str, values: dict[str, str]) -> None:
        named = values.get("aria-label") or values.get("aria-labelledby")
        if "hidden" in values.get("class", "").split():
            return
        in_row = re.search(r"-(\d+|__prefix__)-", values.get("name", ""))  # named by column heads
        if values.get("type", "") in SILENT_INPUTS or named or self._open_labels or in_row:
            return
        self.unlabelled.append((values.get("id", ""), f"<{tag} name={values.get('name', '?')}>"))


#: Blocks that hold data, not code; the content security policy lets them be.
DATA_SCRIPTS = frozenset({"application/json", "application/ld+json"})


def page_faults(html: str) -> list[str]:
    """Everything wrong with one page or fragment."""
    reader = PageReader()
    reader.feed(html)
    faults = list(reader.faults)
    if reader.is_document:
        if reader.headings != 1:
            faults.append(f"{reader.headings} <h1>, one expected")
        if reader.language != "vi":
            faults.append(f"html lang is {reader.language!r}, “vi” expected")
    faults += [
        f"{what} has no label" for key, what in reader.unlabelled if key not in reader.labels
    ]
    repeated = sorted({key for key in reader.ids if reader.ids.count(key) > 1})
    faults += [f"id “{key}” appears more than once" for key in repeated]
    if UNDEFINED in html:
        start = html.index(UNDEFINED)
        faults.append(f"undefined template variable: {html[start : start + 80]}")
    return faults


def check_page(response: HttpResponse) -> None:
    """Fail with everything that is wrong, where the answer is HTML."""
    if not response.get("Content-Type", "").startswith("text/html") or response.streaming:
        return
    shown = {template.name or "" for template in getattr(response, "templates", None) or ()}
    if any(name.startswith("admin/import_export/") for name in shown):
        return  # the package's inline code; the policy keeps it from running, the forms work
    faults = page_faults(response.content.decode())
    assert not faults, "\n".join(faults)
