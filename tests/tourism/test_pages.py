"""Sites and figures through the pages and the API."""

import datetime as dt

import pytest

from damha_portal.core.forms import version_of
from tests.factories.tourism import MonthlyFigureFactory, TouristSiteFactory
from tourism.enums import FigureStage, FigureStatus, HeritageLevel
from tourism.models import MonthlyFigure, TouristSite

LIST = "/du-lich/luot-khach/"
CREATE = f"{LIST}them/"
SITES = "/du-lich/diem-du-lich/"
KINDS = (
    "international_overnight",
    "international_same_day",
    "domestic_overnight",
    "domestic_same_day",
)


def typed(unit, **values):
    return {
        "admin_unit": unit.pk,
        "month": "09/2023",
        "stage": "actual",
        **dict.fromkeys(KINDS, "0"),
        **values,
    }


def text_of(response):
    return response.content.decode()


def address(figure, page=""):
    return f"{LIST}{figure.pk}/{page}"


# --- typing -------------------------------------------------------------------------------------


def test_a_figure_typed_with_dots_is_saved_as_a_draft(client_for, officer, units):
    answer = client_for(officer).post(
        CREATE, typed(units["06913"], domestic_same_day="40.000", guest_nights="")
    )
    figure = MonthlyFigure.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, address(figure))
    assert (figure.domestic_same_day, figure.guest_nights) == (40_000, None)
    assert (figure.status, figure.month) == (FigureStatus.DRAFT, dt.date(2023, 9, 1))
    assert figure.history.first().history_user == officer


@pytest.mark.parametrize("wrong", ["40.00", "40,5", "-3", "bốn mươi"])
def test_a_doubtful_number_is_refused_and_nothing_is_saved(client_for, officer, units, wrong):
    answer = client_for(officer).post(CREATE, typed(units["06913"], domestic_same_day=wrong))
    assert answer.status_code == 422
    assert f'value="{wrong}"' in text_of(answer)
    assert not MonthlyFigure.objects.exists()


def test_forty_point_zero_zero_is_asked_back_as_forty_thousand(client_for, officer, units):
    answer = client_for(officer).post(CREATE, typed(units["06913"], domestic_same_day="40.00"))
    assert "có phải 40.000 không?" in text_of(answer)


def test_the_form_shows_last_month_and_the_same_month_last_year(client_for, officer, units):
    unit = units["06913"]
    MonthlyFigureFactory(admin_unit=unit, month=dt.date(2023, 8, 1), arrivals=3690)
    MonthlyFigureFactory(admin_unit=unit, month=dt.date(2022, 9, 1), arrivals=2380)
    page = text_of(client_for(officer).get(f"{CREATE}?admin_unit={unit.pk}&month=09/2023"))
    assert (
        "tháng 8/2023: 3.690 (thực hiện, đã duyệt) · tháng 9/2022: 2.380 (thực hiện, đã duyệt)"
        in page
    )
    assert "ngày khách</span>" in page


def test_an_officer_of_one_commune_starts_with_it_and_with_last_month(
    client_for, officer, units, on_day
):
    on_day(2023, 10, 3)
    page = text_of(client_for(officer).get(CREATE))
    assert 'value="09/2023"' in page
    assert f'<option value="{units["06913"].pk}" selected>' in page
    assert f'<option value="{units["06904"].pk}"' not in page


def test_an_unusual_value_is_not_blocked(client_for, officer, units):
    MonthlyFigureFactory(admin_unit=units["06913"], month=dt.date(2023, 8, 1), arrivals=10)
    client_for(officer).post(CREATE, typed(units["06913"], domestic_same_day="900.000"))
    assert MonthlyFigure.objects.get(month=dt.date(2023, 9, 1)).total_arrivals == 900_000


def test_the_form_says_before_saving_that_an_approval_will_fall(client_for, officer, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"])
    draft = MonthlyFigureFactory(
        admin_unit=units["06913"], stage=FigureStage.ESTIMATE, status=FigureStatus.DRAFT
    )
    sentence = "Lưu thay đổi thì phải gửi duyệt lại"
    client = client_for(officer)
    assert sentence in text_of(client.get(address(figure, "sua/")))
    assert sentence not in text_of(client.get(address(draft, "sua/")))
    values = typed(figure.admin_unit, month="01/2023", domestic_same_day="900")
    answer = client.post(address(figure, "sua/"), {**values, "version": version_of(figure)})
    figure.refresh_from_db()
    assert answer.status_code == 303
    assert (figure.status, figure.domestic_same_day) == (FigureStatus.DRAFT, 900)
    history = text_of(client.get(address(figure, "lich-su/")))
    assert "Sửa số liệu đã duyệt; cần duyệt lại." in history


def test_two_people_saving_one_figure_see_both_versions(client_for, officer, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.DRAFT)
    opened = version_of(figure)
    figure.domestic_same_day = 77
    figure.save()
    values = typed(figure.admin_unit, month="01/2023", domestic_same_day="88", version=opened)
    answer = client_for(officer).post(address(figure, "sua/"), values)
    assert answer.status_code == 409
    assert 'value="88"' in text_of(answer)
    figure.refresh_from_db()
    assert figure.domestic_same_day == 77


# --- acts ---------------------------------------------------------------------------------------


def test_a_figure_goes_from_the_officer_to_the_approver_by_its_buttons(
    client_for, officer, approver, units
):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.DRAFT)
    officers, approvers = client_for(officer), client_for(approver)
    page = text_of(officers.get(address(figure)))
    assert address(figure, "submit/") in page
    assert address(figure, "approve/") not in page
    assert "Tổng lượt khách" in text_of(officers.get(address(figure, "submit/")))
    officers.post(address(figure, "submit/"), {"seen": version_of(figure)})
    assert address(figure, "approve/") in text_of(approvers.get(address(figure)))
    answer = approvers.post(address(figure, "approve/"), {"seen": version_of(figure)})
    assert (answer.status_code, answer["Location"]) == (303, address(figure))
    figure.refresh_from_db()
    assert (figure.status, figure.approved_by) == (FigureStatus.APPROVED, approver)
    assert "Approver" in text_of(officers.get(address(figure)))


def test_a_return_needs_its_reason_and_shows_it(client_for, officer, approver, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.SUBMITTED)
    client, seen = client_for(approver), version_of(figure)
    assert client.post(address(figure, "return/"), {"seen": seen}).status_code == 422
    figure.refresh_from_db()
    assert figure.status == FigureStatus.SUBMITTED
    client.post(address(figure, "return/"), {"seen": seen, "reason": "Ghi cách đếm"})
    assert "Bị trả lại: Ghi cách đếm" in text_of(client_for(officer).get(address(figure)))


def test_a_stale_confirmation_is_refused(client_for, approver, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.SUBMITTED)
    seen = version_of(figure)
    figure.domestic_same_day = 9_999
    figure.save()
    answer = client_for(approver).post(address(figure, "approve/"), {"seen": seen})
    assert answer.status_code == 422
    assert "9.999" in text_of(answer)
    figure.refresh_from_db()
    assert figure.status == FigureStatus.SUBMITTED


def test_an_officer_cannot_approve_by_address(client_for, officer, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.SUBMITTED)
    client = client_for(officer)
    for method in (client.get, client.post):
        answer = method(address(figure, "approve/"))
        assert answer.status_code == 403
        assert "duyệt số liệu" in text_of(answer)
    figure.refresh_from_db()
    assert figure.status == FigureStatus.SUBMITTED


def test_an_unknown_act_is_not_found(client_for, approver, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"])
    assert client_for(approver).get(address(figure, "vanish/")).status_code == 404


# --- scope --------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "sua/", "xoa/", "lich-su/", "submit/"])
def test_a_figure_of_another_commune_is_not_found(client_for, other_officer, units, page):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.DRAFT)
    assert client_for(other_officer).get(address(figure, page)).status_code == 404
    if page not in ("", "lich-su/"):
        assert client_for(other_officer).post(address(figure, page)).status_code == 404
    figure.refresh_from_db()
    assert figure.status == FigureStatus.DRAFT


@pytest.mark.parametrize("page", ["sua/", "xoa/", "submit/"])
def test_a_leader_reads_but_changes_nothing(client_for, leader, units, page):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.DRAFT)
    client = client_for(leader)
    assert client.get(address(figure)).status_code == 200
    assert client.post(address(figure, page)).status_code == 403
    figure.refresh_from_db()
    assert figure.status == FigureStatus.DRAFT


def test_another_sectors_officer_reads_the_district_but_saves_nothing(
    client_for, department_officer, units
):
    answer = client_for(department_officer).post(CREATE, typed(units["06913"]))
    assert answer.status_code == 403
    assert not MonthlyFigure.objects.exists()


@pytest.mark.parametrize("target", ["06904", "district"])
def test_a_commune_officer_cannot_name_another_area_in_the_form(client_for, officer, units, target):
    unit = units.district if target == "district" else units[target]
    answer = client_for(officer).post(CREATE, typed(unit))
    assert answer.status_code == 422
    assert not MonthlyFigure.objects.exists()


def test_a_district_officer_enters_the_districts_figure(client_for, approver, units):
    answer = client_for(approver).post(CREATE, typed(units.district, domestic_same_day="5.480"))
    assert answer.status_code == 303
    assert MonthlyFigure.objects.get().admin_unit == units.district


def test_a_deletion_needs_a_reason_and_leaves_history(client_for, officer, units):
    figure = MonthlyFigureFactory(admin_unit=units["06913"], status=FigureStatus.DRAFT)
    client = client_for(officer)
    assert client.post(address(figure, "xoa/"), {}).status_code == 422
    assert client.post(address(figure, "xoa/"), {"reason": "Nhập nhầm"}).status_code == 303
    gone = MonthlyFigure.history.filter(id=figure.pk).first()
    assert (gone.history_type, gone.history_change_reason) == ("-", "Nhập nhầm")


# --- lists --------------------------------------------------------------------------------------


def test_the_list_filters_by_year_stage_status_and_official(client_for, leader, units):
    unit = units["06913"]
    MonthlyFigureFactory(admin_unit=unit, arrivals=1111, stage=FigureStage.ESTIMATE)
    MonthlyFigureFactory(admin_unit=unit, arrivals=2222)
    MonthlyFigureFactory(admin_unit=unit, arrivals=3333, month=dt.date(2022, 1, 1))
    client = client_for(leader)

    def shown(query):
        page = text_of(client.get(f"{LIST}?{query}"))
        return {number for number in ("1.111", "2.222", "3.333") if f">{number}<" in page}

    assert shown("") == {"1.111", "2.222", "3.333"}
    assert shown("year=2022") == {"3.333"}
    assert shown("stage=estimate") == {"1.111"}
    assert shown("status=draft") == set()
    assert shown("official=yes") == {"2.222", "3.333"}
    assert shown("q=quang+tan&year=2023") == {"1.111", "2.222"}
    assert shown("year=0") == {"1.111", "2.222", "3.333"}


def test_the_export_has_the_filters_of_the_screen(client_for, leader, units):
    MonthlyFigureFactory(admin_unit=units["06913"], arrivals=2222)
    MonthlyFigureFactory(admin_unit=units["06904"], arrivals=3333)
    query = f"{LIST}?admin_unit={units['06904'].pk}&_export=csv"
    body = text_of(client_for(leader).get(query))
    assert "3333" in body
    assert "2222" not in body


@pytest.mark.parametrize("column", ["month", "admin_unit", "arrivals", "international", "status"])
def test_every_column_sorts_both_ways(client_for, leader, units, column):
    MonthlyFigureFactory(admin_unit=units["06913"])
    client = client_for(leader)
    for order in (column, f"-{column}"):
        assert client.get(f"{LIST}?sort={order}").status_code == 200


@pytest.mark.parametrize("url", [LIST, SITES])
def test_an_empty_list_says_what_to_do(client_for, officer, url):
    page = text_of(client_for(officer).get(url))
    assert "Thêm mới" in page
    assert "trong phạm vi của bạn" in page


# --- sites --------------------------------------------------------------------------------------


def test_a_listed_site_is_never_shown_as_recognised(client_for, leader, units):
    site = TouristSiteFactory(admin_unit=units["06913"], is_listed_by_district=True)
    page = text_of(client_for(leader).get(f"{SITES}{site.pk}/"))
    assert "chưa có quyết định công nhận" in page
    assert "Trong danh mục của huyện" in page
    assert "Đã được công nhận" not in page
    assert (site.is_recognised, TouristSite.objects.recognised().exists()) == (False, False)


def test_a_recognised_site_names_its_decision(client_for, leader, units):
    site = TouristSiteFactory(
        admin_unit=units["06913"],
        recognition_ref="12/QĐ-UBND",
        recognised_on=dt.date(2023, 2, 3),
    )
    page = text_of(client_for(leader).get(f"{SITES}{site.pk}/"))
    assert "12/QĐ-UBND ngày 03/02/2023" in page
    assert "Trong danh mục của huyện" not in page
    assert list(TouristSite.objects.recognised()) == [site]
    assert not TouristSite.objects.not_recognised().exists()


def test_sites_are_found_without_accents_and_by_filters(client_for, leader, units):
    TouristSiteFactory(name="Thác Bạch Vân", admin_unit=units["06901"])
    TouristSiteFactory(
        name="Chùa Sâu", admin_unit=units["06910"], heritage_level=HeritageLevel.PROVINCIAL
    )
    client = client_for(leader)
    assert "Thác Bạch Vân" in text_of(client.get(f"{SITES}?q=thac+bach"))
    assert "Chùa Sâu" not in text_of(client.get(f"{SITES}?q=thac+bach"))
    for query in ("heritage_level=provincial", f"admin_unit={units['06910'].pk}"):
        page = text_of(client.get(f"{SITES}?{query}"))
        assert "Chùa Sâu</a>" in page
        assert "Thác Bạch Vân</a>" not in page
    assert "Thác Bạch Vân</a>" not in text_of(client.get(f"{SITES}?recognised=yes"))
    assert "Thác Bạch Vân" in text_of(client.get("/tim-kiem/?q=bach+van"))


def test_an_officer_adds_a_site_of_the_own_commune_only(client_for, officer, units):
    client = client_for(officer)
    values = {"name": "Suối Mơ", "kind": "nature", "is_listed_by_district": "unknown"}
    refused = client.post(f"{SITES}them/", {**values, "admin_unit": units["06904"].pk})
    assert (refused.status_code, TouristSite.objects.count()) == (422, 0)
    saved = client.post(f"{SITES}them/", {**values, "admin_unit": units["06913"].pk})
    assert saved.status_code == 303
    assert TouristSite.objects.get().is_listed_by_district is None
