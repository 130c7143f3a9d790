import re

import pytest
from django.core import mail
from django.urls import reverse

from damha_portal.accounts.models import User
from tests.client import PortalClient

pytestmark = pytest.mark.django_db

PASSWORD = "lac-do-Thanh-Men"
BETTER = "dua-cai-nen-2023-x"


@pytest.fixture
def person(officer):
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["officer", "officer@example.org"])
def test_people_sign_in_with_name_or_address_and_come_back_to_where_they_were(
    client, person, login
):
    wanted = reverse("help")
    page = client.get(wanted, follow=True)
    assert page.redirect_chain == [(f"{reverse('account_login')}?next={wanted}", 302)]

    answer = client.post(
        page.request["PATH_INFO"] + f"?next={wanted}", {"login": login, "password": PASSWORD}
    )

    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert signed_in(client)


def test_a_wrong_password_is_refused_in_vietnamese_and_says_not_which_part_was_wrong(
    client, person
):
    answers = [
        client.post(reverse("account_login"), {"login": name, "password": "sai-mat-khau"})
        for name in ("officer", "khong-co-ai")
    ]

    for answer in answers:
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.content.decode()
    assert not signed_in(client)


def test_a_closed_account_cannot_sign_in(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    client.post(reverse("account_login"), {"login": "officer", "password": PASSWORD})

    assert not signed_in(client)


def test_signing_in_never_leads_to_another_host(client, person):
    answer = client.post(
        reverse("account_login") + "?next=https://example.org/",
        {"login": "officer", "password": PASSWORD, "next": "https://example.org/"},
    )

    assert answer["Location"] == "/"


def test_signing_out_asks_first_and_then_closes_the_portal(client_for, person):
    client = client_for(person)
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)

    client.post(reverse("account_logout"))

    assert not signed_in(client)
    assert client.get(reverse("help")).status_code == 302


def test_a_password_is_changed_with_the_old_one(client_for, person):
    client, url = client_for(person), reverse("account_change_password")
    wrong = client.post(
        url, {"oldpassword": "sai", "password1": BETTER, "password2": BETTER}
    ).content.decode()
    assert "Mật khẩu hiện tại" in wrong
    person.refresh_from_db()
    assert person.check_password(PASSWORD)

    client.post(url, {"oldpassword": PASSWORD, "password1": BETTER, "password2": BETTER})

    person.refresh_from_db()
    assert person.check_password(BETTER)


@pytest.mark.parametrize("weak", ["ngan", "1234567890", "officer2023", "password123"])
def test_weak_passwords_are_refused(client_for, person, weak):
    client_for(person).post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
    )

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_forgotten_password_is_set_again_by_the_link_in_the_mail(client, person):
    answer = client.post(reverse("account_reset_password"), {"email": "officer@example.org"})
    assert answer.status_code == 302
    letter = mail.outbox[0]
    link = re.search(r"https?://testserver(/\S+)", letter.body)[1]

    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": BETTER, "password2": BETTER})

    person.refresh_from_db()
    assert person.check_password(BETTER)
    assert "mật khẩu" in letter.subject.lower()
    assert "password" not in letter.body.lower()


def test_the_link_works_once(client, person):
    client.post(reverse("account_reset_password"), {"email": "officer@example.org"})
    link = re.search(r"https?://testserver(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": BETTER, "password2": BETTER})

    other = PortalClient()
    again = other.get(link, follow=True)
    other.post(again.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert person.check_password(BETTER)


def test_asking_for_an_unknown_address_tells_nobody_that_it_is_unknown(client, person):
    known = client.post(reverse("account_reset_password"), {"email": "officer@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "ai-do@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_nobody_signs_up(client):
    page = client.get(reverse("account_signup"))
    client.post(
        reverse("account_signup"),
        {"username": "moi", "email": "moi@x.vn", "password1": BETTER, "password2": BETTER},
    )

    assert page.status_code == 200
    assert "<form" not in page.content.decode().split("<main", 1)[1]
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_signup",
        "account_inactive",
    ],
)
def test_the_pages_before_signing_in_are_in_vietnamese_and_in_our_layout(client, name):
    text = client.get(reverse(name)).content.decode()

    assert "Cổng OCOP và du lịch" in text
    for english in ("Sign In", "Sign Up", "Password Reset", "Forgot", "E-mail", "Username"):
        assert english not in text


def test_a_new_session_is_given_at_sign_in(client, person):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    client.post(reverse("account_login"), {"login": "officer", "password": PASSWORD})

    assert signed_in(client)
    assert client.session.session_key != before


def test_somebody_without_a_membership_signs_in_and_is_told_which_right_is_missing(
    client_for, stranger
):
    answer = client_for(stranger).get(reverse("help"))

    assert answer.status_code == 403
    assert "là thành viên của một cơ quan, đơn vị" in answer.content.decode()


def test_an_htmx_request_without_a_session_loads_the_login_page_whole(client):
    answer = client.get(reverse("help"), headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer["HX-Redirect"].startswith(reverse("account_login"))
