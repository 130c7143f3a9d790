"""Every OCOP page: renders with nothing, one row and many, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.urls import PAGES
from tests.ocop.scenes import LONG, full_product, one_of_each

NAMES = [pages.name for pages in PAGES]
LIST, DETAIL, FORM = 10, 12, 10


@pytest.fixture
def signed_in(client_for, department_officer, on_day):
    on_day(2023, 9, 30)
    return client_for(department_officer)


def get(client, name, *args):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(reverse(f"ocop:{name}", args=args))
    assert response.status_code == 200, name
    return response, len(queries)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_list_says_what_to_do(signed_in, name):
    response, _count = get(signed_in, f"{name}-list")
    pages = next(pages for pages in PAGES if pages.name == name)
    assert str(pages.empty_text) in response.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_a_record_renders(signed_in, units, name):
    record = one_of_each(full_product(units["06913"], LONG))[name]
    for page in ("detail", "edit", "delete", "history"):
        get(signed_in, f"{name}-{page}", record.pk)
    for page in ("list", "create"):
        get(signed_in, f"{name}-{page}")


@pytest.mark.parametrize("name", NAMES)
def test_pages_stay_inside_their_query_budget_for_any_number_of_rows(signed_in, units, name):
    product = full_product(units["06913"])
    record = one_of_each(product)[name]
    get(signed_in, f"{name}-detail", record.pk)  # content types are looked up once a process
    measured = []
    for _round in range(2):
        measured.append(
            {
                "list": get(signed_in, f"{name}-list")[1],
                "detail": get(signed_in, f"{name}-detail", record.pk)[1],
                "create": get(signed_in, f"{name}-create")[1],
                "edit": get(signed_in, f"{name}-edit", record.pk)[1],
            }
        )
        for number in range(5):
            full_product(units["06913"], f"Sản phẩm {number}")
    few, many = measured
    assert few == many
    assert few["list"] <= LIST, few
    assert few["detail"] <= DETAIL, few
    assert few["create"] <= FORM, few
    assert few["edit"] <= FORM, few
