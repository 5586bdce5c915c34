"""Shares, differences and bounds, against published figures and the traps of small numbers."""

import math
from functools import cache

import pytest

from app.analytics.stats.proportions import (
    Interval,
    chance_of_seeing,
    effective_n,
    fit_prior,
    interviews_to_see,
    jeffreys,
    newcombe,
    shrunk,
    wilson,
    wilson_weighted,
    worst_case,
)

RAT_TUMOURS = (
    "0/17 0/18x2 0/19x4 0/20x7 1/10 1/18x2 1/19x2 1/20x4 2/13 2/17 2/19 2/20x6 2/23 2/24 2/25 "
    "3/20x2 3/27 4/19x3 4/20x7 5/19 5/20x2 5/22 5/46 5/49 6/20x3 6/22 6/23 7/47 7/49 9/24 9/48 "
    "10/48 10/50 11/46 12/49 15/46 15/47 16/52"
)


def segments(text: str) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for part in text.split():
        fraction, _, times = part.partition("x")
        count, n = map(float, fraction.split("/"))
        found += [(count, n)] * int(times or 1)
    return found


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (13, 16, 0.5699, 0.9341),
    ],
)
def test_wilson_gives_the_published_intervals(
    successes: int, n: int, low: float, high: float
) -> None:
    interval = wilson(successes, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)
    assert interval.point == pytest.approx(successes / n)


def covered_at_five(share: float) -> tuple[float, float]:
    """Return the chance that Wilson's interval, and the textbook one, hold the truth at n = 5."""
    ours = textbook = 0.0
    for x in range(6):
        chance = math.comb(5, x) * share**x * (1 - share) ** (5 - x)
        interval, half = interval_of_five(x), 1.96 * math.sqrt(x / 5 * (1 - x / 5) / 5)
        ours += chance * (interval.low <= share <= interval.high)
        textbook += chance * (x / 5 - half <= share <= x / 5 + half)
    return ours, textbook


@cache
def interval_of_five(x: int) -> Interval:
    return wilson(x, 5)


def test_the_interval_of_five_deals_covers_as_promised_where_the_textbook_one_does_not() -> None:
    shares = [k / 200 for k in range(10, 191)]
    ours, textbook = zip(*map(covered_at_five, shares), strict=True)
    assert sum(ours) / len(ours) > 0.94
    assert sum(textbook) / len(textbook) < 0.75


def test_nobody_heard_is_no_estimate() -> None:
    assert wilson(0, 0) == jeffreys(0, 0) == Interval(0.0, 1.0, None, 0.0, 0.0)
    assert newcombe(0, 0, 3, 9).point is None
    assert newcombe(3, 9, 0, 0).point is None
    assert not newcombe(0, 0, 9, 9).excludes_zero
    assert wilson_weighted([], []).point is None
    assert wilson_weighted([1.0, 0.0], [0.0, 0.0]).point is None


@pytest.mark.parametrize("interval", [wilson, jeffreys])
@pytest.mark.parametrize("n", [1, 2, 5, 9, 30, 1000])
def test_none_of_n_starts_at_zero_and_all_of_n_ends_at_one(interval: object, n: int) -> None:
    assert callable(interval)
    none, every = interval(0, n), interval(n, n)
    assert none.low == none.point == 0
    assert 0 < none.high < 1
    assert every.high == every.point == 1
    assert 0 < every.low < 1


def test_jeffreys_gives_the_published_interval() -> None:
    interval = jeffreys(13, 16)
    assert (interval.low, interval.high) == pytest.approx((0.5792, 0.9442), abs=5e-5)


def test_shares_of_deals_add_up_to_fractions() -> None:
    assert wilson(2.5, 14).point == pytest.approx(2.5 / 14)
    assert wilson(math.fsum([1 / 3] * 3) + 1e-12, 1).point == 1
    assert wilson(2, 14).low < wilson(2.5, 14).low < wilson(3, 14).low


@pytest.mark.parametrize(("successes", "n"), [(-1, 4), (5, 4), (1, 0)])
def test_what_is_no_count_is_refused(successes: float, n: float) -> None:
    with pytest.raises(ValueError, match="is not a count"):
        wilson(successes, n)


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (7, 34, 1, 34, 0.0189, 0.3404),
    ],
)
def test_newcombe_gives_the_published_differences(
    x1: int, n1: int, x2: int, n2: int, low: float, high: float
) -> None:
    difference = newcombe(x1, n1, x2, n2)
    assert (difference.low, difference.high) == pytest.approx((low, high), abs=5e-5)
    assert difference.point == pytest.approx(x1 / n1 - x2 / n2)
    assert difference.excludes_zero == (low > 0)


def test_a_difference_turned_round_only_changes_sign() -> None:
    one, other = newcombe(7, 34, 1, 34), newcombe(1, 34, 7, 34)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


def test_the_worst_case_counts_the_deals_not_heard_both_ways() -> None:
    bounds = worst_case(12, heard=30, closed=100)
    assert (bounds.low, bounds.high) == (0.12, 0.82)
    everybody = worst_case(12, heard=30, closed=30)
    assert everybody.low == everybody.high == 0.4
    with pytest.raises(ValueError, match="need 0 <= yes"):
        worst_case(12, heard=10, closed=100)


@pytest.mark.parametrize(
    ("weights", "design_effect"),
    [([0, 1, 2, 3], 1.5555555555555556), ([1, 1, 1000], 2.9880418803112336)],
)
def test_the_effective_number_is_kish_s(weights: list[float], design_effect: float) -> None:
    assert len(weights) / effective_n(weights) == pytest.approx(design_effect)


def test_a_share_by_amount_rests_on_the_effective_number() -> None:
    equal = wilson_weighted([1.0, 0.0, 0.0, 1.0], [7.0] * 4)
    assert (equal.low, equal.high) == pytest.approx((wilson(2, 4).low, wilson(2, 4).high))
    one_giant = wilson_weighted([1.0, 0.0, 0.0], [1000.0, 1.0, 1.0])
    assert one_giant.point == pytest.approx(1000 / 1002)
    assert one_giant.n == pytest.approx(effective_n([1000, 1, 1]))
    assert one_giant.low < 0.25
    with pytest.raises(ValueError, match="never negative"):
        effective_n([1, -1])


def test_the_prior_is_fitted_as_published() -> None:
    prior = fit_prior(segments(RAT_TUMOURS))
    assert prior is not None
    assert prior.alpha == pytest.approx(2.304768, rel=2e-3)
    assert prior.beta == pytest.approx(14.079707, rel=2e-3)


def test_small_segments_are_drawn_in_further_than_large_ones() -> None:
    counts: list[tuple[float, float]] = [(2, 2), (60, 80), (10, 50), (0, 3), (0, 0)]
    small, large, low, none, unheard = shrunk(counts)
    pooled = 72 / 135
    assert small is not None
    assert large is not None
    assert low is not None
    assert none is not None
    assert unheard is not None
    assert pooled < small < 1
    assert abs(large - 60 / 80) < abs(small - 1)
    assert 0 < none < unheard
    assert low > 10 / 50


def test_with_nothing_to_learn_every_segment_has_the_pooled_share() -> None:
    assert shrunk([(0, 3), (0, 9)]) == [0.0, 0.0]
    assert shrunk([(3, 3), (9, 9)]) == [1.0, 1.0]
    assert shrunk([(1, 4)]) == [0.25]
    assert shrunk([(0, 0)]) == [None]
    assert shrunk([]) == []


def test_nine_interviews_hear_a_theme_of_a_fifth_with_87_percent() -> None:
    assert chance_of_seeing(0.2, 9) == pytest.approx(0.8658, abs=1e-4)
    assert chance_of_seeing(0.2, 0) == 0
    assert interviews_to_see(0.2, chance_of_seeing(0.2, 9)) == 9


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1, 0.2, 0.5, 0.9, 1.0])
def test_the_interviews_needed_are_the_fewest(share: float) -> None:
    n = interviews_to_see(share, 0.95)
    assert chance_of_seeing(share, n) >= 0.95
    assert n == 1 or chance_of_seeing(share, n - 1) < 0.95


def test_a_theme_nobody_holds_is_never_heard() -> None:
    with pytest.raises(ValueError, match="held by nobody"):
        interviews_to_see(0)
