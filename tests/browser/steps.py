"""What people do on the pages, in their words: fill a form, read a figure, wait for it to move."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Locator, Page, expect

#: Save → figure on the leader's page (design, budgets), in seconds.
BUDGET_SECONDS = 3.0
PATIENCE_SECONDS = 20.0
RELOAD_PAUSE_MS = 50


def fill(page: Page, **values: str) -> None:
    """Type into the fields of the form; a list takes the option of that text."""
    for name, value in values.items():
        field = main_form(page).locator(f"[name='{name}']").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def main_form(page: Page) -> Locator:
    """The form of the page, not the search box or the sign-out button in the header."""
    return page.locator("main form").last


def save(page: Page) -> float:
    """Press the form's button, wait for the answer; returns when it was pressed (monotonic)."""
    pressed = time.monotonic()
    with page.expect_navigation():
        main_form(page).locator("button[type=submit]").click()
    return pressed


def expect_saved(page: Page) -> None:
    """The page says that it saved."""
    expect(page.locator("[data-level='success']")).to_be_visible()


def expect_refused(page: Page, *sentences: str) -> None:
    """The error summary holds each of the sentences, and the focus is on it."""
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    for sentence in sentences:
        expect(summary).to_contain_text(sentence)


def figure(page: Page, code: str) -> str:
    """The figure of one target on the overview, as it is written."""
    row = page.locator("[aria-labelledby=chi-tieu] tbody tr").filter(
        has=page.get_by_role("link", name=re.compile(rf"^{code} ·"))
    )
    return row.locator("strong").first.inner_text().strip()


def settled(page: Page) -> None:
    """Reload the overview until it includes every saved change."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    page.goto("/")
    while page.locator(".freshness a").count():
        assert time.monotonic() < deadline, page.locator(".freshness").inner_text()
        page.wait_for_timeout(RELOAD_PAUSE_MS)
        page.reload()


def wait_for_figure(
    page: Page, code: str, wanted: str, *, since: float, patience: float = PATIENCE_SECONDS
) -> float:
    """Reload the overview until the figure reads `wanted`; seconds since `since` (monotonic)."""
    while True:
        page.reload(wait_until="domcontentloaded")
        shown = figure(page, code)
        seconds = time.monotonic() - since
        if shown == wanted:
            return seconds
        assert seconds < patience, f"{code} is {shown}, {wanted} expected"
        page.wait_for_timeout(RELOAD_PAUSE_MS)


def share(text: str) -> tuple[int, int]:
    """(16, 17) of “16/17 (94,12 %)”."""
    part, whole = text.split(" ")[0].split("/")
    return int(part), int(whole)


#: Run by `portal.ask` with `name`: a recognised product of HTX Tuyền Hiền without any code, marked
#: like all that is loaded.
NEW_PRODUCT = """
import datetime as dt
from damha_portal.core.services import record_save
from ocop.models import Producer, Product, Recognition
producer = Producer.objects.get(name="HTX Tuyền Hiền")
product = record_save(actor=None, record=Product(
    name=name, producer=producer, is_illustrative=True))
day = dt.date(2022, 6, 1)
record_save(actor=None, record=Recognition(
    product=product, star=3, level="province", type="new", evaluation_year=2022,
    decided_on=day, issued_on=day, is_illustrative=True))
answer = product.pk
"""

#: Run by `portal.ask`: enough products to fill a page of a list.
MANY_PRODUCTS = """
from ocop.models import Producer, Product
producers = list(Producer.objects.all())
Product.objects.bulk_create(
    Product(name=f"Sản phẩm đo {number}", producer=producers[number % len(producers)],
            is_illustrative=True)
    for number in range(60) if not Product.objects.filter(name="Sản phẩm đo 59").exists())
answer = Product.objects.count()
"""


def shown_share(part: int, whole: int) -> str:
    """As the portal writes a share: 16/17 (94,12 %), without empty decimals."""
    percent = f"{100 * part / whole:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{part}/{whole} ({percent} %)"
