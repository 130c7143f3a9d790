"""Facts and the illustrative year: loaded twice they change nothing, and the year can go again."""

import datetime as dt

import pytest

from damha_portal.core import seeds
from damha_portal.progress.engine import compute_target
from damha_portal.progress.models import ChecklistItem, CohortMember, Plan
from ocop.facts import ocop_reference
from ocop.models import (
    CycleParticipation,
    Platform,
    Producer,
    Product,
    ProductGroup,
    Recognition,
    RetailChain,
    RuleSet,
    SupportActivity,
    TraceabilityCode,
)

YEAR_END = dt.date(2023, 12, 31)
BASELINE = dt.date(2023, 2, 20)
MODELS = (
    Producer,
    Product,
    CycleParticipation,
    Recognition,
    SupportActivity,
    TraceabilityCode,
    CohortMember,
)


def run(group):
    return [seed.run() for seed in seeds.in_order(group)]


@pytest.fixture
def loaded(db):
    run(seeds.facts)
    run(seeds.demo)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


def test_facts_loaded_twice_change_nothing(db):
    run(seeds.facts)
    before = RuleSet.history.count(), Platform.history.count()
    ocop_reference()
    assert (RuleSet.history.count(), Platform.history.count()) == before


def test_facts_keep_what_people_corrected(db):
    run(seeds.facts)
    Platform.objects.filter(name="Sendo").update(counts_as_exchange=False)
    RuleSet.objects.get(code="148").authorities.all().delete()
    ocop_reference()
    assert not Platform.objects.get(name="Sendo").counts_as_exchange
    assert not RuleSet.objects.get(code="148").authorities.exists()


def test_who_recognises_three_stars_depends_on_the_day(db):
    run(seeds.facts)
    levels = {}
    for day in (dt.date(2023, 2, 23), dt.date(2023, 2, 24), dt.date(2025, 7, 6)):
        rules = RuleSet.objects.in_force(day).get()
        levels[day] = rules.authorities.get(star=3).level
    assert list(levels.values()) == ["province", "district", "province"]


def test_the_parts_of_every_rule_set_make_a_hundred_points(db):
    run(seeds.facts)
    for rules in RuleSet.objects.all():
        assert rules.part_a_max + rules.part_b_max + rules.part_c_max == 100
        assert rules.bands.count() == 5


def test_six_groups_and_the_chains_of_the_source(db):
    run(seeds.facts)
    assert [group.code for group in ProductGroup.objects.all()] == [
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
    ]
    assert RetailChain.objects.filter(name="WinMart", kind="supermarket").exists()


def test_the_illustrative_year_loaded_twice_changes_nothing(loaded):
    before = counts()
    run(seeds.demo)
    assert counts() == before


def test_the_illustrative_year_has_the_sizes_the_plan_speaks_of(loaded):
    plan = Plan.objects.current()
    assert Producer.objects.count() == 22
    assert Product.objects.recognised(on=BASELINE).count() == 15
    assert Product.objects.recognised(on=YEAR_END).count() == 17
    assert Product.objects.recognised(on=YEAR_END).with_active_code(on=YEAR_END).count() == 16
    assert Product.objects.recognised(on=YEAR_END).with_active_listing(on=YEAR_END).count() == 17
    assert {c.key: c.members.count() for c in plan.cohorts.all()} == {
        "products-15": 15,
        "producers-21": 21,
    }
    linked = ChecklistItem.objects.filter(target__plan=plan, object_id__isnull=False)
    assert [item.name for item in linked] == [
        "lạc đỏ Thành Mến",
        "dưa cải nén",
        "khoai khô Xóm Giáo",
    ]


def test_every_illustrative_row_is_marked_and_no_gtin_is_invented(loaded):
    for model in MODELS:
        assert not model.objects.filter(is_illustrative=False).exists(), model
    assert not TraceabilityCode.objects.filter(kind="barcode").exists()
    assert not Recognition.objects.exclude(decision_no="", certificate_no="").exists()


def test_without_a_plan_the_demo_still_loads(db):
    for seed in seeds.in_order(seeds.facts):
        if "progress" not in seed.name:
            seed.run()
    run(seeds.demo)
    assert Producer.objects.count() == 22
    assert not CohortMember.objects.exists()


def test_removal_takes_every_marked_row_and_leaves_the_facts(loaded):
    run(seeds.demo_removal)
    assert set(counts().values()) == {0}
    assert not ChecklistItem.objects.filter(object_id__isnull=False).exists()
    assert RuleSet.objects.count() == 3
    assert Platform.objects.count() == 10


def test_removal_takes_what_people_attached_to_illustrative_rows_and_keeps_real_ones(loaded):
    illustrative = Product.objects.get(name="Dưa cải nén")
    TraceabilityCode.objects.create(
        product=illustrative, kind="e_stamp", code="T-1", registered_on=BASELINE
    )
    unit = illustrative.producer.admin_unit
    real = Producer.objects.create(name="HTX thật", kind="cooperative", admin_unit=unit)
    product = Product.objects.create(name="Sản phẩm thật", producer=real)
    TraceabilityCode.objects.create(
        product=product, kind="e_stamp", code="T-2", registered_on=BASELINE
    )
    run(seeds.demo_removal)
    assert [row.code for row in TraceabilityCode.objects.all()] == ["T-2"]
    assert Producer.objects.get() == real


def figures(day):
    plan = Plan.objects.current()
    found = {}
    for target in plan.targets.filter(metric_key__startswith="ocop.").select_related("plan__area"):
        row = next(row for row in compute_target(target, day) if row.unit_id == plan.area_id)
        found[target.code] = (
            int(row.numerator),
            None if row.denominator is None else int(row.denominator),
        )
    return found


def test_the_illustrative_year_ends_lively_and_not_all_met(loaded):
    assert figures(YEAR_END) == {
        "T1": (3, None),
        "T2": (2, 3),
        "T3": (13, 15),
        "T4": (2, None),
        "T5": (18, 21),
        "T6": (1, None),
        "T7": (2, None),
        "T8": (16, 17),
        "T9": (17, 17),
    }
