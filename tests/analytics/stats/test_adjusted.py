"""The adjusted odds ratio against published figures and against what can be worked out by hand."""

import random

import pytest

from app.analytics.stats.adjusted import Adjusted, adjusted, indicators
from app.analytics.stats.coded import coded

NOTHING_KNOWN = (None, None, None)


def known(found: Adjusted) -> tuple[float, float, float]:
    ratio = found.odds_ratio
    assert ratio.low is not None
    assert ratio.point is not None
    assert ratio.high is not None
    return ratio.low, ratio.point, ratio.high


def deals(a: int, b: int, c: int, d: int) -> tuple[list[bool], list[float]]:
    """Won and lost of those with the factor, won and lost of those without."""
    won = [True] * a + [False] * b + [True] * c + [False] * d
    return won, [1.0] * (a + b) + [0.0] * (c + d)


def test_a_factor_that_parts_won_and_lost_wholly_still_has_a_figure() -> None:
    """Published for x = y = 0 0 0 1 1 1: coefficient 3.89181893, the logarithm of 49."""
    found = adjusted(*deals(3, 0, 0, 3))
    low, point, high = known(found)
    assert point == pytest.approx(49, rel=1e-3)
    assert 1 < low < point < high
    assert found.deals == 6


@pytest.mark.parametrize("table", [(7, 2, 3, 8), (1, 9, 4, 6), (12, 0, 5, 9)])
def test_alone_it_is_the_odds_ratio_with_half_a_deal_in_each_cell(
    table: tuple[int, int, int, int],
) -> None:
    """For one factor of two values the penalty does just that (Firth 1993, section 3.3)."""
    a, b, c, d = (cell + 0.5 for cell in table)
    assert known(adjusted(*deals(*table)))[1] == pytest.approx(a * d / (b * c), rel=1e-3)


def test_what_only_goes_with_a_third_thing_goes_away_once_that_is_held_equal() -> None:
    """Large deals are won more often and are given a trial more often; the trial does nothing."""
    chance = random.Random(7)
    won, trial, large = [], [], []
    for _ in range(600):
        is_large = chance.random() < 0.5
        large.append(float(is_large))
        trial.append(float(chance.random() < (0.8 if is_large else 0.2)))
        won.append(chance.random() < (0.7 if is_large else 0.3))
    alone, held = adjusted(won, trial), adjusted(won, trial, [large])
    assert known(alone)[0] > 1
    low, _, high = known(held)
    assert low < 1 < high
    assert alone.p is not None
    assert held.p is not None
    assert alone.p < 0.001 < 0.05 < held.p


def test_the_unit_of_the_factor_is_that_of_its_column() -> None:
    won, trial = deals(7, 2, 3, 8)
    low, point, high = known(adjusted(won, trial))
    by_ten = known(adjusted(won, [10 * value for value in trial]))
    assert by_ten == pytest.approx((low**0.1, point**0.1, high**0.1), rel=1e-3)


@pytest.mark.parametrize(
    ("won", "factor", "held"),
    [
        ([True] * 4, [0.0, 1.0, 0.0, 1.0], []),
        ([True, False, True, False], [1.0] * 4, []),
        ([True, False, True, False], [0.0, 1.0, 1.0, 0.0], [[1.0, 0.0, 0.0, 1.0]]),
        ([], [], []),
    ],
    ids=["all won", "never varies", "told by the others", "no deal"],
)
def test_where_nothing_can_be_known_nothing_is_said(
    won: list[bool], factor: list[float], held: list[list[float]]
) -> None:
    found = adjusted(won, factor, held)
    assert (found.odds_ratio.low, found.odds_ratio.point, found.odds_ratio.high) == NOTHING_KNOWN
    assert not found.is_known


def test_a_column_that_others_tell_is_held_equal_only_once() -> None:
    won, trial = deals(7, 2, 3, 8)
    size = [float(number % 3) for number in range(20)]
    once = known(adjusted(won, trial, [size]))
    assert known(adjusted(won, trial, [size, [2 * value for value in size]])) == pytest.approx(once)


def test_categories_become_columns_and_small_ones_are_joined() -> None:
    values = ["Mid"] * 6 + ["Large"] * 5 + ["Tiny"] * 2 + ["Odd"]
    assert [column.tolist() for column in indicators(coded(values))] == [
        [0.0] * 6 + [1.0] * 5 + [0.0] * 3,
        [0.0] * 11 + [1.0] * 3,
    ]
    assert indicators(coded(["Mid"] * 9)) == []
    assert indicators(coded([])) == []
