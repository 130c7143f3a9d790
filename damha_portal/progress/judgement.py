"""Verdicts with their reason, decided on exact fractions, rounded only for display.

Met or not is the target's own comparator on exact numbers. *Expected by today* comes from the
target's pace method; the method is named beside it.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from damha_portal.core.dates import format_date, format_month
from damha_portal.core.numbers import format_decimal, format_integer, format_percent_honest
from damha_portal.core.periods import Period
from damha_portal.core.ratio import Percent, Ratio
from damha_portal.progress.enums import Comparator, PaceMethod, VerdictCode
from damha_portal.progress.models import Measurement, Target
from damha_portal.progress.models.plan import parse_milestones
from damha_portal.progress.registry import Kind, get_metric

SYMBOLS = {
    Comparator.GTE: "≥",
    Comparator.GT: ">",
    Comparator.EQ: "=",
    Comparator.LTE: "≤",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What should be reached by today, and by which method; `value` None: nothing is expected."""

    value: Fraction | None
    method: str
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the six verdicts, in words, with the reason beside it."""

    code: VerdictCode
    label: str
    reason: str
    expected: Expected


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measurement says, exactly. `value` is None while it is unknown."""

    kind: Kind
    numerator: Fraction | None
    denominator: Fraction | None
    detail: dict[str, Any]

    @property
    def value(self) -> Fraction | None:
        """A quotient for shares and growth, else the numerator."""
        if not self.kind.is_share:
            return self.numerator
        ratio = Ratio.of(self.numerator, self.denominator)
        return None if ratio is None else ratio.as_fraction()


def figure_of(target: Target, measurement: Measurement | None) -> Figure:
    """The figure of a stored measurement, unknown without one."""
    kind = get_metric(target.metric_key).kind
    if measurement is None:
        return Figure(kind, None, None, {})
    return Figure(
        kind, measurement.exact_numerator, measurement.exact_denominator, measurement.detail
    )


def threshold_of(target: Target) -> Fraction:
    """The value to reach: of one for shares and growth, else in the target's unit."""
    share = get_metric(target.metric_key).kind.is_share
    return target.exact_value / 100 if share else target.exact_value


def satisfies(value: Fraction, comparator: str, threshold: Fraction) -> bool:
    """Whether `value` meets the target; exact, no rounding anywhere."""
    return {
        Comparator.GTE: value >= threshold,
        Comparator.GT: value > threshold,
        Comparator.EQ: value == threshold,
        Comparator.LTE: value <= threshold,
    }[Comparator(comparator)]


def judge(target: Target, figure: Figure, *, as_of: dt.date, today: dt.date) -> Verdict:
    """The verdict on `figure` as it stood on `as_of`; `today` tells whether the period is over."""
    expected = expected_by(target, figure, as_of)
    value = figure.value
    if value is None:
        return _verdict(VerdictCode.NO_DATA, why_unknown(figure), expected)
    threshold = threshold_of(target)
    period_end = target.plan.period_end
    is_over = as_of > period_end or (as_of == period_end and today > period_end)
    reached = satisfies(value, target.comparator, threshold)
    shown = say_figure(target, figure)
    wanted = say_threshold(target)
    if is_over and _is_incomplete(figure, reached=reached):
        return _verdict(VerdictCode.NO_DATA, _incomplete_reason(figure, shown), expected)
    if is_over:
        code = VerdictCode.MET if reached else VerdictCode.NOT_MET
        return _verdict(code, _final_reason(target, shown, wanted, reached=reached), expected)
    if reached and not _may_still_fall(target):
        reason = _("%(shown)s, mức phải đạt %(wanted)s") % {"shown": shown, "wanted": wanted}
        return _verdict(VerdictCode.MET, reason, expected)
    return _in_progress(target, figure, value, expected, reached=reached)


def _is_incomplete(figure: Figure, *, reached: bool) -> bool:
    """Whether months without an approved figure could still turn the verdict.

    A sum that has passed its target stays above it; a growth rate is only known of whole years.
    """
    if not figure.detail.get("missing_months"):
        return False
    return figure.kind == Kind.GROWTH or not reached


def _incomplete_reason(figure: Figure, shown: str) -> str:
    months = [format_month(dt.date.fromisoformat(day)) for day in figure.detail["missing_months"]]
    words = {"shown": shown, "months": ", ".join(months)}
    return _("mới có %(shown)s; chưa có số đã duyệt của %(months)s") % words


def _may_still_fall(target: Target) -> bool:
    reversible = get_metric(target.metric_key).reversible
    return reversible or target.comparator == Comparator.LTE


def _in_progress(
    target: Target, figure: Figure, value: Fraction, expected: Expected, *, reached: bool
) -> Verdict:
    shown, wanted = say_figure(target, figure), say_threshold(target)
    if reached:
        reason = _("%(shown)s, mức phải đạt %(wanted)s; còn thay đổi đến hết kỳ") % {
            "shown": shown,
            "wanted": wanted,
        }
        return _verdict(VerdictCode.ON_TRACK, reason, expected)
    if expected.value is None:
        reason = _("%(shown)s, mức phải đạt %(wanted)s; %(method)s") % {
            "shown": shown,
            "wanted": wanted,
            "method": expected.method,
        }
        return _verdict(VerdictCode.ON_TRACK, reason, expected)
    words = {
        "shown": shown,
        "expected": say_expected(target, expected.value),
        "until": format_date(expected.until),
        "method": expected.method,
    }
    if target.comparator == Comparator.LTE:
        reason = _("%(shown)s, không được quá %(expected)s") % words
        return _verdict(VerdictCode.BEHIND, reason, expected)
    reason = _("%(shown)s, cần %(expected)s đến hết %(until)s (%(method)s)") % words
    if value >= expected.value:
        return _verdict(VerdictCode.ON_TRACK, reason, expected)
    if value >= expected.value * Fraction(target.at_risk_share):
        return _verdict(VerdictCode.AT_RISK, reason, expected)
    return _verdict(VerdictCode.BEHIND, reason, expected)


def _final_reason(target: Target, shown: str, wanted: str, *, reached: bool) -> str:
    words = {"shown": shown, "wanted": wanted}
    if reached:
        return _("%(shown)s, mức phải đạt %(wanted)s") % words
    if target.is_aspirational:
        return _("%(shown)s, mức phấn đấu %(wanted)s") % words
    return _("%(shown)s, mức phải đạt %(wanted)s, đã hết kỳ") % words


def _verdict(code: VerdictCode, reason: str, expected: Expected) -> Verdict:
    return Verdict(code, str(code.label), reason, expected)


# --- pace -----------------------------------------------------------------------------------------


def expected_by(target: Target, figure: Figure, as_of: dt.date) -> Expected:
    """What the pace method expects on `as_of`."""
    threshold = threshold_of(target)
    method = PaceMethod(target.pace_method)
    if figure.kind == Kind.GROWTH:
        return Expected(threshold, str(_("so với cùng kỳ")), as_of)
    if target.comparator == Comparator.LTE:
        return Expected(threshold, str(_("mức trần của cả kỳ")), as_of)
    if method == PaceMethod.MILESTONES:
        return _by_milestones(target, as_of)
    if method == PaceMethod.LINEAR:
        passed = _passed_share(target.plan.period, as_of)
        return Expected(threshold * passed, str(method.label), as_of)
    if method == PaceMethod.SEASON:
        return _by_season(target, figure, as_of)
    return Expected(None, str(method.label))


def _by_milestones(target: Target, as_of: dt.date) -> Expected:
    """The value of the last milestone passed; a milestone is due on its own day."""
    label = str(PaceMethod.MILESTONES.label)
    passed = [row for row in parse_milestones(target.milestones) if row[0] <= as_of]
    if not passed:
        return Expected(None, label)
    day, value = passed[-1]
    share = get_metric(target.metric_key).kind.is_share
    return Expected(value / 100 if share else value, label, day)


def _by_season(target: Target, figure: Figure, as_of: dt.date) -> Expected:
    """Last year's share of the whole reached by the same month end."""
    season = figure.detail.get("season") or []
    if not season:
        return Expected(None, str(_("chưa đủ số liệu năm trước để biết mùa; chỉ đánh giá cuối kỳ")))
    part, whole = Fraction(season[0]), Fraction(season[1])
    label = str(PaceMethod.SEASON.label)
    return Expected(threshold_of(target) * part / whole, label, as_of)


def _passed_share(period: Period, as_of: dt.date) -> Fraction:
    day = min(as_of, period.end)
    if day < period.start:
        return Fraction(0)
    return Fraction((day - period.start).days + 1, period.days)


# --- words ----------------------------------------------------------------------------------------


def say_value(target: Target, value: Fraction | None) -> str:
    """A value of the target in its unit: "14", "66,67 %", "—" while unknown."""
    if value is None:
        return "—"
    if get_metric(target.metric_key).kind.is_share:
        return format_percent_honest(value, Percent(target.exact_value), places=2)
    if value.denominator == 1:
        return format_integer(int(value))
    return format_decimal(value, 1)


def say_expected(target: Target, value: Fraction) -> str:
    """What is needed by a day; a part of a product or a visitor is a whole one more."""
    if get_metric(target.metric_key).kind.is_share or target.comparator == Comparator.LTE:
        return say_value(target, value)
    return say_number(Fraction(math.ceil(value)))


def say_figure(target: Target, figure: Figure) -> str:
    """The figure with its base: "2/3 (66,67 %)", "12/15", "40.012", "—"."""
    numerator, denominator = figure.numerator, figure.denominator
    if numerator is None or (figure.kind.is_share and figure.value is None):
        return "—"
    if figure.kind == Kind.SHARE:
        return _("%(numerator)s/%(denominator)s (%(percent)s)") % {
            "numerator": say_number(numerator),
            "denominator": say_number(denominator),
            "percent": say_value(target, figure.value),
        }
    if figure.kind == Kind.COUNT and denominator is not None:
        return f"{say_number(numerator)}/{say_number(denominator)}"
    return say_value(target, figure.value)


def say_number(value: Fraction | None) -> str:
    """A count or an amount."""
    if value is None:
        return "—"
    return format_integer(int(value)) if value.denominator == 1 else format_decimal(value, 2)


def say_threshold(target: Target) -> str:
    """The comparator and the value: "≥ 70 %", "> 40.000", "= 15"."""
    symbol = SYMBOLS[Comparator(target.comparator)]
    if get_metric(target.metric_key).kind.is_share:
        return f"{symbol} {format_decimal(target.exact_value, 2, trim=True)} %"
    return f"{symbol} {say_number(target.exact_value)}"


def why_unknown(figure: Figure) -> str:
    """Why there is no value: nobody entered anything, an empty base, a missing comparison."""
    if figure.kind == Kind.GROWTH:
        missing = figure.detail.get("missing_base_months") or []
        if missing:
            months = ", ".join(format_month(dt.date.fromisoformat(day)) for day in missing)
            return _("thiếu số cùng kỳ: %(months)s") % {"months": months}
        return _("chưa có số chính thức của năm nay")
    if figure.kind == Kind.SHARE and figure.numerator is not None:
        return _("chưa có gì thuộc diện tính")
    return _("chưa đơn vị nào nhập")


def still_needed(target: Target, figure: Figure) -> int | None:
    """How many more rows of the base must be scored to meet the target; None where no count fits.

    With a base of three and 70 %, two are not enough: one more is needed.
    """
    numerator, denominator = figure.numerator, figure.denominator
    if numerator is None or figure.kind not in (Kind.SHARE, Kind.COUNT):
        return None
    if figure.kind == Kind.SHARE and not denominator:
        return None
    threshold = threshold_of(target)
    limit = int(denominator) if denominator else int(threshold) + 1
    for more in range(max(limit - int(numerator), 0) + 1):
        reached = numerator + more
        value = reached / denominator if figure.kind == Kind.SHARE and denominator else reached
        if satisfies(Fraction(value), target.comparator, threshold):
            return more
    return None
