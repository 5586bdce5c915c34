"""Quarters of the workspace's fiscal year.

A fiscal year carries the calendar year in which it ends: with a first month of April, 2017Q1 is
April to June 2016. With January it is the calendar year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_SHAPE = re.compile(r"^(\d{4})\s*[-/]?\s*[Qq]([1-4])$")
_MONTHS = 12


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter by fiscal year and number; `first_month` is the fiscal year's first month."""

    year: int
    number: int
    first_month: int = 1

    @classmethod
    def containing(cls, day: date, first_month: int = 1) -> Quarter:
        months = day.month - first_month
        starts_in = day.year if months >= 0 else day.year - 1
        number = (months % _MONTHS) // 3 + 1
        return cls(starts_in + (first_month > 1), number, first_month)

    @classmethod
    def parse(cls, text: str, first_month: int = 1) -> Quarter:
        """Read '2017Q3'. Raises ValueError saying what it takes."""
        match = _SHAPE.match(text.strip())
        if not match:
            raise ValueError(f"'{text}' is not a quarter; it takes a form such as 2017Q3")
        return cls(int(match[1]), int(match[2]), first_month)

    @property
    def first_day(self) -> date:
        month = self.first_month + 3 * (self.number - 1)
        year = self.year - (self.first_month > 1)
        return date(year + (month - 1) // _MONTHS, (month - 1) % _MONTHS + 1, 1)

    @property
    def last_day(self) -> date:
        return self.shifted(1).first_day - timedelta(days=1)

    def shifted(self, quarters: int) -> Quarter:
        index = self.year * 4 + self.number - 1 + quarters
        return Quarter(index // 4, index % 4 + 1, self.first_month)

    @property
    def token(self) -> str:
        return f"{self.year}Q{self.number}"

    def __str__(self) -> str:
        return self.token


@dataclass(frozen=True)
class Period:
    """Whole days, both ends included."""

    first_day: date
    last_day: date

    @classmethod
    def of_quarters(cls, first: Quarter, last: Quarter) -> Period:
        return cls(first.first_day, last.last_day)


def last_four_quarters(latest: Quarter) -> list[Quarter]:
    """The year that ends with `latest`, oldest first."""
    return [latest.shifted(-back) for back in (3, 2, 1, 0)]
