"""Forms: what was typed stays, what is wrong is said, two people do not lose each other's words."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from ocop.enums import ParticipationState, TraceabilityKind
from ocop.models import (
    CycleParticipation,
    Producer,
    Product,
    Recognition,
    RuleSet,
    SupportActivity,
    TraceabilityCode,
)
from tests.factories import ocop as make
from tests.ocop.scenes import full_product


@pytest.fixture
def signed_in(client_for, officer, on_day):
    on_day(2023, 9, 30)
    return client_for(officer)


@pytest.fixture
def product(units):
    return make.ProductFactory(
        name="Củ cải khô", producer__name="HTX A", producer__admin_unit=units["06913"]
    )


def at(name, *args):
    return reverse(f"ocop:{name}", args=args)


def typed(page):
    """The values of the form on a page, as a browser would send them again."""
    form = page.context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else value for name, value in values.items()}


RECOGNITION = {
    "star": "4",
    "level": "province",
    "type": "new",
    "evaluation_year": "2022",
    "decided_on": "03/02/2023",
    "issued_on": "03/02/2023",
    "valid_until": "",
}


# --- Recognitions ---------------------------------------------------------------------------------


def test_a_recognition_without_last_day_gets_36_months_day_first(signed_in, product):
    signed_in.post(at("recognition-create"), {**RECOGNITION, "product": product.pk})
    recognition = Recognition.objects.get()
    assert recognition.issued_on == dt.date(2023, 2, 3)
    assert recognition.valid_until == dt.date(2026, 2, 2)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"star": "6"}, "Hạng sao phải từ 1 đến 5."),
        ({"issued_on": "31/02/2023"}, "31/02/2023"),
        ({"issued_on": "2023-02-20"}, "2023-02-20"),
        ({"valid_until": "02/02/2023"}, "không thể trước ngày cấp giấy"),
        ({"evaluation_year": "2.023"}, "Năm gồm bốn chữ số"),
        ({"total_score": "101"}, "Tổng điểm phải từ 0 đến 100"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_everything_typed_stays(
    signed_in, product, changes, sentence
):
    data = {**RECOGNITION, "product": str(product.pk), "note": "Ghi chú dài", **changes}
    page = signed_in.post(at("recognition-create"), data)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    kept = typed(page)
    assert {name: str(kept[name]) for name in data} == data
    assert not Recognition.objects.exists()


def test_a_level_or_score_that_does_not_fit_is_shown_and_never_changes_the_star(signed_in, product):
    rules = make.RuleSetFactory(code="148", valid_from=dt.date(2023, 2, 24))
    make.StarBandFactory(rule_set=rules, star=3, from_score=Decimal(50))
    make.StarBandFactory(rule_set=rules, star=4, from_score=Decimal(70))
    make.RecognisingAuthorityFactory(rule_set=rules, star=3, level="district")
    recognition = make.RecognitionFactory(
        product=product, star=3, level="province", total_score=Decimal("69.50")
    )
    page = signed_in.get(at("recognition-detail", recognition.pk)).content.decode()
    assert "3 sao do cấp huyện công nhận; ở đây ghi cấp tỉnh" in page
    assert "Tổng điểm tương ứng" not in page
    Recognition.objects.update(total_score=Decimal("70.00"))
    page = signed_in.get(at("recognition-detail", recognition.pk)).content.decode()
    assert "Tổng điểm tương ứng khung 4 sao, quyết định ghi 3 sao" in page
    assert Product.objects.with_current_star(dt.date(2023, 9, 30)).get().current_star == 3


def test_a_decision_before_24_02_2023_is_read_under_the_older_rules(signed_in, product):
    old = make.RuleSetFactory(
        code="1048", valid_from=dt.date(2019, 8, 21), valid_to=dt.date(2023, 2, 23)
    )
    new = make.RuleSetFactory(code="148", valid_from=dt.date(2023, 2, 24))
    make.RecognisingAuthorityFactory(rule_set=old, star=3, level="province")
    make.RecognisingAuthorityFactory(rule_set=new, star=3, level="district")
    recognition = make.RecognitionFactory(
        product=product, star=3, level="province", decided_on=dt.date(2023, 2, 23)
    )
    page = signed_in.get(at("recognition-detail", recognition.pk)).content.decode()
    assert "công nhận; ở đây ghi" not in page


def test_a_revocation_asks_for_decision_day_and_reason(signed_in, product):
    recognition = make.RecognitionFactory(product=product)
    url = at("recognition-revoke", recognition.pk)
    assert signed_in.get(url).status_code == 200
    page = signed_in.post(url, {"revoked_on": "31/09/2023", "reason": "Lý do"})
    assert page.status_code == 422
    assert typed(page)["reason"] == "Lý do"
    data = {"revoked_on": "15/09/2023", "revocation_ref": "12/QĐ-UBND", "reason": "Lý do"}
    assert signed_in.post(url, data).status_code == 303
    recognition.refresh_from_db()
    assert (recognition.revoked_on, recognition.revocation_ref) == (
        dt.date(2023, 9, 15),
        "12/QĐ-UBND",
    )


def test_a_revocation_before_the_issue_is_a_sentence_not_a_crash(signed_in, product):
    recognition = make.RecognitionFactory(product=product, decided_on=dt.date(2023, 6, 1))
    data = {"revoked_on": "01/05/2023", "revocation_ref": "12/QĐ", "reason": "Lý do"}
    page = signed_in.post(at("recognition-revoke", recognition.pk), data)
    assert page.status_code == 422
    assert "không thể trước ngày cấp giấy" in page.content.decode()
    recognition.refresh_from_db()
    assert recognition.revoked_on is None


# --- The cycle ------------------------------------------------------------------------------------


def start(client, product, **changes):
    data = {
        "product": product.pk,
        "year": "2023",
        "entry_step": "idea_registration",
        "happened_on": "20/03/2023",
        **changes,
    }
    return client.post(at("participation-create"), data)


def test_a_participation_is_started_and_moved_by_its_buttons(signed_in, product):
    start(signed_in, product)
    participation = CycleParticipation.objects.get()
    page = signed_in.get(at("participation-detail", participation.pk)).content.decode()
    assert "Chấp nhận ý tưởng" in page
    assert "Trả lại ý tưởng" in page
    url = at("participation-advance", participation.pk)
    form = signed_in.get(f"{url}?to_state=idea_accepted")
    assert typed(form)["to_state"] == "idea_accepted"
    done = signed_in.post(url, {"to_state": "idea_accepted", "happened_on": "12/04/2023"})
    assert done.status_code == 303
    assert participation.state_on(dt.date(2023, 4, 12)) == ParticipationState.IDEA_ACCEPTED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"to_state": "idea_returned", "happened_on": "12/04/2023"}, "cần ghi lý do"),
        ({"to_state": "idea_accepted", "happened_on": "19/03/2023"}, "trước bước liền trước"),
        ({"to_state": "idea_accepted", "happened_on": "01/10/2023"}, "chưa tới"),
        ({"to_state": "recognised", "happened_on": "12/04/2023"}, "không còn chọn được"),
    ],
)
def test_a_step_that_breaks_a_rule_comes_back_with_what_was_typed(
    signed_in, product, data, sentence
):
    start(signed_in, product)
    participation = CycleParticipation.objects.get()
    page = signed_in.post(at("participation-advance", participation.pk), data)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert typed(page)["happened_on"] == data["happened_on"]
    assert participation.step_changes.count() == 1


def test_a_step_is_taken_back_with_a_reason(signed_in, product):
    participation = full_product(product.producer.admin_unit).participations.get()
    url = at("participation-undo", participation.pk)
    assert signed_in.post(url, {"reason": ""}).status_code == 422
    assert signed_in.post(url, {"reason": "Ghi nhầm"}).status_code == 303
    assert participation.step_changes.count() == 1


# --- Codes and support ----------------------------------------------------------------------------


def test_a_wrong_check_digit_is_refused_and_the_code_stays_as_typed(signed_in, product):
    data = {
        "product": product.pk,
        "kind": TraceabilityKind.BARCODE,
        "code": "8934567890121",
        "registered_on": "01/03/2023",
    }
    page = signed_in.post(at("code-create"), data)
    assert page.status_code == 422
    assert "Chữ số kiểm tra" in page.content.decode()
    assert typed(page)["code"] == "8934567890121"
    assert not TraceabilityCode.objects.exists()


def test_a_foreign_gtin_is_saved_and_remarked(signed_in, product):
    data = {
        "product": product.pk,
        "kind": TraceabilityKind.BARCODE,
        "code": "4006381333931",
        "registered_on": "01/03/2023",
    }
    page = signed_in.post(at("code-create"), data, follow=True)
    assert "không bắt đầu bằng 893" in page.content.decode()
    assert TraceabilityCode.objects.get().code == "4006381333931"


def test_support_must_reach_somebody(signed_in, units, product):
    data = {
        "title": "Lớp tập huấn",
        "kind": "training",
        "held_on": "10/05/2023",
        "admin_unit": units["06913"].pk,
    }
    page = signed_in.post(at("support-create"), data)
    assert page.status_code == 422
    assert "Chọn ít nhất một chủ thể" in page.content.decode()
    data["products"] = [product.pk]
    assert signed_in.post(at("support-create"), data).status_code == 303
    assert list(SupportActivity.objects.get().products.all()) == [product]


def test_a_whole_number_with_two_decimals_is_asked_about(signed_in, units):
    data = {
        "name": "HTX B",
        "kind": "cooperative",
        "admin_unit": units["06913"].pk,
        "workers": "40.00",
    }
    page = signed_in.post(at("producer-create"), data)
    assert page.status_code == 422
    assert "40.000" in page.content.decode()
    assert typed(page)["workers"] == "40.00"
    assert not Producer.objects.exists()


def test_create_links_prefill_the_form(signed_in, product):
    for name in ("recognition", "code", "platform-listing", "retail-listing", "participation"):
        page = signed_in.get(at(f"{name}-create"), {"product": product.pk})
        assert str(typed(page)["product"]) == str(product.pk), name


def test_a_rule_set_is_typed_with_bands_and_authorities(client_for, department_officer):
    data = {
        "code": "999",
        "decision": "QĐ thử",
        "valid_from": "01/01/2027",
        "part_a_max": "40",
        "part_b_max": "25",
        "part_c_max": "35",
        **{f"band_{star}": str(score) for star, score in enumerate((0, 30, 50, 70, 90), start=1)},
        "level_3": "province",
    }
    client = client_for(department_officer)
    wrong = client.post(at("ruleset-create"), {**data, "band_4": "50"})
    assert "tăng dần" in wrong.content.decode()
    assert client.post(at("ruleset-create"), data).status_code == 303
    rules = RuleSet.objects.get()
    assert rules.star_for(Decimal("69.5")) == 3
    assert rules.authorities.get().level == "province"
    edit = typed(client.get(at("ruleset-edit", rules.pk)))
    assert client.post(at("ruleset-edit", rules.pk), {**edit, "level_3": ""}).status_code == 303
    assert not rules.authorities.exists()


# --- Two people -----------------------------------------------------------------------------------


def test_the_second_of_two_savers_sees_both_versions_and_loses_nothing(
    client_for, officer, department_officer, product
):
    first, second = client_for(officer), client_for(department_officer)
    url = at("product-edit", product.pk)
    mine, theirs = typed(first.get(url)), typed(second.get(url))
    assert second.post(url, {**theirs, "packaging": "Túi 200 g"}).status_code == 303
    page = first.post(url, {**mine, "packaging": "Hộp 500 g"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "Túi 200 g" in text
    assert "Hộp 500 g" in text
    product.refresh_from_db()
    assert product.packaging == "Túi 200 g"
    assert first.post(url, typed(page)).status_code == 303
    product.refresh_from_db()
    assert product.packaging == "Hộp 500 g"


def test_the_second_of_two_savers_sees_whom_the_first_reached(
    client_for, officer, department_officer, units
):
    product = full_product(units["06913"])
    extra = make.ProducerFactory(name="HTX Thêm", admin_unit=units["06913"])
    activity = product.support_activities.get()
    url = at("support-edit", activity.pk)
    first, second = client_for(officer), client_for(department_officer)
    mine, theirs = typed(first.get(url)), typed(second.get(url))
    both = [product.producer.pk, extra.pk]
    assert second.post(url, {**theirs, "producers": both}).status_code == 303
    page = first.post(url, mine)
    assert page.status_code == 409
    labels = {row.label: row for row in page.context["conflict"]}
    assert "HTX Thêm" in labels["Chủ thể tham gia"].theirs
    assert activity.producers.count() == 2
