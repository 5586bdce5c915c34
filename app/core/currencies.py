"""Currencies in use today, by their ISO 4217 code."""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global

from app.core.formats import LOCALE
from app.core.forms import options


@cache
def currencies() -> dict[str, str]:
    """Code and name of every currency that is legal tender somewhere, in the order of codes."""
    names = Locale.parse(LOCALE).currencies
    in_use = {
        code
        for territory in get_global("territory_currencies").values()
        for code, _start, end, is_tender in territory
        if is_tender and end is None
    }
    return {code: names.get(code, code) for code in sorted(in_use)}


def currency_choices() -> list[Any]:
    """For a select: 'EUR – Euro'."""
    return options((code, f"{code} – {name}") for code, name in currencies().items())
