"""T10 and T11 once more, in plain SQL written from the plan's words (domain.md §1.4)."""

from __future__ import annotations

import datetime as dt

from damha_portal.core.periods import Period, add_months, month_start
from damha_portal.progress.crosscheck import UNITS, SqlScope, crosscheck

#: Approved figures of the area's units; an estimate only where no approved actual stands beside it.
OFFICIAL = """
official (unit_id, month, arrivals) AS (
    SELECT figure.admin_unit_id, figure.month,
        figure.international_overnight + figure.international_same_day
            + figure.domestic_overnight + figure.domestic_same_day
    FROM tourism_monthlyfigure figure
    JOIN units ON units.id = figure.admin_unit_id
    LEFT JOIN tourism_monthlyfigure final
        ON final.admin_unit_id = figure.admin_unit_id AND final.month = figure.month
        AND final.stage = 'actual' AND final.status = 'approved'
    WHERE figure.status = 'approved'
        AND (figure.stage = 'actual' OR (figure.stage = 'estimate' AND final.id IS NULL))
)
"""


def _due_months(scope: SqlScope) -> None:
    """Give `first_month` and `due_before`: months from the first up to, not including, the second.

    A month is due once its last day has passed or is the day asked for.
    """
    scope.give("first_month", month_start(scope.values["period_start"]))
    scope.give("due_before", month_start(scope.values["window_end"] + dt.timedelta(days=1)))


@crosscheck("tourism.arrivals")
def arrivals(scope: SqlScope) -> str:
    """T10: each unit's own official months; the area's figure is its own rows, never their sum."""
    _due_months(scope)
    return f"""{UNITS}, {OFFICIAL},
totals (unit_id, arrivals) AS (
    SELECT unit_id, SUM(arrivals) FROM official
    WHERE month >= %(first_month)s AND month < %(due_before)s
    GROUP BY unit_id
)
SELECT unit_id, arrivals, CAST(NULL AS NUMERIC) FROM totals
UNION ALL
SELECT %(area)s, CAST(NULL AS NUMERIC), CAST(NULL AS NUMERIC)
WHERE NOT EXISTS (SELECT 1 FROM totals WHERE unit_id = %(area)s)
"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("tourism.arrivals_growth")
def arrivals_growth(scope: SqlScope) -> str:
    """T11: the months that are in, against the same months a year before.

    Without all of those the target's baseline stands for the year before, once every month of
    the period is in.
    """
    _due_months(scope)
    period = Period(scope.values["period_start"], scope.values["period_end"])
    months = period.months()
    scope.give("months_of_period", len(months))
    pairs = "\n    UNION ALL ".join(
        f"SELECT {scope.give(f'month_{at}', first)}, "
        f"{scope.give(f'before_{at}', add_months(first, -12))}"
        for at, first in enumerate(months)
    )
    return f"""{UNITS}, {OFFICIAL},
pairs (month, year_before) AS (
    {pairs}
),
compared (present, past) AS (
    SELECT present.arrivals, past.arrivals
    FROM pairs
    JOIN official present ON present.unit_id = %(area)s AND present.month = pairs.month
    LEFT JOIN official past ON past.unit_id = %(area)s AND past.month = pairs.year_before
    WHERE pairs.month < %(due_before)s
),
totals (present, past) AS (
    SELECT SUM(present),
        CASE WHEN COUNT(*) = 0 THEN NULL
             WHEN COUNT(past) = COUNT(*) THEN SUM(past)
             WHEN COUNT(*) = %(months_of_period)s THEN CAST(%(baseline_value)s AS NUMERIC)
        END
    FROM compared
)
SELECT %(area)s, present - past, past FROM totals
"""  # noqa: S608  (constants of this module; values are parameters)
