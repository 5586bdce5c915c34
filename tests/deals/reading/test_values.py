"""Amounts, dates and other values, as people and programs write them."""

import datetime as dt
from decimal import Decimal

import pytest

from app.deals.reading.dates import DateEvidence, DateReader
from app.deals.reading.money import DecimalMarks, Money, read_money, read_number
from app.deals.reading.values import (
    Unreadable,
    read_boolean,
    read_email,
    split_name_and_email,
    split_names,
)


def marks_of(*values: str) -> DecimalMarks:
    marks = DecimalMarks()
    for value in values:
        marks.observe(value)
    return marks


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("1054", 105_400, "EUR"),
        ("0", 0, "EUR"),
        ("$164K", 16_400_000, "USD"),
        ("$1.5M", 150_000_000, "USD"),
        ("1,2 Mio. €", 120_000_000, "EUR"),
        ("164K€", 16_400_000, "EUR"),
        ("1.234,50", 123_450, "EUR"),
        ("1,234.50", 123_450, "EUR"),
        ("1'234.50", 123_450, "EUR"),
        ("1 234,50", 123_450, "EUR"),
        ("1\u202f234,50 €", 123_450, "EUR"),
        ("12,34,567.00", 123_456_700, "EUR"),
        ("1.234.567", 123_456_700, "EUR"),
        ("(1,200)", -120_000, "EUR"),
        ("-45.10", -4_510, "EUR"),
        ("$-45", -4_500, "USD"),
        ("€ 84.000", 8_400_000, "EUR"),
        ("USD 84,000", 8_400_000, "USD"),
        ("84000 CHF", 8_400_000, "CHF"),
        ("¥84,000", 84_000, "JPY"),
        ("1.500 KWD", 1_500_000, "KWD"),
        (".5", 50, "EUR"),
        ("10.005", 1_000_500, "EUR"),
    ],
)
def test_an_amount_is_read(text: str, minor: int, currency: str) -> None:
    assert read_money(text, marks_of(), "EUR") == Money(minor, currency)


@pytest.mark.parametrize(
    "text", ["18.00%", "TBD", "1,23,4", "12.34.5", "abc12", "$ 12 €", "1e5", "1-2"]
)
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_money(text, marks_of(), "EUR")


def test_a_column_that_proves_its_decimal_mark_decides_for_unclear_amounts() -> None:
    assert read_money("1.234", marks_of("99,50"), "EUR").minor == 123_400
    assert read_money("1.234", marks_of("99.50"), "EUR").minor == 123
    with pytest.raises(Unreadable, match="both ways"):
        read_money("1.234", marks_of("99,50", "99.50"), "EUR")


def test_the_rows_own_currency_binds() -> None:
    assert read_money("$5", marks_of(), "CAD", stated=True) == Money(500, "CAD")
    with pytest.raises(Unreadable, match="is in EUR"):
        read_money("€5", marks_of(), "CAD", stated=True)


def test_a_percentage_is_a_number() -> None:
    assert read_number("18.00%", marks_of()) == Decimal("18.00")


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["3/1/2017", "10/25/2016"], "month first"),
        (["3/1/2017", "25.10.2016"], "day first"),
        (["3/1/2017", "12/12/2017"], "ambiguous"),
        (["3/3/2017"], "none"),
        (["13/1/2017", "1/13/2017"], "both"),
        (["2017-03-01", "1 March 2017"], "none"),
    ],
)
def test_one_decisive_date_tells_the_order_of_a_column(values: list[str], order: str) -> None:
    evidence = DateEvidence()
    for value in values:
        evidence.observe(value)
    assert evidence.order == order


@pytest.mark.parametrize(
    "text",
    [
        "2017-03-01",
        "2017/3/1",
        "2017-03-01T22:30:00.000+0000",
        "2017-03-01 9:05:00 PM",
        "20170301",
        "1 March 2017",
        "1. März 2017",
        "01-Mar-17",
        "Mar 1, 2017",
        "Wednesday, March 1, 2017",
        "42795",
        "1488326400000",
    ],
)
def test_a_date_that_can_be_read_one_way_only_is_read(text: str) -> None:
    assert DateReader("none").read(text) == dt.date(2017, 3, 1)


@pytest.mark.parametrize("text", ["2017-02-30", "31/31/2017", "soon", "0017-03-01", "Foo 1, 2017"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        DateReader("none").read(text)


def test_the_order_of_the_column_is_used() -> None:
    assert DateReader("day first").read("3/1/2017") == dt.date(2017, 1, 3)
    assert DateReader("month first").read("3/1/17 14:05") == dt.date(2017, 3, 1)
    assert DateReader("ambiguous", "%d/%m/%Y").read("3/1/2017") == dt.date(2017, 1, 3)
    with pytest.raises(Unreadable, match="could be day first"):
        DateReader("ambiguous").read("3/1/2017")


def test_a_date_against_the_given_format_is_refused_not_bent() -> None:
    with pytest.raises(Unreadable, match="%d/%m/%Y"):
        DateReader("ambiguous", "%d/%m/%Y").read("3/25/2017")


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("TRUE", True), ("", None), ("0", False), ("nein", False)]
)
def test_yes_and_no(text: str, value: bool | None) -> None:
    assert read_boolean(text) is value


@pytest.mark.parametrize("text", ["fcb67ef339b69195", "a@b", "two@x.com, three@x.com", "a b@x.com"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_email(text)


def test_several_names_in_a_cell() -> None:
    assert split_names("Initech; Acme, Inc., Globex") == ("Initech", "Acme, Inc.", "Globex")
    assert split_name_and_email("Ada Byron (ada@example.com)") == ("Ada Byron", "ada@example.com")
