"""A token opens exactly what its person may open."""

import pytest
from django.test import Client


@pytest.fixture
def token(officer):
    officer.set_password("mat-khau-thu-2023")
    officer.save()
    credentials = {"username": "officer", "password": "mat-khau-thu-2023"}
    response = Client().post("/api/v1/token/", credentials)
    assert response.status_code == 200
    return response.json()["token"]


def test_a_token_reads_in_the_persons_name(token):
    answer = Client().get("/api/v1/products/", headers={"Authorization": f"Token {token}"})
    assert answer.status_code == 200


def test_without_a_token_the_api_is_closed(db):
    answer = Client().get("/api/v1/products/")
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/problem+json")


def test_a_wrong_password_gives_no_token(officer):
    answer = Client().post("/api/v1/token/", {"username": "officer", "password": "sai"})
    assert answer.status_code == 400
    assert "token" not in answer.json()


def test_the_eleventh_attempt_in_a_minute_is_refused(officer):
    attempts = [
        Client().post("/api/v1/token/", {"username": "officer", "password": "sai"}).status_code
        for _number in range(11)
    ]
    assert attempts == [400] * 10 + [429]


def test_a_locked_account_loses_its_token(token, officer):
    officer.is_active = False
    officer.save()
    answer = Client().get("/api/v1/products/", headers={"Authorization": f"Token {token}"})
    assert answer.status_code == 401
