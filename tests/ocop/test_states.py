"""Recognitions and codes on their edge days; querysets and instances always agree."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ocop.enums import RecognitionState, RecognitionType, TraceabilityKind
from ocop.models import PlatformListing, Recognition, RetailListing, TraceabilityCode
from ocop.selectors import star_line
from tests.factories import ocop as make

R = RecognitionState
ISSUED = dt.date(2020, 2, 4)
LAST = dt.date(2023, 2, 3)
DAY = dt.timedelta(days=1)


def build(product=None, issued=ISSUED, **kwargs):
    """An unsaved recognition as a form makes it: no last day typed."""
    product = product or make.ProductFactory()
    values = {"star": 4, "level": "province", "type": "new", "evaluation_year": 2019, **kwargs}
    return Recognition(product=product, decided_on=issued, issued_on=issued, **values)


def saved(**kwargs):
    recognition = build(**kwargs)
    recognition.full_clean()
    recognition.save()
    return recognition


# --- 36 months ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (ISSUED, LAST),
        (dt.date(2024, 2, 29), dt.date(2027, 2, 27)),
        (dt.date(2023, 1, 1), dt.date(2025, 12, 31)),
    ],
)
def test_a_blank_last_day_becomes_the_day_before_36_months(db, issued, last):
    assert saved(issued=issued).valid_until == last


def test_a_typed_last_day_stays(db):
    assert saved(valid_until=dt.date(2022, 1, 1)).valid_until == dt.date(2022, 1, 1)


def test_the_certificate_counts_on_its_last_day_and_not_after_midnight(db):
    recognition = saved()
    assert recognition.is_valid(LAST)
    assert not recognition.is_valid(LAST + DAY)
    product = recognition.product
    for day, star in ((LAST, 4), (LAST + DAY, None)):
        found = type(product).objects.with_current_star(day).get()
        assert found.current_star == star


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("star", [0, 6])
def test_a_star_outside_one_to_five_is_refused_by_rule_and_by_database(db, star):
    with pytest.raises(ValidationError, match="Hạng sao phải từ 1 đến 5"):
        saved(star=star)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.RecognitionFactory(star=star)


def test_a_recognition_ending_before_it_starts_is_refused(db):
    with pytest.raises(ValidationError, match="không thể trước ngày cấp giấy"):
        saved(valid_until=ISSUED - DAY)


def test_two_new_recognitions_in_force_at_once_are_refused(db):
    product = saved().product
    with pytest.raises(ValidationError, match="còn hiệu lực"):
        saved(product=product, issued=LAST)
    assert product.recognitions.count() == 1
    assert saved(product=product, issued=LAST + DAY).pk


def test_an_earlier_new_recognition_reaching_into_a_later_one_is_refused(db):
    product = saved(issued=dt.date(2022, 6, 1)).product
    with pytest.raises(ValidationError, match="chồng lên"):
        saved(product=product, issued=dt.date(2021, 6, 1))
    assert saved(product=product, issued=dt.date(2021, 6, 1), valid_until=dt.date(2022, 5, 31)).pk


@pytest.mark.parametrize("kind", ["renewal", "upgrade", "downgrade"])
def test_a_renewal_or_another_star_may_overlap_and_supersedes(db, kind):
    old = saved()
    saved(product=old.product, issued=LAST, type=kind, star=3)
    assert old.state(LAST - DAY) == R.EXPIRING
    assert old.state(LAST) == R.SUPERSEDED
    assert type(old.product).objects.with_current_star(LAST).get().current_star == 3


# --- states ---------------------------------------------------------------------------------------


def recognitions_of_every_state():
    saved()
    saved(issued=dt.date(2021, 5, 1))
    renewed = saved(issued=dt.date(2021, 1, 1))
    saved(product=renewed.product, issued=dt.date(2022, 11, 1), type=RecognitionType.RENEWAL)
    revoked = saved(issued=dt.date(2021, 3, 1))
    revoked.revoked_on, revoked.revocation_reason = dt.date(2022, 12, 1), "Không tham gia lại"
    revoked.save()
    saved(issued=dt.date(2020, 4, 15))
    saved(issued=dt.date(2023, 3, 1))


DAYS = [
    dt.date(2020, 2, 3),
    ISSUED,
    dt.date(2022, 11, 1),
    dt.date(2022, 11, 5),
    dt.date(2022, 11, 30),
    dt.date(2022, 12, 1),
    LAST,
    LAST + DAY,
    dt.date(2023, 3, 1),
    dt.date(2026, 2, 28),
]


@pytest.mark.parametrize("day", DAYS)
def test_the_state_of_a_row_its_annotation_and_its_filter_agree(db, day):
    recognitions_of_every_state()
    by_row = {row.pk: row.state(day) for row in Recognition.objects.all()}
    by_annotation = {row.pk: row.state_now for row in Recognition.objects.with_state(day)}
    by_filter = {row.pk: state for state in R for row in Recognition.objects.in_state(state, day)}
    assert by_row == by_annotation == by_filter
    valid = {pk for pk, state in by_row.items() if state in (R.VALID, R.EXPIRING)}
    assert set(Recognition.objects.in_force(day).values_list("pk", flat=True)) == valid
    assert {row.pk for row in Recognition.objects.all() if row.is_valid(day)} == valid


def test_every_state_occurs_in_the_comparison(db):
    recognitions_of_every_state()
    found = {row.state(day) for day in DAYS for row in Recognition.objects.all()}
    assert found == set(R)


@pytest.mark.parametrize(("days_left", "state"), [(91, R.VALID), (90, R.EXPIRING), (0, R.EXPIRING)])
def test_a_certificate_is_expiring_from_ninety_days_before_its_last_day(db, days_left, state):
    assert saved().state(LAST - dt.timedelta(days=days_left)) == state


@pytest.mark.parametrize(
    ("day", "words", "valid"),
    [
        (dt.date(2022, 11, 21), "4 sao · hiệu lực đến hết 03/02/2023 · còn 74 ngày", True),
        (LAST, "4 sao · hiệu lực đến hết hôm nay, 03/02/2023", True),
        (LAST + DAY, "4 sao · hết hiệu lực sau ngày 03/02/2023", False),
        (ISSUED - DAY, "chưa có hạng sao", False),
    ],
)
def test_the_star_is_said_with_its_validity(db, day, words, valid):
    product = saved().product
    line = star_line(list(product.recognitions.with_state(day)), day)
    assert (line.words, line.valid) == (words, valid)


# --- codes ----------------------------------------------------------------------------------------


def code(number, kind=TraceabilityKind.BARCODE, **kwargs):
    row = TraceabilityCode(
        product=make.ProductFactory(),
        kind=kind,
        code=number,
        registered_on=dt.date(2023, 1, 1),
        **kwargs,
    )
    row.full_clean()
    row.save()
    return row


def test_a_right_gtin_is_kept_without_its_spaces(db):
    assert code("893 4567 890120").code == "8934567890120"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("8934567890121", "Chữ số kiểm tra"),
        ("893456789012", "gồm đúng 13 chữ số"),
        ("89345678901200", "gồm đúng 13 chữ số"),
        ("96385074", "gồm đúng 13 chữ số"),
        ("MINHHOA-0001", "gồm đúng 13 chữ số"),
    ],
)
def test_a_barcode_with_a_wrong_digit_or_length_is_refused(db, number, sentence):
    with pytest.raises(ValidationError, match=sentence):
        code(number)
    assert not TraceabilityCode.objects.exists()


def test_a_gtin_of_another_country_is_kept_and_remarked(db):
    assert code("4006381333931").has_foreign_prefix()
    assert not code("8934567890120").has_foreign_prefix()
    assert not code("4006381333931-x", TraceabilityKind.E_STAMP).has_foreign_prefix()


def test_an_e_stamp_may_have_any_code_but_only_once(db):
    code("TEM-01", TraceabilityKind.E_STAMP)
    with pytest.raises(ValidationError, match="đã được ghi cho một sản phẩm"):
        code("TEM-01", TraceabilityKind.E_STAMP)


def test_code_activity_of_a_row_its_annotation_and_its_filter_agree_on_edge_days(db):
    code("A", TraceabilityKind.E_STAMP)
    code("B", TraceabilityKind.E_STAMP, valid_until=dt.date(2023, 6, 30))
    code("C", TraceabilityKind.E_STAMP, terminated_on=dt.date(2023, 6, 30))
    code("D", TraceabilityKind.E_STAMP, valid_until=dt.date(2023, 1, 1))
    expected = {
        dt.date(2022, 12, 31): "",
        dt.date(2023, 1, 1): "ABCD",
        dt.date(2023, 1, 2): "ABC",
        dt.date(2023, 6, 29): "ABC",
        dt.date(2023, 6, 30): "AB",
        dt.date(2023, 7, 1): "A",
    }
    for day, names in expected.items():
        rows = TraceabilityCode.objects.order_by("code")
        assert "".join(row.code for row in rows.active(day)) == names, day
        assert "".join(row.code for row in rows if row.is_active(day)) == names, day
        annotated = rows.with_activity(day)
        assert "".join(row.code for row in annotated if row.active_now) == names, day


# --- listings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "make_row", "end"),
    [
        (PlatformListing, make.PlatformListingFactory, {"delisted_on": dt.date(2023, 6, 30)}),
        (RetailListing, make.RetailListingFactory, {"ended_on": dt.date(2023, 6, 30)}),
    ],
)
def test_listing_activity_of_a_row_its_annotation_and_its_filter_agree(db, model, make_row, end):
    make_row(**end)
    make_row()
    for offset in range(-130, 3):
        day = dt.date(2023, 6, 30) + dt.timedelta(days=offset)
        by_row = {row.pk for row in model.objects.all() if row.is_active(day)}
        by_filter = set(model.objects.active(day).values_list("pk", flat=True))
        by_note = {row.pk for row in model.objects.with_activity(day) if row.active_now}
        assert by_row == by_filter == by_note, day


def test_a_listing_counts_on_its_last_day_on_sale_but_not_on_the_day_it_is_taken_down(db):
    sale = make.RetailListingFactory(ended_on=dt.date(2023, 6, 30))
    shown = make.PlatformListingFactory(delisted_on=dt.date(2023, 6, 30))
    assert sale.is_active(dt.date(2023, 6, 30))
    assert not shown.is_active(dt.date(2023, 6, 30))


def test_an_own_site_is_never_an_exchange(db):
    platform = make.PlatformFactory.build(kind="fan_page", counts_as_exchange=True)
    with pytest.raises(ValidationError, match="không được tính là sàn"):
        platform.full_clean()
