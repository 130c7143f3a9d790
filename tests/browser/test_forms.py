"""Bad input through the real forms, as officials meet it: refused, explained, nothing lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import expect_refused, expect_saved, fill, main_form, save

DATED_CODE = "KIEM-THU-NGAY"
CHICKEN = "Gà bản Đầm Hà — HTX Tuyền Hiền"


@pytest.fixture
def officer(sign_in):
    """The commune officer."""
    return sign_in("officer")


# --- Numbers and dates ----------------------------------------------------------------------------


def test_40_00_and_40_5_are_refused_with_a_question(officer):
    officer.goto("/du-lich/luot-khach/them/")
    fill(officer, month="02/2021", domestic_overnight="40.00", domestic_same_day="40,5")
    save(officer)
    expect_refused(
        officer,
        "Bạn đã nhập «40.00»: có phải 40.000 không?",
        "Bạn đã nhập «40,5»",
    )
    expect(main_form(officer).locator("[name=domestic_overnight]")).to_have_value("40.00")
    expect(main_form(officer).locator("[name=domestic_same_day]")).to_have_value("40,5")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2023", "Không có ngày 31/02/2023: tháng 2/2023 chỉ có 28 ngày."),
        ("2023-02-20", "Bạn đã nhập «2023-02-20»: có phải 20/02/2023 không?"),
    ],
)
def test_a_day_that_is_not_one_is_refused(officer, typed, sentence):
    officer.goto("/ocop/truy-xuat/them/")
    fill(officer, product=CHICKEN, kind="Tem điện tử", code="KHONG-LUU", registered_on=typed)
    save(officer)
    expect_refused(officer, sentence)
    expect(main_form(officer).locator("[name=registered_on]")).to_have_value(typed)


def test_03_02_2023_is_stored_as_the_third_of_february(portal, officer):
    officer.goto("/ocop/truy-xuat/them/")
    fill(
        officer,
        product=CHICKEN,
        kind="Tem điện tử",
        code=DATED_CODE,
        registered_on="03/02/2023",
        valid_until="04/02/2023",
    )
    save(officer)
    expect_saved(officer)
    stored = portal.ask(
        "from ocop.models import TraceabilityCode\n"
        "answer = str(TraceabilityCode.objects.get(code=typed).registered_on)",
        typed=DATED_CODE,
    )
    assert stored == "2023-02-03"


def test_a_gtin_with_a_wrong_check_digit_is_refused(officer):
    officer.goto("/ocop/truy-xuat/them/")
    fill(
        officer,
        product=CHICKEN,
        kind="Mã số mã vạch (GTIN)",
        code="8931234567890",
        registered_on="01/12/2023",
    )
    save(officer)
    expect_refused(officer, "Chữ số kiểm tra (chữ số cuối) của mã «8931234567890» chưa đúng.")


# --- Recognitions ---------------------------------------------------------------------------------

RECOGNITION = {
    "product": CHICKEN,
    "star": "3 sao",
    "level": "cấp huyện",
    "type": "nâng hạng",
    "evaluation_year": "2023",
    "decided_on": "01/12/2023",
    "issued_on": "02/12/2023",
}


def test_a_recognition_ending_before_it_starts_is_refused(officer):
    officer.goto("/ocop/cong-nhan/them/")
    fill(officer, **RECOGNITION, valid_until="01/12/2023")
    save(officer)
    expect_refused(officer, "Ngày hết hiệu lực không thể trước ngày cấp giấy.")


def test_a_sixth_star_is_refused(officer):
    officer.goto("/ocop/cong-nhan/them/")
    fill(officer, **RECOGNITION)
    star = main_form(officer).locator("[name=star]")
    star.evaluate("field => field.add(new Option('6 sao', '6', true, true))")
    save(officer)
    expect_refused(officer, "Hạng sao")


def test_a_second_new_recognition_while_one_is_in_force_is_refused(officer):
    officer.goto("/ocop/cong-nhan/them/")
    fill(officer, **{**RECOGNITION, "type": "cấp mới"})
    save(officer)
    expect_refused(officer, "Sản phẩm đang có công nhận còn hiệu lực vào ngày cấp giấy này.")


# --- Rows and files -------------------------------------------------------------------------------


def test_a_row_of_another_commune_is_not_there(officer, sign_in):
    leader = sign_in("leader")
    leader.goto("/ocop/san-pham/")
    officer.goto("/ocop/san-pham/")
    links = "els => els.map(el => el.getAttribute('href'))"
    everyone = leader.locator("main tbody th a, main tbody td a").evaluate_all(links)
    mine = officer.locator("main tbody th a, main tbody td a").evaluate_all(links)
    foreign = next(url for url in everyone if url.startswith("/ocop/san-pham/") and url not in mine)
    for address in (foreign, f"{foreign}sua/", f"{foreign}xoa/", f"{foreign}lich-su/"):
        assert officer.goto(address).status == 404
        expect(officer.get_by_role("heading", level=1)).to_have_count(1)


def test_a_file_that_is_not_what_its_name_says_is_refused(officer):
    officer.goto("/ocop/san-pham/")
    officer.locator("main tbody").get_by_role("link", name="Gà bản Đầm Hà").first.click()
    officer.get_by_role("link", name="Thêm minh chứng").click()
    fake = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a PDF"}
    main_form(officer).locator("[type=file]").set_input_files(fake)
    save(officer)
    expect_refused(officer, "Nội dung tệp không phải là .pdf như tên của nó.")


# --- Two people, and a line that breaks -----------------------------------------------------------


def test_the_second_of_two_people_sees_both_versions_and_loses_nothing(officer, sign_in):
    department = sign_in("department")
    for page in (officer, department):
        page.goto("/ocop/chu-the/")
        page.locator("main tbody").get_by_role("link", name="HTX Tuyền Hiền").first.click()
        page.get_by_role("link", name="Sửa", exact=True).click()
    fill(department, note="Phòng ghi trước", phone="0203000001")
    save(department)
    expect_saved(department)
    fill(officer, note="Xã ghi sau")
    save(officer)
    conflict = officer.locator(".conflict")
    expect(conflict).to_contain_text("Phòng ghi trước")
    expect(conflict).to_contain_text("Xã ghi sau")
    expect(main_form(officer).locator("[name=note]")).to_have_value("Xã ghi sau")
    save(officer)
    expect_saved(officer)
    expect(officer.locator("main")).to_contain_text("Xã ghi sau")
    officer.get_by_role("link", name="Lịch sử thay đổi").click()
    expect(officer.locator("main")).to_contain_text("Phòng ghi trước")


def test_typing_is_offered_again_after_a_reload(officer):
    officer.on("dialog", lambda dialog: dialog.accept())  # the browser asks before it leaves
    officer.goto("/ocop/san-pham/them/")
    fill(officer, name="Sản phẩm gõ dở", description="Chưa kịp lưu")
    officer.wait_for_timeout(500)  # the draft is kept 300 ms after the last key
    officer.reload()
    expect(main_form(officer).locator("[name=name]")).to_have_value("")
    officer.get_by_role("button", name="Khôi phục nội dung").click()
    expect(main_form(officer).locator("[name=name]")).to_have_value("Sản phẩm gõ dở")
    expect(main_form(officer).locator("[name=description]")).to_have_value("Chưa kịp lưu")


# --- Without scripts ------------------------------------------------------------------------------

#: Lists of which somebody edits rows; every other list of the menu is one of these, too.
EDITORS = ("department", "officer", "administrator")


def test_every_form_saves_without_scripts(sign_in):
    waiting: set[str] = set()
    saved: set[str] = set()
    for role in EDITORS:
        page = sign_in(role, java_script_enabled=False)
        page.goto("/")
        menu = page.locator(".sidebar nav a").all()
        lists = [link.get_attribute("href") for link in menu]
        for address in lists:
            if address in saved or not is_list(page, address):
                continue
            waiting.add(address)
            if edit_first_row(page):
                saved.add(address)
    assert sorted(saved) == sorted(waiting)


def is_list(page, address):
    """Whether the address of the menu leads to a list of records with rows."""
    page.goto(address)
    return page.locator("#result tbody tr").count() > 0


def edit_first_row(page):
    """Open the first row of the list, change nothing, save; False where it may not be changed."""
    page.goto(page.locator("#result tbody a").first.get_attribute("href"))
    edit = page.get_by_role("link", name="Sửa", exact=True)
    if not edit.count():
        return False
    edit.click()
    save(page)
    expect_saved(page)
    return True


def test_the_menu_of_a_phone_opens_without_scripts(sign_in):
    phone = {"width": 375, "height": 740}
    page = sign_in("officer", java_script_enabled=False, viewport=phone)
    page.goto("/")
    page.locator("summary", has_text="Trình đơn").click()
    page.locator(".phone-menu").get_by_role("link", name="Tem và mã truy xuất").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("truy xuất")


# --- Keyboard -------------------------------------------------------------------------------------

#: What Tab must reach, in the order of the document; a radio group is one stop.
STOPS = """
() => {
  const all = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  const groups = new Set();
  window.stops = [...all].filter((el) => {
    const folded = el.closest("details:not([open])");
    if (folded && !el.matches("summary")) return false;
    if (el.disabled || !el.checkVisibility({visibilityProperty: true})) return false;
    if (el.type !== "radio") return true;
    if (groups.has(el.name)) return false;
    return groups.add(el.name);
  });
  return window.stops.length;
}
"""
HERE = "() => window.stops.indexOf(document.activeElement)"


@pytest.mark.parametrize("address", ["/", "/ocop/truy-xuat/them/", "/ocop/san-pham/"])
def test_the_keyboard_reaches_everything_in_order(officer, address):
    officer.goto(address)
    count = officer.evaluate(STOPS)
    reached = []
    for _press in range(count):
        officer.keyboard.press("Tab")
        reached.append(officer.evaluate(HERE))
    assert reached == list(range(count))


def test_the_first_stop_skips_to_the_content(officer):
    officer.goto("/ocop/truy-xuat/them/")
    officer.keyboard.press("Tab")
    expect(officer.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    officer.keyboard.press("Enter")
    expect(officer.locator("#content")).to_be_focused()
