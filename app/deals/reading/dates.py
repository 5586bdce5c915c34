"""Dates: what a column's values prove about their format, and the reading of each."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Literal

from app.deals.reading.values import Unreadable

Order = Literal["day first", "month first"]
OrderFinding = Literal["day first", "month first", "ambiguous", "both", "none"]

FIRST_YEAR, LAST_YEAR = 1900, 2200
_REMEMBERED_VALUES = 5_000

_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _TIME)
_DAY_MONTH = re.compile(
    r"(?:[^\W\d]+,?\s+)?(\d{1,2})[-. ]+([^\W\d]+)\.?[-, ]+(\d{4}|\d{2})" + _TIME
)
_MONTH_DAY = re.compile(r"(?:[^\W\d]+,\s+)?([^\W\d]+)\.?[- ]+(\d{1,2})[-, ]+(\d{4})" + _TIME)
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_MILLISECONDS = re.compile(r"1\d{12}")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar", "feb februar", "mar mär mrz märz", "apr", "may mai", "jun juni",
            "jul juli", "aug", "sep sept", "oct okt", "nov", "dec dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_EXCEL_EPOCH = dt.date(1899, 12, 30)


@dataclass
class DateEvidence:
    """What the values of one column prove about the order of day and month."""

    first_over_12: bool = False
    second_over_12: bool = False
    ambiguous: int = 0
    example: str = ""
    unreadable: int = 0
    readable: int = 0
    _seen: set[str] = field(default_factory=set)

    def observe(self, text: str) -> None:
        """Take note of one value of the column; a repeated value says nothing new."""
        if not text or text in self._seen:
            return
        if len(self._seen) < _REMEMBERED_VALUES:
            self._seen.add(text)
        match = _NUMERIC.fullmatch(text.strip())
        if match is None:
            self._count_other(text)
            return
        self.readable += 1
        first, second = int(match[1]), int(match[3])
        if first > 12:
            self.first_over_12 = True
        elif second > 12:
            self.second_over_12 = True
        elif first != second:
            self.ambiguous += 1
            self.example = self.example or text.strip()

    def _count_other(self, text: str) -> None:
        try:
            _read_unambiguous(text.strip())
        except Unreadable:
            self.unreadable += 1
        else:
            self.readable += 1

    @property
    def order(self) -> OrderFinding:
        """The order that the values prove."""
        if self.first_over_12 and self.second_over_12:
            return "both"
        if self.first_over_12:
            return "day first"
        if self.second_over_12:
            return "month first"
        return "ambiguous" if self.ambiguous else "none"


class DateReader:
    """Reads the dates of one column, by the person's format or by what the column proves."""

    def __init__(self, order: OrderFinding, date_format: str | None = None) -> None:
        self._order = order
        self._format = date_format
        self._known: dict[str, dt.date] = {}

    def read(self, text: str) -> dt.date | None:
        """The date as written in its own time zone; None when blank."""
        known = self._known.get(text)
        if known is not None:
            return known
        value = text.strip()
        if not value:
            return None
        day = self._parse(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Unreadable(f"is in the year {day.year}")
        if len(self._known) < _REMEMBERED_VALUES:
            self._known[text] = day
        return day

    def _parse(self, value: str) -> dt.date:
        if self._format is not None:
            day = _by_format(value, self._format)
            if day is not None:
                return day
        match = _NUMERIC.fullmatch(value)
        if match is None:
            return _read_unambiguous(value)
        if self._format is not None:
            raise Unreadable(f"does not have the form {self._format}")
        first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
        if self._order == "day first":
            return _day(year, second, first)
        if self._order == "month first":
            return _day(year, first, second)
        if first > 12:
            return _day(year, second, first)
        if second > 12 or first == second:
            return _day(year, first, second)
        raise Unreadable("could be day first or month first: give --date-format")


def _by_format(value: str, date_format: str) -> dt.date | None:
    for text in (value, re.split(r"[T ]", value, maxsplit=1)[0]):
        try:
            return dt.datetime.strptime(text, date_format).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _read_unambiguous(value: str) -> dt.date:
    if match := _ISO.fullmatch(value):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_MONTH.fullmatch(value):
        return _day(_full_year(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.fullmatch(value):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    if _SERIAL.fullmatch(value):
        return _EXCEL_EPOCH + dt.timedelta(days=int(float(value)))
    if _MILLISECONDS.fullmatch(value):
        return dt.datetime.fromtimestamp(int(value) / 1000, tz=dt.UTC).date()
    raise Unreadable("is not a date")


def _month(word: str) -> int:
    key = word.casefold()
    month = _MONTHS.get(key) or _MONTHS.get(key[:3])
    if month is None:
        raise Unreadable("is not a date")
    return month


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= 69 else 2000)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unreadable("is not a day of the calendar") from None
