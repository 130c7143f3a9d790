"""A national data set: T8 for all districts against one hand-written SQL statement, in one run."""

from pathlib import Path

from tests.browser.processes import prepared_portal

BUDGET_RATIO = 3.0
SIZES = {"districts": 700, "products": 17_000, "recognitions": 60_000, "codes": 60_000}
CODE = (Path(__file__).parent / "national.py").read_text()


def test_t8_of_all_districts_against_one_statement(table):
    with prepared_portal(demo=False, database="") as portal:
        seen = portal.ask(CODE, sizes=SIZES)
    ratio = seen["engine_ms"] / seen["sql_ms"]
    table(
        f"T8 of {SIZES['districts']} districts, {SIZES['products']} products, "
        f"{SIZES['recognitions']} recognitions and codes each (budget {BUDGET_RATIO:.0f} ×)",
        [
            ("one hand-written statement", f"{seen['sql_ms']:.0f} ms", ""),
            ("the engine", f"{seen['engine_ms']:.0f} ms", f"{ratio:.1f} ×"),
            ("the engine on half of the districts", f"{seen['half_ms']:.0f} ms", ""),
            ("whole country", f"{seen['country'][0]}/{seen['country'][1]}", ""),
        ],
    )
    assert seen["engine"] == seen["sql"]
    assert ratio <= BUDGET_RATIO
