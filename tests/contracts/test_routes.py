import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.urls import path, reverse

from damha_portal.accounts.models import User
from damha_portal.core.access import Right, access_of, requires
from damha_portal.core.checks import every_route_declares_its_right
from damha_portal.urls import urlpatterns as portal_routes
from tests.client import PortalClient
from tests.contracts.routes import every_route
from tests.contracts.world import record_models, row_in
from tests.factories.accounts import UserFactory
from tests.factories.progress import TargetFactory

pytestmark = pytest.mark.django_db

#: Everything people can open without signing in. A new line here is a decision.
PUBLIC = {
    "healthz",
    "readyz",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "admin:login",  # leads to the portal's own pages
    "admin:logout",
}
#: Of those, the ones that send somebody who is not signed in to the login page themselves.
PUBLIC_FOR_MEMBERS = {
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
}
#: The API's own sign-in: POST only, name and password for a token.
PUBLIC_API = {"api-token"}
ROLES = [
    "stranger",
    "officer",
    "other_officer",
    "department_officer",
    "approver",
    "office_user",
    "leader",
    "administrator",
]
#: What a person who holds the right may get; 403 and 404 speak of the row, 503 of the worker.
ANSWERS = {200, 301, 302, 303, 403, 404, 405, 503}


@pytest.fixture
def rows(units, settings, tmp_path):
    """One row of every model in xã Quảng Tân."""
    settings.MEDIA_ROOT = tmp_path
    made = {model: row_in(model, units["06913"]) for model in record_models()}
    # Admin's password page of a person without a password names a field that is not there.
    return {**made, User: UserFactory(password="lac-do-Thanh-Men")}


@pytest.fixture
def world(rows, plan):
    TargetFactory(plan=plan, code="T8", metric_key="ocop.traceable_share")
    return rows, plan


def walk(client, world, areas=("pages", "api", "admin")):
    """Each route's name, requirement and answer."""
    for route in every_route():
        if route.area in areas:
            address = route.address(*world)
            response = client.get(address)
            if response.streaming:
                b"".join(response.streaming_content)  # read to its end, a sent file is closed
            yield route, address, response


def test_only_the_listed_routes_are_open_to_everybody():
    open_routes = {
        route.name
        for route in every_route()
        if route.requirement.right == Right.PUBLIC and not route.requirement.enforced_by_view
    }
    assert open_routes == PUBLIC
    open_api = {
        route.name
        for route in every_route()
        if route.area == "api" and route.requirement.right == Right.PUBLIC
    }
    assert open_api == PUBLIC_API


def test_nobody_gets_past_the_login_page_without_signing_in(world):
    login = reverse("account_login")
    wrong = []
    for route, address, response in walk(PortalClient(), world):
        if route.name in PUBLIC - PUBLIC_FOR_MEMBERS:
            good = response.status_code in {200, 302, 503}
        elif route.name in PUBLIC_API:
            good = response.status_code == 405
        elif route.area == "api":
            good = response.status_code in {401, 403}
        elif route.area == "admin":
            good = response.status_code == 302 and "/quan-tri/" in response["Location"]
            good = good or response.headers.get("Location", "").startswith(
                (login, reverse("account_logout"))
            )
        else:
            good = response.status_code == 302 and response["Location"].startswith(login)
        if not good:
            wrong.append((address, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_route_declares(request, client_for, world, role):
    user = request.getfixturevalue(role)
    access = access_of(User.objects.get(pk=user.pk))
    wrong = []
    for route, address, response in walk(client_for(user), world, areas=("pages",)):
        if route.name == "account_logout":
            assert response.status_code == 200  # asks first: a GET signs nobody out
        required = route.requirement
        if route.name in PUBLIC or access.holds(required.right, required.sector):
            good = response.status_code in ANSWERS
        else:
            good = response.status_code == 403
        if not good:
            wrong.append((address, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ["stranger", "officer", "leader", "administrator"])
def test_the_api_answers_each_role_without_breaking(request, client_for, world, role):
    user = request.getfixturevalue(role)
    wrong = []
    for route, address, response in walk(client_for(user), world, areas=("api",)):
        expected = {403} if role == "stranger" else {200, 403, 404, 405}
        expected |= {405} if route.name in PUBLIC_API else set()
        if response.status_code not in expected:
            wrong.append((address, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ["officer", "leader"])
def test_admin_is_closed_to_people_who_are_not_staff(request, client_for, world, role):
    client = client_for(request.getfixturevalue(role))
    for _route, address, response in walk(client, world, areas=("admin",)):
        assert response.status_code in {302, 403}, address


@pytest.mark.parametrize("role", ["officer", "administrator"])
def test_admin_answers_its_staff_without_breaking(request, client_for, world, role):
    user = request.getfixturevalue(role)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client = client_for(User.objects.get(pk=user.pk))
    for _route, address, response in walk(client, world, areas=("admin",)):
        assert response.status_code in {200, 301, 302, 403, 404, 405}, address


def undeclared(request):
    return HttpResponse()


@requires(Right.MEMBER)
def declared(request):
    return HttpResponse()


urlpatterns = [*portal_routes, path("khong-khai-bao/", undeclared), path("co-khai-bao/", declared)]


@pytest.mark.urls("tests.contracts.test_routes")
def test_the_system_check_refuses_a_route_without_a_right():
    errors = every_route_declares_its_right()

    assert [error.id for error in errors] == ["portal.E001"]
    assert "khong-khai-bao/" in errors[0].msg


@pytest.mark.urls("tests.contracts.test_routes")
def test_a_route_without_a_right_is_closed_even_if_nobody_ran_the_check(client_for, administrator):
    assert client_for(administrator).get("/khong-khai-bao/").status_code == 403
    assert client_for(administrator).get("/co-khai-bao/").status_code == 200


def test_the_system_checks_of_the_portal_find_nothing():
    assert run_checks() == []
