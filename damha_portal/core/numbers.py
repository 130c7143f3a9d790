"""Vietnamese numbers: 40.000 and 14,29 %. Written exactly, read strictly.

Django's own reading turns "40.00" and "40.000" into 40 without a word. Here a text that is not a
Vietnamese number is refused with a sentence, and with a question where one reading suggests itself.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from damha_portal.core.ratio import Exact, Percent, Ratio, exact_fraction
from damha_portal.core.vietnamese import normalise

#: Shown where nobody said the figure; zero is shown as 0.
UNKNOWN = "—"
#: A BIGINT column holds every number of this many digits.
MAX_DIGITS = 18
_ECHO_LENGTH = 40

# --- Writing --------------------------------------------------------------------------------------


def format_integer(value: Exact | None) -> str:
    """40000 as "40.000"; None as "—". A number with a fraction is a ValueError, not a rounding."""
    if value is None:
        return UNKNOWN
    exact = exact_fraction(value)
    if exact.denominator != 1:
        raise ValueError(f"Not a whole number: {value}")
    return format_decimal(exact, places=0)


def format_decimal(value: Exact | None, places: int = 2, *, trim: bool = False) -> str:
    """35087.719 as "35.087,72": rounded half up (away from zero), exact; None as "—".

    `trim` drops zeros at the end of the decimals: "70" instead of "70,00".
    """
    if value is None:
        return UNKNOWN
    units = _rounded_units(exact_fraction(value), places)
    whole, decimals = divmod(abs(units), 10**places)
    tail = f"{decimals:0{places}d}" if places else ""
    if trim:
        tail = tail.rstrip("0")
    sign = "-" if units < 0 else ""
    return f"{sign}{_grouped(whole)}{',' if tail else ''}{tail}"


def _rounded_units(exact: Fraction, places: int) -> int:
    """`exact` in units of the last place shown, rounded half away from zero."""
    scaled = abs(exact) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -units if exact < 0 else units


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", ".")


def format_percent(value: Ratio | Percent | Exact | None, places: int = 2) -> str:
    """A fraction of one in hundredths: Ratio(1, 7) as "14,29 %", Ratio(7, 10) as "70 %"."""
    if value is None:
        return UNKNOWN
    return f"{format_decimal(_share(value) * 100, places, trim=True)} %"


def format_percent_honest(
    value: Ratio | Percent | Exact | None, against: Percent, places: int = 1
) -> str:
    """`format_percent` with as many decimals as it takes to stay on its own side of `against`.

    6996/10000 against 70 % is "69,96 %", never "70 %": a boundary that is not reached does not
    look reached, and one that is passed does not look merely reached.
    """
    if value is None:
        return UNKNOWN
    share, threshold = _share(value), against.as_fraction()
    while not _on_its_side(share, threshold, places):
        places += 1
    return format_percent(share, places)


def _on_its_side(share: Fraction, threshold: Fraction, places: int) -> bool:
    shown = Fraction(_rounded_units(share * 100, places), 10**places) / 100
    if share == threshold:
        return shown == share or not _has_finite_decimals(share)
    return shown != threshold and (shown < threshold) == (share < threshold)


def _has_finite_decimals(exact: Fraction) -> bool:
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _share(value: Ratio | Percent | Exact) -> Fraction:
    return value.as_fraction() if isinstance(value, Ratio | Percent) else exact_fraction(value)


def format_signed(value: Exact | None, places: int = 0) -> str:
    """A difference with its sign: "+1.250", "-3", "0"; None as "—"."""
    if value is None:
        return UNKNOWN
    text = format_decimal(value, places, trim=True)
    return text if text == "0" or text.startswith("-") else f"+{text}"


# --- Reading --------------------------------------------------------------------------------------

_GROUPED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
_INTEGER = re.compile(rf"{_GROUPED}|[0-9]+")
_DECIMAL = re.compile(rf"(?P<whole>{_GROUPED}|[0-9]+)(?:,(?P<decimals>[0-9]+))?")

# What people type for a whole number, and what they mean by it.
_ZERO_DECIMALS = re.compile(
    r"(?P<whole>[0-9]{4,}|[1-9][0-9]{0,2}(?P<sep>[., ])[0-9]{3}(?:(?P=sep)[0-9]{3})*(?!(?P=sep)))"
    r"[.,]0{1,2}"
)
_OTHER_GROUPING = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+")
_CUT_GROUP = re.compile(
    r"(?P<head>[1-9][0-9]{0,2}(?:\.[0-9]{3})*)\.(?P<cut>[0-9]{1,2})"
    r"|(?P<comma_head>[1-9][0-9]{0,2}(?:,[0-9]{3})*),(?P<comma_cut>[0-9]{1,2})"
)
# And for a number with decimals.
_POINT_DECIMAL = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:[, ][0-9]{3})+)\.(?P<decimals>[0-9]+)"
)
_COMMA_AFTER_SPACES = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?: [0-9]{3})+),(?P<decimals>[0-9]+)")


class NumberFormatError(ValueError):
    """The text is not a number as Vietnamese writes it.

    The message is a sentence for the person who typed it; `suggestion` is the reading it asks
    about, "" where none suggests itself.
    """

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


def parse_integer(text: str, *, label: str = "", allow_negative: bool = False) -> int:
    """Read "1.250" or "1250". `label` names the field in the sentence of a NumberFormatError."""
    name = label or _("Giá trị")
    typed, sign, digits = _split_sign(text)
    if not _INTEGER.fullmatch(digits):
        rule = _("%(label)s phải là số nguyên, ví dụ 1.250.") % {"label": name}
        reading = _signed(_whole_reading(digits), sign, allow_negative=allow_negative)
        raise _refusal(rule, typed, reading)
    _check_sign(sign, name, typed, allow_negative=allow_negative)
    plain = digits.replace(".", "")
    _check_size(plain, name, MAX_DIGITS)
    return int(sign + plain)


def parse_decimal(
    text: str, places: int = 2, *, label: str = "", allow_negative: bool = False
) -> Decimal:
    """Read "1.234,5" or "1234,5" with at most `places` decimals; never rounds.

    `label` names the field in the sentence of a NumberFormatError.
    """
    name = label or _("Giá trị")
    typed, sign, digits = _split_sign(text)
    match = _DECIMAL.fullmatch(digits)
    if match is None:
        rule = _("%(label)s phải là số với dấu phẩy trước phần thập phân, ví dụ 1.234,5.") % {
            "label": name
        }
        reading = _decimal_reading(digits, places)
        raise _refusal(rule, typed, _signed(reading, sign, allow_negative=allow_negative))
    _check_sign(sign, name, typed, allow_negative=allow_negative)
    whole, decimals = match["whole"].replace(".", ""), match["decimals"] or ""
    _check_size(whole, name, MAX_DIGITS)
    if len(decimals) > places:
        reading = _signed(_other_grouping(digits), sign, allow_negative=allow_negative)
        raise _refusal(_too_many_decimals(name, places), typed, reading)
    return Decimal(f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}")


def _split_sign(text: str) -> tuple[str, str, str]:
    typed = normalise(text)
    unsigned = typed.removeprefix("-").removeprefix("−")
    return typed, "-" if unsigned != typed else "", unsigned


def _signed(reading: str, sign: str, *, allow_negative: bool) -> str:
    """The reading with its sign, or "" where it would be refused for the sign again."""
    return sign + reading if reading and (allow_negative or not sign) else ""


def _refusal(rule: str, typed: str, reading: str) -> NumberFormatError:
    if not typed:
        return NumberFormatError(_("%(rule)s Ô này đang trống.") % {"rule": rule})
    shown = typed if len(typed) <= _ECHO_LENGTH else typed[:_ECHO_LENGTH] + "…"
    if reading:
        message = _("%(rule)s Bạn đã nhập «%(typed)s»: có phải %(reading)s không?") % {
            "rule": rule,
            "typed": shown,
            "reading": reading,
        }
        return NumberFormatError(message, reading)
    return NumberFormatError(
        _("%(rule)s Bạn đã nhập «%(typed)s».") % {"rule": rule, "typed": shown}
    )


def _check_sign(sign: str, name: str, typed: str, *, allow_negative: bool) -> None:
    if sign and not allow_negative:
        raise _refusal(_("%(label)s không được là số âm.") % {"label": name}, typed, "")


def _check_size(digits: str, name: str, limit: int) -> None:
    if len(digits) > limit:
        rule = _("%(label)s quá lớn: nhiều nhất %(limit)s chữ số.") % {
            "label": name,
            "limit": limit,
        }
        raise _refusal(rule, digits, "")


def _too_many_decimals(name: str, places: int) -> str:
    if places == 0:
        return _("%(label)s không có phần thập phân.") % {"label": name}
    return _("%(label)s có nhiều nhất %(places)s chữ số sau dấu phẩy.") % {
        "label": name,
        "places": places,
    }


def _whole_reading(digits: str) -> str:
    """The whole number that `digits` probably means, in our writing, or ""."""
    if match := _ZERO_DECIMALS.fullmatch(digits):
        return _regrouped(match["whole"])
    if match := _CUT_GROUP.fullmatch(digits):
        # "40.00" is 40.000 with a digit lost: the seed itself writes visitor figures this way.
        head, cut = match["head"] or match["comma_head"], match["cut"] or match["comma_cut"]
        return _regrouped(head + cut.ljust(3, "0"))
    return _other_grouping(digits)


def _other_grouping(digits: str) -> str:
    """Thousands set apart by commas or spaces, in our writing, or ""."""
    return _regrouped(digits) if _OTHER_GROUPING.fullmatch(digits) else ""


def _decimal_reading(digits: str, places: int) -> str:
    """The number with decimals that `digits` probably means, in our writing, or ""."""
    match = _POINT_DECIMAL.fullmatch(digits) or _COMMA_AFTER_SPACES.fullmatch(digits)
    if match:
        if len(match["decimals"]) > places:
            return ""
        return f"{_regrouped(match['whole'])},{match['decimals']}"
    return _other_grouping(digits)


def _regrouped(digits: str) -> str:
    plain = re.sub(r"[., ]", "", digits)
    return _grouped(int(plain)) if len(plain) <= MAX_DIGITS else ""
