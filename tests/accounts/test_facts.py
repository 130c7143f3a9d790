import datetime as dt
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from damha_portal.accounts.demo import ACCOUNTS, demo_accounts, remove_demo_accounts
from damha_portal.accounts.enums import OrganisationKind
from damha_portal.accounts.facts import administrative_units, organisations
from damha_portal.accounts.models import AdminUnit, Membership, Organisation, User
from damha_portal.core.access import Role
from ocop.models import CycleStepChange
from tests.factories.ocop import StepChangeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    administrative_units()
    organisations()


@pytest.fixture
def demo(facts, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    demo_accounts()


def test_the_nine_units_of_2023_have_their_codes(facts):
    named = {
        unit.code: str(unit) for unit in AdminUnit.objects.existing(dt.date(2023, 2, 20)).communes()
    }

    assert named == {
        "06895": "thị trấn Đầm Hà",
        "06898": "xã Quảng Lâm",
        "06901": "xã Quảng An",
        "06904": "xã Tân Bình",
        "06910": "xã Dực Yên",
        "06913": "xã Quảng Tân",
        "06916": "xã Đầm Hà",
        "06917": "xã Tân Lập",
        "06919": "xã Đại Bình",
    }


def test_the_two_communes_of_2025_succeed_the_nine_units(facts):
    after = AdminUnit.objects.filter(valid_from=dt.date(2025, 7, 1))
    taken_over = {unit.code: {old.code for old in unit.predecessors.all()} for unit in after}

    assert taken_over == {
        "06895": {"06895", "06904", "06916", "06917", "06919"},
        "06913": {"06898", "06901", "06910", "06913"},
    }


def test_the_district_and_its_bodies_end_with_30_june_2025(facts):
    district = AdminUnit.objects.get(code="200")

    assert district.valid_to == dt.date(2025, 6, 30)
    ends = set(district.organisations.values_list("valid_to", flat=True))
    assert ends == {dt.date(2025, 6, 30)}


def test_committee_standing_committee_and_standing_body_are_three_bodies(facts):
    body = Organisation.objects.get(kind=OrganisationKind.PARTY_STANDING_BODY)

    assert body.parent.kind == OrganisationKind.PARTY_STANDING_COMMITTEE
    assert body.parent.parent.kind == OrganisationKind.PARTY_COMMITTEE


def test_each_of_the_nine_units_has_its_committee(facts):
    communes = AdminUnit.objects.existing(dt.date(2023, 2, 20)).communes()

    for unit in communes:
        committee = unit.organisations.get(kind=OrganisationKind.COMMITTEE)
        assert committee.name == f"Ủy ban nhân dân {unit}"


def test_every_fact_names_its_source(facts):
    assert not AdminUnit.objects.filter(source="").exists()
    assert not Organisation.objects.filter(source="").exists()


def test_loading_facts_again_changes_nothing_and_keeps_corrections(facts):
    unit = AdminUnit.objects.get(code="06901")
    unit.name = "Quảng An (đã sửa)"
    unit.save()

    assert administrative_units() == "Units: 0 added, 13 already there"
    assert organisations().startswith("Organisations: 0 added")
    assert AdminUnit.objects.get(code="06901").name == "Quảng An (đã sửa)"
    assert AdminUnit.history.count() == 14


def test_there_is_one_illustrative_account_a_role_and_each_is_marked(demo):
    roles = {row.role for row in Membership.objects.all()}

    assert roles == set(Role)
    assert not User.objects.filter(is_illustrative=False).exists()
    assert not Membership.objects.filter(is_illustrative=False).exists()
    assert User.objects.get(username="quantri").is_staff


def test_the_password_of_the_illustrative_accounts_is_kept_in_the_data_folder(demo, settings):
    file = Path(settings.DATA_DIR) / "demo_password"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert User.objects.get(username="canbo.xa").check_password(file.read_text())


def test_a_given_demo_password_replaces_the_stored_one(demo, settings):
    settings.DEMO_PASSWORD = "lac-do-Thanh-Men"
    demo_accounts()

    assert User.objects.get(username="lanhdao").check_password("lac-do-Thanh-Men")


def test_loading_the_accounts_twice_adds_nothing(demo):
    history = User.history.count()
    demo_accounts()

    assert User.objects.count() == len(ACCOUNTS)
    assert User.history.count() == history


def test_a_real_account_with_a_demo_name_is_left_alone(facts, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    real = User.objects.create(username="lanhdao", password="!")
    demo_accounts()
    remove_demo_accounts()

    real.refresh_from_db()
    assert real.password == "!"
    assert not real.is_illustrative
    assert not real.memberships.exists()


def test_illustrative_accounts_go_away_and_real_ones_stay(demo, administrator):
    remove_demo_accounts()

    assert list(User.objects.all()) == [administrator]
    assert administrator.memberships.count() == 1


def test_an_illustrative_account_that_left_its_name_on_a_row_is_closed(demo):
    user = User.objects.get(username="canbo.xa")
    StepChangeFactory(actor=user)

    assert remove_demo_accounts() == "Illustrative accounts: 5 deleted, 1 closed"
    user.refresh_from_db()
    assert not user.is_active
    assert not user.has_usable_password()
    assert CycleStepChange.objects.get().actor == user


def test_production_settings_refuse_illustrative_rows(facts, settings):
    settings.DEMO_DATA_ALLOWED = False

    with pytest.raises(CommandError, match="--yes-illustrative"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_the_first_administrator_is_made_once(facts, tmp_path, monkeypatch):
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    file, out = tmp_path / "password", StringIO()
    call_command("create_first_administrator", password_file=file, stdout=out)
    call_command("create_first_administrator", username="khac", stdout=out)

    user = User.objects.get()
    assert user.is_staff
    assert not user.is_superuser
    assert not user.is_illustrative
    assert user.access.is_administrator
    assert user.check_password(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "There is an administrator already" in out.getvalue()
