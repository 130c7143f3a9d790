"""What may never happen here, line by line, and the tests that hold each line."""

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from damha_portal.accounts.models import Membership
from tests.factories.ocop import RuleSetFactory, StarBandFactory, TraceabilityCodeFactory

ROOT = Path(__file__).parent.parent.parent
#: Failures of other systems of this kind: their number → what is forbidden, what holds it.
HELD = {
    1: (
        "Zero stored or shown as blank; blank counted as zero",
        "core/test_formfields.py::test_empty_boxes_are_unknown_and_not_zero",
        "core/test_formfields.py::test_zero_is_zero",
        "core/test_numbers.py::test_unknown_is_a_dash_and_never_zero",
        "progress/test_recompute.py::test_zero_and_unknown_are_stored_apart",
        "tourism/test_metrics.py::test_t10_a_month_of_no_visitors_is_zero_and_not_unknown",
        "ocop/test_metrics.py::test_an_empty_register_is_no_data_and_never_zero",
    ),
    2: (
        "Met or not met decided on a rounded number",
        "progress/test_judgement.py::test_69_96_percent_is_not_met_and_is_not_shown_as_70",
        "progress/test_judgement.py::test_two_of_three_is_not_seventy_percent",
        "core/test_numbers.py::test_a_boundary_not_reached_never_looks_reached",
    ),
    3: (
        "A percentage carried over; division by a zero target or an empty base",
        "progress/test_judgement.py::test_an_empty_base_is_no_data_neither_zero_nor_hundred_percent",
        "core/test_components.py::test_zero_target_divides_nothing",
        "tourism/test_metrics.py::test_t11_a_last_year_of_zero_gives_no_percentage",
    ),
    4: (
        "The district's percentage as an average or sum of the communes'",
        "ocop/test_metrics_stars.py::"
        "test_t8_the_district_is_counted_anew_and_is_no_average_of_its_communes",
        "tourism/test_metrics.py::"
        "test_t10_is_the_districts_own_figure_and_never_the_sum_of_its_communes",
    ),
    5: (
        "Records left out of a total without saying so",
        "progress/test_metric_contract.py::"
        "test_what_is_scored_is_part_of_the_base_and_what_is_missing_is_the_rest",
        "tourism/test_metrics.py::"
        "test_t10_months_nobody_reported_are_named_and_not_counted_as_zero",
    ),
    6: (
        "A colour chosen by hand, with no rule, name or reason beside it",
        "core/test_components.py::test_verdict_badge_has_icon_word_and_reason",
        "core/test_components.py::test_status_badge_refuses_unknown_tone_and_missing_word",
        "core/test_components.py::test_unknown_verdict_is_refused",
    ),
    7: (
        "“Lower is better” shown with the wrong colour",
        "progress/test_judgement.py::test_each_comparator_at_below_on_and_above_its_boundary",
    ),
    8: (
        "Recompute only on some changes",
        "progress/test_staleness.py::test_create_edit_and_delete_each_leave_one_mark",
        "progress/test_staleness.py::test_bulk_update_bulk_create_and_queryset_changes_mark",
        "progress/test_staleness.py::"
        "test_a_product_of_another_producer_and_a_producer_of_another_commune_mark",
    ),
    9: (
        "A date passes and the figure waits until somebody saves",
        "progress/test_recompute.py::test_at_midnight_the_sweep_recomputes_without_any_edit",
        "ocop/test_metrics_stars.py::"
        "test_t8_a_certificate_leaves_at_midnight_of_its_last_day_without_any_edit",
    ),
    10: (
        "A reminder that goes out only if today equals one exact day",
        "progress/test_recompute.py::test_after_an_outage_of_months_one_sweep_catches_up",
        "dashboards/test_my_work.py::"
        "test_a_certificate_of_my_commune_that_lapses_within_90_days_is_listed",
    ),
    11: (
        "Scheduled work switched off, or late, without a page saying so",
        "progress/test_pages.py::test_a_page_says_when_the_sweep_is_late",
    ),
    12: (
        "Long countdowns in the Redis queue",
        "contracts/test_files.py::"
        "test_nothing_waits_in_the_queue_for_longer_than_it_stays_invisible",
        "contracts/test_files.py::test_everything_scheduled_exists_and_is_dropped_when_it_is_late",
    ),
    22: (
        "Rows that move while someone is typing",
        "contracts/test_must_never.py::test_no_page_refreshes_itself_while_somebody_types",
        "contracts/test_models.py::test_every_list_has_one_order_only",
    ),
    26: (
        "A bulk change without a history row",
        "contracts/test_bulk_history.py::test_an_update_of_many_rows_leaves_a_history_row_each",
        "contracts/test_bulk_history.py::test_a_deletion_of_many_rows_leaves_a_history_row_each",
        "contracts/test_bulk_history.py::test_bulk_create_leaves_a_history_row_each",
        "contracts/test_bulk_history.py::"
        "test_bulk_update_leaves_a_history_row_each_and_refreshes_what_is_searched",
    ),
    27: (
        "Two tables of star bands; bands with gaps",
        "ocop/test_forms.py::test_a_rule_set_is_typed_with_bands_and_authorities",
        "contracts/test_must_never.py::test_the_bands_have_no_gap_and_no_overlap",
    ),
    28: (
        "An awarded star computed from points alone",
        "ocop/test_forms.py::"
        "test_a_level_or_score_that_does_not_fit_is_shown_and_never_changes_the_star",
    ),
    29: (
        "A demo that looks like production",
        "contracts/test_must_never.py::test_a_portal_with_illustrative_rows_says_so_on_every_page",
        "contracts/test_must_never.py::test_a_portal_without_illustrative_rows_has_no_strip",
        "ocop/test_seeds.py::test_every_illustrative_row_is_marked_and_no_gtin_is_invented",
        "accounts/test_facts.py::test_production_settings_refuse_illustrative_rows",
    ),
    30: (
        "A printed code that answers “not found”",
        "contracts/test_must_never.py::test_the_page_of_a_code_that_ended_still_answers",
    ),
    31: (
        "An invented deadline, baseline, owner, GTIN or document number",
        "ocop/test_seeds.py::test_every_illustrative_row_is_marked_and_no_gtin_is_invented",
        "progress/test_judgement.py::test_a_derived_baseline_is_said_to_be_unconfirmed",
        "documents/test_documents.py::test_the_impossible_date_of_the_programme_stays_unknown",
        "accounts/test_facts.py::test_every_fact_names_its_source",
    ),
    32: (
        "“40.00” read as 40; 03/02 as 2 March; “Đầm Hà” slugged to “am-ha”; “lac do” not found",
        "core/test_numbers.py::test_40_00_is_refused_with_the_question_whether_40_000_is_meant",
        "core/test_dates.py::test_03_02_2023_is_3_february",
        "core/test_vietnamese.py::test_dam_ha_is_not_slugged_to_am_ha",
        "core/test_vietnamese.py::test_lac_do_finds_lac_do_with_accents_and_capitals",
    ),
    34: (
        "A red or green shown for a target whose data nobody entered",
        "progress/test_judgement.py::test_unknown_has_no_colour_even_after_the_end",
        "progress/test_pages.py::test_nothing_entered_is_no_data_with_no_colour",
    ),
    35: (
        "Someone sees, guesses by address, exports or imports a row outside their scope",
        "contracts/test_scope.py::test_a_row_of_another_commune_is_neither_read_nor_changed",
        "contracts/test_scope.py::test_pages_of_a_foreign_row_are_not_found_and_change_nothing",
        "contracts/test_scope.py::test_lists_and_their_files_hold_own_rows_only",
        "contracts/test_scope.py::test_the_api_does_not_know_a_foreign_row",
        "contracts/test_scope.py::test_admin_does_not_know_a_foreign_row",
        "ocop/test_resources.py::test_a_row_of_another_commune_is_refused_and_changes_nothing",
        "documents/test_evidence.py::test_a_foreign_file_is_not_found_by_its_address",
    ),
}


def names_in(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("number", HELD)
def test_every_line_is_held_by_tests_that_exist(number):
    _what, *nodes = HELD[number]
    assert nodes
    for node in nodes:
        file, _, name = node.partition("::")
        assert name in names_in(ROOT / "tests" / file), node


def test_no_page_refreshes_itself_while_somebody_types():
    """22. Only a person's own act changes what is on the screen."""
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static/js").glob("*.js")]
    pattern = re.compile(r"hx-trigger=\"[^\"]*\b(every|load)\b|setInterval|http-equiv=.refresh")
    assert [file.name for file in files if pattern.search(file.read_text())] == []


@pytest.mark.django_db
def test_the_bands_have_no_gap_and_no_overlap():
    """27. Every score from 0 to 100, in hundredths, has exactly one star; one table says which."""
    rules = RuleSetFactory()
    for star, lowest in ((1, 0), (2, 30), (3, 50), (4, 70), (5, 90)):
        StarBandFactory(rule_set=rules, star=star, from_score=lowest)
    edges = {0: 1, 2999: 1, 3000: 2, 4999: 2, 5000: 3, 6950: 3, 6999: 3, 7000: 4, 8999: 4}
    edges |= {9000: 5, 10000: 5}

    for hundredths, star in edges.items():
        assert rules.star_for(Decimal(hundredths) / 100) == star, hundredths


@pytest.mark.django_db
def test_a_portal_with_illustrative_rows_says_so_on_every_page(client_for, officer):
    """29."""
    Membership.objects.filter(user=officer).update(is_illustrative=True)

    for name in ("help", "search", "overview", "ocop:product-list"):
        assert "DỮ LIỆU MINH HỌA" in client_for(officer).get(reverse(name)).content.decode()


@pytest.mark.django_db
def test_a_portal_without_illustrative_rows_has_no_strip(client_for, officer):
    assert "DỮ LIỆU MINH HỌA" not in client_for(officer).get(reverse("help")).content.decode()


@pytest.mark.django_db
def test_the_page_of_a_code_that_ended_still_answers(client_for, officer, units, on_day):
    """30. Whoever follows an old code is told that it ended, not that there is nothing."""
    on_day(2023, 9, 30)
    code = TraceabilityCodeFactory(
        product__producer__admin_unit=units["06913"], terminated_on="2023-05-01"
    )

    answer = client_for(officer).get(reverse("ocop:code-detail", args=[code.pk]))

    assert answer.status_code == 200
    assert "01/05/2023" in answer.content.decode()
