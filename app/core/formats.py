"""How dates, instants, amounts and shares are written; Jinja filters of the same names."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from unicodedata import bidirectional
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, get_currency_precision
from flask import Flask

LOCALE = "en_GB"
_NO_VALUE = "–"


def minor_digits(currency: str) -> int:
    """How many digits the currency's minor unit has: 2 for EUR, 0 for JPY."""
    return get_currency_precision(currency) if currency else 2


def money(minor: int | None, currency: str, *, exact: bool = False) -> str:
    """'€84,000'; with the minor units only where asked for, or where the amount is small."""
    if minor is None:
        return _NO_VALUE
    digits = minor_digits(currency)
    amount = Decimal(minor).scaleb(-digits)
    whole = amount == amount.to_integral_value()
    if exact or (not whole and abs(amount) < 1000):
        pattern = "¤#,##0." + "0" * digits if digits else "¤#,##0"
    else:
        pattern = "¤#,##0"
    if not currency:
        return str(format_decimal(amount, format=pattern.replace("¤", ""), locale=LOCALE))
    return str(
        format_currency(amount, currency, format=pattern, locale=LOCALE, currency_digits=False)
    )


def money_short(minor: int | None, currency: str) -> str:
    """'€0.9 M', '€84 K': for headlines."""
    if minor is None:
        return _NO_VALUE
    amount = Decimal(minor).scaleb(-minor_digits(currency))
    for size, letter in ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "K")):
        if abs(amount) >= size:
            scaled = amount / size
            shown = f"{scaled:.1f}" if abs(scaled) < 10 else f"{scaled:.0f}"
            symbol = _symbol(currency)
            return f"{symbol}{shown.removesuffix('.0')} {letter}"
    return money(minor, currency)


def _symbol(currency: str) -> str:
    if not currency:
        return ""
    return str(format_currency(0, currency, format="¤", locale=LOCALE, currency_digits=False))


def share(value: float | None) -> str:
    """A share as whole percent: '38 %'."""
    return _NO_VALUE if value is None else f"{round(100 * value)} %"


def points(value: float) -> str:
    """A difference of shares in percentage points, signed: '+12', '−3', '0'."""
    rounded = round(100 * value)
    if rounded == 0:
        return "0"
    return f"+{rounded}" if rounded > 0 else f"−{-rounded}"


def number(value: float | None) -> str:
    return _NO_VALUE if value is None else str(format_decimal(value, locale=LOCALE))


def day(value: date | None) -> str:
    """'4 Oct 2026'."""
    return _NO_VALUE if value is None else str(format_date(value, "d MMM y", locale=LOCALE))


def zone(name: str) -> ZoneInfo:
    """The time zone of this name, or UTC where there is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def moment(value: datetime | None, time_zone: str) -> str:
    """'Tue 4 Oct 2026, 10:42', in the given zone."""
    if value is None:
        return _NO_VALUE
    return str(
        format_datetime(value.astimezone(zone(time_zone)), "EEE d MMM y, HH:mm", locale=LOCALE)
    )


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 deal', '3 deals', '8,800 deals'."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def reads_from_right(text: str) -> bool:
    """Whether the first letter that has a direction reads from right to left."""
    sides = (bidirectional(letter) for letter in text)
    return next((side in ("R", "AL") for side in sides if side in ("L", "R", "AL")), False)


def language_name(code: str) -> str:
    """'German' for 'de'; the code itself where nobody knows it."""
    try:
        return Locale.parse(code, sep="-").get_display_name(LOCALE) or code
    except (UnknownLocaleError, ValueError):
        return code


def capitalize_first(text: str) -> str:
    """'No reliable change': the first letter alone is changed."""
    return text[:1].upper() + text[1:]


def init_app(app: Flask) -> None:
    for function in (
        money,
        money_short,
        share,
        points,
        number,
        day,
        moment,
        plural,
        capitalize_first,
        language_name,
        reads_from_right,
    ):
        app.jinja_env.filters[function.__name__] = function
