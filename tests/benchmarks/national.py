"""Run by `portal.ask` with `sizes`: fills the database, measures both ways, assigns `answer`.

The rows are inserted past history and marks: what is measured is reading.
"""

# ruff: noqa: F821  (a script that runs with `sizes` set)
import datetime as dt
import statistics
import time

from django.db import connection, models, transaction

from damha_portal.accounts.models import AdminUnit
from damha_portal.core.periods import Period, last_valid_day
from damha_portal.progress.engine import read_units
from damha_portal.progress.registry import Scope, get_metric
from ocop.models import Producer, Product, Recognition, TraceabilityCode

RUNS = 7
DAY = dt.date(2023, 12, 31)
FROM = dt.date(2004, 1, 1)


def insert(model, rows):
    """Insert past history and marks; the rows with their keys."""
    return models.QuerySet(model).bulk_create(rows, batch_size=2000)


def fill(districts, products, recognitions, codes):
    """The country in two halves; producers stand directly in their district."""
    roots = [
        AdminUnit(code=f"Q{half}", kind="province", name=f"Nửa {half}", valid_from=FROM)
        for half in (1, 2)
    ]
    country = insert(
        AdminUnit, [AdminUnit(code="Q", kind="province", name="Cả nước", valid_from=FROM)]
    )[0]
    for root in roots:
        root.parent = country
    insert(AdminUnit, roots)
    units = insert(
        AdminUnit,
        [
            AdminUnit(
                code=f"D{n}",
                kind="district",
                name=f"Huyện {n}",
                parent=roots[n % 2],
                valid_from=FROM,
            )
            for n in range(districts)
        ],
    )
    makers = insert(
        Producer,
        [
            Producer(name=f"Chủ thể {n}", kind="household", admin_unit=units[n % districts])
            for n in range(products // 2)
        ],
    )
    goods = insert(
        Product,
        [Product(name=f"Sản phẩm {n}", producer=makers[n % len(makers)]) for n in range(products)],
    )
    insert(Recognition, [recognition(goods, n) for n in range(recognitions)])
    insert(TraceabilityCode, [code(goods, n) for n in range(codes)])
    return country, roots[0]


def recognition(goods, n):
    """Every three years and a bit; one in nine below three stars, one in fifty revoked."""
    day = dt.date(2013 + 3 * (n // len(goods)), 1 + n % 12, 1 + n % 28)
    return Recognition(
        product=goods[n % len(goods)],
        star=2 + n % 9 % 4 if n % 9 else 2,
        level="district",
        type="new",
        evaluation_year=day.year,
        decided_on=day,
        issued_on=day,
        valid_until=last_valid_day(day, 36),
        revoked_on=day if n % 50 == 0 else None,
        revocation_reason="đo" if n % 50 == 0 else "",
    )


def code(goods, n):
    """Several a product; those of every third product have lapsed."""
    end = dt.date(2022, 1, 1) if n % len(goods) % 3 == 0 else None
    return TraceabilityCode(
        product=goods[n % len(goods)],
        kind="trace_code",
        code=f"C{n}",
        registered_on=dt.date(2021, 1, 1),
        valid_until=end,
    )


SQL = """
WITH newest AS (
  SELECT product_id, MAX(issued_on) AS issued_on FROM ocop_recognition
  WHERE issued_on <= %(day)s GROUP BY product_id
), coded AS (
  SELECT DISTINCT product_id FROM ocop_traceabilitycode
  WHERE registered_on <= %(day)s AND (valid_until IS NULL OR valid_until >= %(day)s)
    AND (terminated_on IS NULL OR terminated_on > %(day)s)
)
SELECT producer.admin_unit_id, COUNT(*), COUNT(coded.product_id)
FROM newest
JOIN ocop_recognition held
  ON held.product_id = newest.product_id AND held.issued_on = newest.issued_on
JOIN ocop_product product ON product.id = held.product_id
JOIN ocop_producer producer ON producer.id = product.producer_id
LEFT JOIN coded ON coded.product_id = held.product_id
WHERE held.valid_until >= %(day)s AND held.star >= 3
  AND (held.revoked_on IS NULL OR held.revoked_on > %(day)s)
GROUP BY producer.admin_unit_id
"""


def by_hand():
    """Base and scored by district, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"day": DAY})
        return {unit: [int(scored), int(base)] for unit, base, scored in cursor.fetchall()}


def by_engine(area):
    """The same from the declared metric, as the recompute reads it."""
    period = Period(dt.date(2023, 1, 1), DAY)
    parts = read_units(
        get_metric("ocop.traceable_share"), Scope(area=area, as_of=DAY, period=period)
    )
    return {unit: [int(found.numerator), int(found.denominator)] for unit, found in parts.items()}


def median_ms(act):
    """Median of some runs after one that warms the cache."""
    act()
    taken = []
    for _run in range(RUNS):
        started = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


with transaction.atomic():
    country, half = fill(**sizes)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
engine = by_engine(country)
total = engine.pop(country.pk)
answer = {
    "sql_ms": median_ms(by_hand),
    "engine_ms": median_ms(lambda: by_engine(country)),
    "half_ms": median_ms(lambda: by_engine(half)),
    "country": total,
    "engine": sorted(engine.items()),
    "sql": sorted(by_hand().items()),
}
