from __future__ import annotations

from datetime import date

import pytest

from app.core.periods import Quarter, last_four_quarters


@pytest.mark.parametrize(
    ("day", "first_month", "token", "first_day", "last_day"),
    [
        (date(2017, 8, 5), 1, "2017Q3", date(2017, 7, 1), date(2017, 9, 30)),
        (date(2016, 4, 1), 4, "2017Q1", date(2016, 4, 1), date(2016, 6, 30)),
        (date(2017, 3, 31), 4, "2017Q4", date(2017, 1, 1), date(2017, 3, 31)),
        (date(2026, 11, 30), 12, "2026Q4", date(2026, 9, 1), date(2026, 11, 30)),
    ],
)
def test_a_day_lies_in_its_fiscal_quarter(day, first_month, token, first_day, last_day):
    quarter = Quarter.containing(day, first_month)
    assert (quarter.token, quarter.first_day, quarter.last_day) == (token, first_day, last_day)


def test_the_last_four_quarters_end_with_the_latest():
    tokens = [quarter.token for quarter in last_four_quarters(Quarter.parse("2026Q1"))]
    assert tokens == ["2025Q2", "2025Q3", "2025Q4", "2026Q1"]


def test_what_is_no_quarter_is_refused_with_an_example():
    with pytest.raises(ValueError, match="2017Q3"):
        Quarter.parse("third of 2017")
