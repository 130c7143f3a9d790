"""First visit with a cold cache: bytes on the wire, as Chromium counts them."""

import sys

import pytest

from tests.browser.steps import MANY_PRODUCTS

KILOBYTE = 1024
BUDGETS = [
    ("leader", "/", 80),
    ("officer", "/ocop/truy-xuat/them/", 60),
    ("department", "/ocop/san-pham/", 60),
]


@pytest.mark.parametrize(("role", "address", "budget"), BUDGETS)
def test_a_first_visit_is_light(portal, sign_in, role, address, budget):
    portal.ask(MANY_PRODUCTS)
    page = sign_in(role)
    sizes = {}
    urls = {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on(
        "Network.responseReceived", lambda e: urls.update({e["requestId"]: e["response"]["url"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}),
    )
    page.goto(address, wait_until="networkidle")
    total = sum(sizes.values()) / KILOBYTE
    parts = sorted(((size, urls.get(key, "")) for key, size in sizes.items()), reverse=True)
    lines = [f"  {size / KILOBYTE:6.1f} KB  {url.split('/', 3)[-1]}" for size, url in parts]
    sys.stdout.write(f"\nfirst visit of {address}: {total:.1f} KB (budget {budget} KB)\n")
    sys.stdout.write("\n".join(lines) + "\n")
    assert total <= budget
