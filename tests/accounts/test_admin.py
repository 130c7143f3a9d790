import pytest
from django.contrib import admin
from django.urls import reverse
from rest_framework.authtoken.models import Token

from damha_portal.accounts.models import Membership, Organisation, User
from tests.client import page_faults
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db

STRONG = "Dam-Ha-2023-lac-do"


@pytest.fixture
def admin_client(client_for, administrator):
    return client_for(administrator)


def membership_rows(*rows, initial=0):
    """The management form of the memberships inline."""
    data = {
        "memberships-TOTAL_FORMS": str(len(rows)),
        "memberships-INITIAL_FORMS": str(initial),
        "memberships-MIN_NUM_FORMS": "0",
        "memberships-MAX_NUM_FORMS": "1000",
    }
    for index, row in enumerate(rows):
        data |= {f"memberships-{index}-{name}": value for name, value in row.items()}
    return data


def person_form(client, user, **changes):
    """What the person's page would send: everything as it is, with `changes`."""
    page = client.get(reverse("admin:accounts_user_change", args=[user.pk]))
    version = page.context["adminform"].form.initial["version"]
    return {
        "username": user.username,
        "full_name": user.full_name,
        "email": user.email,
        "position": "",
        "phone": "",
        "is_active": "on",
        "version": version,
        **membership_rows(),
        **changes,
    }


def test_somebody_who_is_not_signed_in_is_sent_to_the_portals_login_page(client):
    response = client.get("/quan-tri/", follow=True)

    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next=/quan-tri/"
    assert response.status_code == 200


@pytest.mark.parametrize("role", ["officer", "leader", "office_user", "stranger"])
def test_people_who_are_not_staff_do_not_enter(request, client_for, role):
    response = client_for(request.getfixturevalue(role)).get("/quan-tri/", follow=True)

    assert response.status_code == 403


def test_staff_without_a_membership_do_not_enter(client_for, stranger):
    stranger.is_staff = True
    stranger.save()

    assert client_for(stranger).get("/quan-tri/", follow=True).status_code == 403


def test_the_login_page_of_admin_never_leads_to_another_host(admin_client):
    response = admin_client.get("/quan-tri/login/?next=https://example.org/")

    assert response.headers["Location"] == "/quan-tri/"


def test_the_administrator_sees_vietnamese_titles_and_no_groups(admin_client):
    text = admin_client.get("/quan-tri/").content.decode()

    assert "Quản trị cổng OCOP và du lịch" in text
    assert "Đơn vị hành chính" in text
    assert "Group" not in text
    assert "Nhóm người dùng" not in text


@pytest.mark.parametrize("model", ["user", "organisation", "adminunit", "membership"])
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_the_pages_of_accounts_open(admin_client, model, page):
    assert admin_client.get(reverse(f"admin:accounts_{model}_{page}")).status_code == 200


def test_every_admin_list_and_form_opens_for_the_administrator(admin_client):
    own = [
        model
        for model in admin.site._registry
        if model.__module__.split(".")[0] in {"damha_portal", "ocop", "tourism", "meetings"}
    ]
    assert User in own
    for model in own:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        assert admin_client.get(reverse(f"admin:{label}_changelist")).status_code == 200
        added = admin_client.get(reverse(f"admin:{label}_add")).status_code
        assert added in {200, 403}, label


def test_search_in_admin_needs_no_accents(admin_client, units):
    response = admin_client.get(reverse("admin:accounts_adminunit_changelist") + "?q=quang+lam")

    assert [str(row) for row in response.context["cl"].result_list] == ["xã Quảng Lâm"]


def test_a_new_person_gets_a_password_first_and_memberships_after(admin_client):
    response = admin_client.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "can.bo.moi",
            "full_name": "Cán bộ mới",
            "email": "",
            "usable_password": "true",
            "password1": STRONG,
            "password2": STRONG,
        },
    )

    person = User.objects.get(username="can.bo.moi")
    assert response.headers["Location"] == reverse("admin:accounts_user_change", args=[person.pk])
    assert person.check_password(STRONG)
    assert not person.is_staff
    assert person.history.get().history_user.username == "administrator"


def test_a_membership_is_given_on_the_persons_page(admin_client, stranger, units):
    body = OrganisationFactory(admin_unit=units["06913"])
    row = {"organisation": body.pk, "role": "officer", "sectors": ["ocop"]}

    response = admin_client.post(
        reverse("admin:accounts_user_change", args=[stranger.pk]),
        person_form(admin_client, stranger, **membership_rows(row)),
    )

    assert response.status_code == 302
    membership = Membership.objects.get(user=stranger)
    assert (membership.organisation, membership.sectors) == (body, ["ocop"])
    assert membership.history.get().history_user.username == "administrator"


def test_a_sector_that_does_not_exist_is_refused(admin_client, stranger, units):
    body = OrganisationFactory(admin_unit=units["06913"])
    row = {"organisation": body.pk, "role": "officer", "sectors": ["shared"]}

    response = admin_client.post(
        reverse("admin:accounts_user_change", args=[stranger.pk]),
        person_form(admin_client, stranger, **membership_rows(row)),
    )

    assert response.status_code == 200
    assert not Membership.objects.filter(user=stranger).exists()


def test_the_second_of_two_people_sees_what_the_first_one_stored(admin_client, stranger):
    data = person_form(admin_client, stranger, full_name="Nguyễn Thị Hường")
    stranger.full_name = "Nguyễn Thị Hương"
    stranger.save()
    url = reverse("admin:accounts_user_change", args=[stranger.pk])

    response = admin_client.post(url, data)

    text = response.content.decode()
    assert "đang lưu «Nguyễn Thị Hương», bạn gõ «Nguyễn Thị Hường»" in text
    assert 'value="Nguyễn Thị Hường"' in text
    stranger.refresh_from_db()
    assert stranger.full_name == "Nguyễn Thị Hương"

    data["version"] = response.context["adminform"].form["version"].value()
    assert admin_client.post(url, data).status_code == 302
    stranger.refresh_from_db()
    assert stranger.full_name == "Nguyễn Thị Hường"


def test_a_row_that_does_not_exist_is_not_found(admin_client):
    assert admin_client.get(reverse("admin:accounts_user_change", args=[10**6])).status_code == 404
    assert admin_client.get(reverse("admin:accounts_user_history", args=[10**6])).status_code == 404


def test_the_history_page_says_who_changed_what(admin_client, stranger, administrator):
    stranger.full_name = "Tên mới"
    stranger._history_user = administrator
    stranger.save()

    text = admin_client.get(
        reverse("admin:accounts_user_history", args=[stranger.pk])
    ).content.decode()

    assert "Họ và tên: Người lạ → Tên mới" in text
    assert "Administrator" in text


def test_a_body_that_people_belong_to_is_not_deleted(admin_client, officer):
    body = officer.memberships.get().organisation

    admin_client.post(
        reverse("admin:accounts_organisation_delete", args=[body.pk]), {"post": "yes"}
    )

    assert Organisation.objects.filter(pk=body.pk).exists()


def test_a_staff_officer_reads_the_units_but_keeps_only_what_the_role_allows(
    client_for, officer, units
):
    officer.is_staff = True
    officer.save()
    client = client_for(User.objects.get(pk=officer.pk))
    url = reverse("admin:accounts_adminunit_change", args=[units["06913"].pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "Tên khác"}).status_code == 403
    assert client.get(reverse("admin:accounts_adminunit_add")).status_code == 403
    delete = reverse("admin:accounts_adminunit_delete", args=[units["06913"].pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    units["06913"].refresh_from_db()
    assert units["06913"].name == "Quảng Tân"


def test_admin_pages_obey_the_content_security_policy(admin_client, units):
    response = admin_client.get(
        reverse("admin:accounts_adminunit_change", args=[units.district.pk])
    )

    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page_faults(response.content.decode()) == []


def withdraw(client, *people):
    data = {"action": "withdraw_tokens", "_selected_action": [user.pk for user in people]}
    return client.post(reverse("admin:accounts_user_changelist"), data)


def test_an_administrator_withdraws_the_tokens_of_chosen_people(admin_client, officer, leader):
    Token.objects.create(user=officer)
    kept = Token.objects.create(user=leader)

    withdraw(admin_client, officer)

    assert list(Token.objects.all()) == [kept]


def test_a_staff_officer_withdraws_nobodys_token(client_for, officer, leader):
    Token.objects.create(user=leader)
    User.objects.filter(pk=officer.pk).update(is_staff=True)

    withdraw(client_for(User.objects.get(pk=officer.pk)), leader)

    assert Token.objects.exists()
