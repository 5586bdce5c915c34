"""Seller and buyer: how often they say the same, and how far that goes beyond luck."""

from __future__ import annotations

import pytest

from app.analytics.stats.two_sides import two_sides


def test_the_published_table_of_two_readers():
    """0 4 1 / 0 8 0 / 0 1 5: .4842, as SAS prints it."""
    table = {("a", "b"): 4, ("a", "c"): 1, ("b", "b"): 8, ("c", "b"): 1, ("c", "c"): 5}
    found = two_sides([pair for pair, count in table.items() for _ in range(count)])
    assert found.beyond_chance.kappa == pytest.approx(0.4842, abs=1e-4)
    assert (found.same.count, found.same.n) == (13, 19)


def test_the_table_says_who_said_what():
    found = two_sides([("Price", "Security")] * 3 + [("Price", "Price")] * 2)
    assert found.labels == ("Price", "Security")
    assert found.counts == ((2, 3), (0, 0))


def test_answers_too_rare_for_the_table_still_count():
    pairs = [(str(number), str(number)) for number in range(10)]
    found = two_sides(pairs)
    assert len(found.labels) == 7
    assert (found.shown, found.n) == (7, 10)
    assert found.beyond_chance.kappa == pytest.approx(1.0)


def test_where_all_say_one_thing_luck_cannot_be_told():
    found = two_sides([("Price", "Price")] * 6)
    assert found.beyond_chance.kappa is None
    assert found.same.point == 1


def test_nobody_compared():
    assert two_sides([]).n == 0
