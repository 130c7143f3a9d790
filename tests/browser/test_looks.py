"""Every page at three widths, light and dark: nothing overflows, nothing bars the way, prints.

With SCREENSHOTS set to a folder, each page is also saved there as a picture.
"""

import os
import re
from pathlib import Path

WIDTHS = (375, 768, 1280)
SCHEMES = ("light", "dark")
OVERFLOW = """
() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= innerWidth) return "";
  const wide = [...document.querySelectorAll("main *, header *")]
    .filter((el) => el.getBoundingClientRect().right > innerWidth + 1 && !el.closest(
      ".table-scroll, .visually-hidden"))
    .map((el) => `${el.tagName.toLowerCase()}.${el.className}`);
  return `${page.scrollWidth} > ${innerWidth}: ${wide.slice(0, 5).join(", ")}`;
}
"""
#: Pages beside the menu's.
OVERVIEW_PAGES = ("/", "/viec-cua-toi/", "/tim-kiem/?q=dam", "/tro-giup/", "/ke-hoach/1/thay-doi/")
NOT_OURS = ("/quan-tri/", "/api/")
LONG_NAME = (
    "Hợp tác xã sản xuất, chế biến và tiêu thụ nông sản hữu cơ gắn với du lịch cộng đồng thôn "
    "Trại Khe, xã Quảng Tân, huyện Đầm Hà, tỉnh Quảng Ninh"
)


def addresses(page):
    """Every kind of page this role can read: lists, one record of each with its acts."""
    found = list(OVERVIEW_PAGES)
    page.goto("/")
    menu = [url for url in hrefs(page, ".sidebar nav a") if not url.startswith(NOT_OURS)]
    for address in (url for url in menu if url not in found):
        page.goto(address)
        found.append(address)
        found += [url for url in hrefs(page, ".page-actions a") if url.endswith("/them/")]
        records = hrefs(page, "#result tbody a")
        if records:
            page.goto(records[0])
            found.append(records[0])
            acts = hrefs(page, ".page-actions a") + hrefs(page, ".page-foot a")
            found += [url for url in acts if not url.startswith(NOT_OURS)]
    return list(dict.fromkeys(found))


def hrefs(page, selector):
    """Addresses of the links, in order."""
    return page.locator(selector).evaluate_all("els => els.map(el => el.getAttribute('href'))")


def faults_of(page, address):
    """What is wrong with one page as it stands."""
    found = [f"{address}: wide {text}" for text in [page.evaluate(OVERFLOW)] if text]
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{address}: {headings} h1")
    return found


def keep_picture(page, *names):
    """Save a picture where somebody asked for it; never in the tree."""
    if folder := os.environ.get("SCREENSHOTS"):
        name = re.sub(r"[^a-z0-9]+", "-", "-".join(map(str, names)).lower()).strip("-")
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def looked_at(watch, page, address, role):
    """Faults of one page at every width, and what axe says of it light and dark."""
    page.goto(address)
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{width} {fault}" for fault in faults_of(page, address)]
            keep_picture(page, role, scheme, width, address)
        found += [f"{scheme} {address}: {fault}" for fault in watch.collect()]
    return found


def test_every_page_of_an_officer_fits_every_width_light_and_dark(watched):
    watch = watched("officer")
    page = watch.context.new_page()
    found = []
    for address in addresses(page):
        found += looked_at(watch, page, address, "officer")
    assert not found, "\n".join(found)


def test_the_pages_of_every_target_fit_every_width_light_and_dark(watched):
    watch = watched("leader")
    page = watch.context.new_page()
    page.goto("/")
    targets = hrefs(page, "[aria-labelledby=chi-tieu] tbody th a")
    page.goto(targets[7])
    lists = hrefs(page, "main a[href*='/T8/']")
    found = []
    for address in dict.fromkeys([*targets, *lists[:4]]):
        found += looked_at(watch, page, address, "leader")
    assert not found, "\n".join(found)


def test_pages_before_sign_in_fit_every_width(sign_in):
    page = sign_in(None)
    page.goto("/")
    sign_in_page = page.url
    page.get_by_role("link", name="Quên mật khẩu?").click()
    for address in (sign_in_page, page.url):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert not faults_of(page, address)
            keep_picture(page, "guest", width, address)


def test_long_vietnamese_names_wrap(portal, sign_in):
    pk = portal.ask(LONG_RECORDS, name=LONG_NAME)
    page = sign_in("officer", viewport={"width": 375, "height": 800})
    found = []
    for address in (f"/ocop/san-pham/{pk}/", f"/ocop/san-pham/{pk}/sua/", "/ocop/san-pham/", "/"):
        page.goto(address)
        found += faults_of(page, address)
        keep_picture(page, "long-name", address)
    assert not found, "\n".join(found)


def test_the_overview_prints_on_one_sheet(sign_in):
    page = sign_in("leader")
    page.goto("/")
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert pages == 1
    page.emulate_media(media="print")
    keep_picture(page, "print", "overview")
    assert page.get_by_role("heading", level=1).is_visible()
    assert not page.locator(".sidebar").is_visible()


#: A producer and its product with the longest names an official would type.
LONG_RECORDS = """
from damha_portal.accounts.models import AdminUnit
from damha_portal.core.services import record_save
from ocop.models import Producer, Product
unit = AdminUnit.objects.get(code="06913", valid_to__isnull=False)
producer = record_save(actor=None, record=Producer(
    name=name, kind="cooperative", admin_unit=unit, is_illustrative=True))
answer = record_save(actor=None, record=Product(
    name="Sản phẩm của " + name, producer=producer, is_illustrative=True)).pk
"""
