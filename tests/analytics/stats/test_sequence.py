"""A rate looked at after every deal."""

import math
import random

import pytest

from app.analytics.stats.proportions import ALPHA, Interval, wilson
from app.analytics.stats.sequence import confidence_sequence


def test_the_bounds_are_where_the_evidence_reaches_one_in_twenty() -> None:
    interval = confidence_sequence(3, 10)

    def mixture_against(share: float) -> float:
        beta = math.exp(math.lgamma(3.5) + math.lgamma(7.5) - math.lgamma(11)) / math.pi
        return beta / (share**3 * (1 - share) ** 7)

    assert mixture_against(interval.low) == pytest.approx(1 / ALPHA)
    assert mixture_against(interval.high) == pytest.approx(1 / ALPHA)


@pytest.mark.parametrize(("successes", "n"), [(0, 1), (0, 12), (12, 12), (2.5, 9), (30, 100)])
def test_looking_often_costs_width_and_stays_between_0_and_1(successes: float, n: int) -> None:
    often, once = confidence_sequence(successes, n), wilson(successes, n)
    assert 0 <= often.low <= successes / n <= often.high <= 1
    assert often.high - often.low > once.high - once.low


def test_nobody_heard_is_no_estimate() -> None:
    assert confidence_sequence(0, 0) == Interval(0.0, 1.0, None, 0.0, 0.0)


def test_it_holds_the_truth_all_along_where_wilson_does_not() -> None:
    chance, series, deals = random.Random(7), 150, 120
    wrong_often = wrong_once = 0
    for _ in range(series):
        truth, won = 0.4, 0
        left_often = left_once = False
        for n in range(1, deals + 1):
            won += chance.random() < truth
            left_often = left_often or outside(truth, bounds(confidence_sequence, won, n))
            left_once = left_once or outside(truth, bounds(wilson, won, n))
        wrong_often += left_often
        wrong_once += left_once
    assert wrong_often / series <= 0.05
    assert wrong_once / series >= 0.2


SEEN: dict[tuple[str, int, int], tuple[float, float]] = {}


def bounds(kind: object, won: int, n: int) -> tuple[float, float]:
    assert callable(kind)
    key = (kind.__name__, won, n)
    if key not in SEEN:
        interval = kind(won, n)
        SEEN[key] = (interval.low, interval.high)
    return SEEN[key]


def outside(truth: float, interval: tuple[float, float]) -> bool:
    return not interval[0] <= truth <= interval[1]
