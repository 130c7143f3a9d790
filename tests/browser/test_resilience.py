"""What breaks in an office: a worker that dies, a broker that is gone, a database that is busy."""

import sqlite3
import threading
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    NEW_PRODUCT,
    expect_saved,
    figure,
    fill,
    main_form,
    save,
    settled,
    share,
    shown_share,
    wait_for_figure,
)

HELD_SECONDS = 2.0
#: A broker that refuses; the worker goes on listening where it always did.
NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def leader(sign_in):
    """The leader's overview, with every earlier change in its figures."""
    page = sign_in("leader")
    settled(page)
    return page


@pytest.fixture
def worker(portal):
    """The worker may be killed here; afterwards it runs again."""
    yield portal
    if portal.processes["worker"].poll() is not None:
        portal.start("worker")


def open_code_form(portal, page, name):
    """Open the form of a new recognised product's code, ready to be sent; T8's base grows by it."""
    portal.ask(NEW_PRODUCT, name=name)
    page.goto("/ocop/truy-xuat/them/")
    options = main_form(page).locator("[name=product] option").all_inner_texts()
    fill(
        page,
        product=next(text for text in options if text.startswith(name)),
        kind="Tem điện tử",
        code=name.upper().replace(" ", "-"),
        registered_on="01/11/2023",
    )


def grown(before):
    """The text of a share after one more row is in its base and counted."""
    part, whole = share(before)
    return shown_share(part + 1, whole + 1)


def test_a_worker_killed_in_mid_run_leaves_nothing_wrong(worker, sign_in, leader):
    officer, before = sign_in("officer"), figure(leader, "T8")
    open_code_form(worker, officer, "Sản phẩm khi mất điện")
    pressed = save(officer)
    expect_saved(officer)
    wait_for_run(worker)
    worker.kill("worker")
    worker.ask(OUTDATE_LEASE)
    worker.start("worker")
    wait_for_figure(leader, "T8", grown(before), since=max(pressed, time.monotonic() - 1))
    settled(leader)


def wait_for_run(portal):
    """Until a run holds the lease, or the change is counted already."""
    state = (
        "from damha_portal.progress.models import RecomputeState as S, PendingChange as P\n"
        "answer = S.objects.exclude(lease_token='').exists() or not P.objects.exists()"
    )
    deadline = time.monotonic() + 20
    while not portal.ask(state):
        assert time.monotonic() < deadline


def test_a_save_without_a_broker_is_counted_when_it_is_back(worker, sign_in, leader):
    officer, before = sign_in("officer"), figure(leader, "T8")
    open_code_form(worker, officer, "Sản phẩm khi hàng đợi hỏng")
    settled(leader)
    worker.restart_web(REDIS_URL=NOBODY)
    pressed = save(officer)
    expect_saved(officer)
    leader.reload()
    expect(leader.locator(".freshness")).to_contain_text("chưa gồm 1 thay đổi")
    worker.restart_web()
    # Nobody asked the worker; the sweep of each minute finds the mark.
    wait_for_figure(leader, "T8", grown(before), since=pressed, patience=80)


def test_a_busy_database_makes_a_save_wait_not_fail(worker, sign_in, leader):
    officer, before = sign_in("officer"), figure(leader, "T8")
    open_code_form(worker, officer, "Sản phẩm khi đang bận")
    with write_lock(worker, HELD_SECONDS):
        pressed = save(officer)
        waited = time.monotonic() - pressed
    expect_saved(officer)
    assert waited >= HELD_SECONDS / 2
    wait_for_figure(leader, "T8", grown(before), since=pressed)


@contextmanager
def write_lock(portal, seconds):
    """Another connection writes for `seconds`: SQLite's one writer, or a lock on the table."""
    if portal.environment.get("DATABASE_URL"):
        hold = f"{POSTGRES_LOCK}time.sleep({seconds})\nanswer = 1"
        holder = threading.Thread(target=portal.ask, args=(hold,))
        holder.start()
        time.sleep(4)  # the process that holds it has to start first
        yield
        holder.join()
        return
    taken = threading.Event()

    def hold_file():
        other = sqlite3.connect(portal.data_dir / "portal.sqlite3", timeout=20)
        other.execute("BEGIN IMMEDIATE")
        taken.set()
        time.sleep(seconds)
        other.rollback()
        other.close()

    holder = threading.Thread(target=hold_file)
    holder.start()
    taken.wait()
    yield
    holder.join()


POSTGRES_LOCK = """
import time
from django.db import connection, transaction
transaction.set_autocommit(False)
connection.cursor().execute("LOCK TABLE ocop_traceabilitycode IN ACCESS EXCLUSIVE MODE")
"""
OUTDATE_LEASE = """
import datetime as dt
from django.utils import timezone
from damha_portal.progress.models import RecomputeState
past = timezone.now() - dt.timedelta(seconds=1)
answer = RecomputeState.objects.exclude(lease_token="").update(leased_until=past)
"""
