"""When somebody is back, as an automatic reply says it in English, German, French or Spanish; and
whether they have left for good. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from babel import Locale

_LANGUAGES = ("en", "de", "fr", "es")
#: Longer absences are no holidays; a later date is something else, or a slip.
_LONGEST = timedelta(days=180)
#: Words before a date that is the last day away; the person is back the day after.
_UNTIL = re.compile(
    r"(?:until|till|through|thru|to|bis(?:\s+(?:zum|einschl\w*))?|jusqu['’]?\s?(?:au|à)|au|"
    r"hasta\s+el|hasta|al)(?:\s+(?:and\s+including|le|el|einschließlich|inclus))?\s*$",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"no longer (?:works?|working|employed|with|at|part of)|has left (?:the )?(?:company|organi)|"
    r"am no longer with|nicht mehr (?:im unternehmen|bei (?:der|uns)|für .{2,40} tätig|tätig)|"
    r"unternehmen verlassen|ausgeschieden|ne travaille plus|ne fais plus partie|"
    r"ne fait plus partie|(?:a|ai) quitté (?:la société|l['’]entreprise|mes fonctions)|"
    r"ya no (?:trabaj|form|pertenec)\w*|(?:he|ha) dejado la (?:empresa|compañía)",
    re.IGNORECASE,
)


def has_left(text: str) -> bool:
    """Whether the reply says that this person works there no more."""
    return _LEFT.search(" ".join(text.split())) is not None


def back_on(text: str, sent_on: date) -> date | None:
    """The day on which they are back, the latest that the reply names; None where it names none
    that lies ahead."""
    flat = " ".join(text.split())
    days = []
    for start, day in _dates(flat, sent_on):
        lasts_until = _UNTIL.search(_without_weekday(flat[:start])) is not None
        days.append(day + timedelta(days=1) if lasts_until else day)
    return max(days, default=None)


def _without_weekday(text: str) -> str:
    """'until Friday, ' becomes 'until'."""
    return re.sub(
        rf"(?:{'|'.join(_weekdays())})[.,]?\s*(?:(?:the|den|dem|le|el)\s*)?$", "", text, flags=re.I
    )


def _dates(text: str, sent_on: date) -> Iterator[tuple[int, date]]:
    """Each date ahead, and where it begins."""
    for pattern in _patterns():
        for found in pattern.finditer(text):
            day = _ahead(found, sent_on)
            if day is not None:
                yield found.start(), day


def _ahead(found: re.Match[str], sent_on: date) -> date | None:
    """The date that is meant, if it lies ahead; of two ways to read it the later one, for waiting
    too long harms nobody."""
    parts = found.groupdict()
    first, second = int(parts["day"]), parts.get("month")
    if second is None:
        possible = [(_months()[parts["name"].casefold().rstrip(".")], first)]
    else:
        possible = [(int(second), first)]
        if parts.get("sign") == "/":
            possible.append((first, int(second)))
    days = (_next(month, day, parts.get("year"), sent_on) for month, day in possible)
    return max((day for day in days if day is not None), default=None)


def _next(month: int, day: int, year: str | None, sent_on: date) -> date | None:
    years = [2000 + int(year[-2:])] if year else [sent_on.year, sent_on.year + 1]
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if sent_on <= found <= sent_on + _LONGEST:
            return found
    return None


@cache
def _patterns() -> list[re.Pattern[str]]:
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    year = r"(?:,?\s+(?:del?\s+)?(?P<year>20\d\d))?"
    written = (
        r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
        r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>20\d\d|\d\d)(?!\d))?",
        r"(?<![\d/])(?P<day>\d{1,2})(?P<sign>/)(?P<month>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?(?![\d/])",
        r"(?<![\d-])(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>20\d\d)\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?(?P<name>{months})\b\.?{year}",
        rf"\b(?P<name>{months})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d){year}",
    )
    return [re.compile(pattern, re.IGNORECASE) for pattern in written]


@cache
def _months() -> Mapping[str, int]:
    """Each month's names, whole and short, in the languages we read."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            names = Locale(language).months["format"][width]
            found |= {name.casefold().rstrip("."): number for number, name in names.items()}
    return found | {"sept": 9}


@cache
def _weekdays() -> list[str]:
    names = {
        re.escape(name.rstrip("."))
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale(language).days["format"][width].values()
    }
    return sorted(names, key=len, reverse=True)
