"""Two coders are compared passage by passage: what overlaps is one."""

from __future__ import annotations

import pytest

from app.tagging.agreement.units import Coded, units


def coded(coder: int, start: int, end: int, reason: str = "price", text: str = "a1") -> Coded:
    return Coded(coder, text, start, end, reason)


def test_spans_that_overlap_are_one_passage_as_long_as_both_together():
    (unit,) = units([coded(0, 0, 10), coded(1, 5, 20)])
    assert (unit.start, unit.end) == (0, 20)
    assert unit.agrees


def test_a_long_span_keeps_those_within_it_together():
    (unit,) = units([coded(0, 0, 100), coded(1, 5, 10, "price"), coded(1, 50, 60, "support")])
    assert unit.first == {"price"}
    assert unit.second == {"price", "support"}


def test_spans_that_only_touch_are_two_passages():
    assert len(units([coded(0, 0, 10), coded(1, 10, 20)])) == 2


def test_the_same_place_in_two_answers_is_two_passages():
    assert len(units([coded(0, 0, 10), coded(1, 0, 10, text="a2")])) == 2


def test_a_passage_that_only_one_tagged_is_empty_for_the_other():
    (unit,) = units([coded(1, 3, 9)])
    assert unit.first == frozenset()
    assert not unit.agrees


def test_there_is_no_third_coder():
    with pytest.raises(ValueError, match="two coders"):
        units([coded(2, 0, 4)])
