"""Tests and odds ratios against published figures."""

import math
import random
from functools import cache

import pytest

from app.analytics.stats.association import (
    FALSE_DISCOVERY_RATE,
    Table,
    benjamini_hochberg,
    conditional_odds_ratio,
    fisher_p,
    mantel_haenszel,
    mcnemar_p,
)

CONVICTIONS: Table = ((2, 15), (10, 3))
BERKELEY: list[Table] = [
    ((512, 313), (89, 19)),
    ((353, 207), (17, 8)),
    ((120, 205), (202, 391)),
    ((138, 279), (131, 244)),
    ((53, 138), (94, 299)),
    ((22, 351), (24, 317)),
]
R_SEARCHES_BOUNDS_TO = 1.2e-4
BENJAMINI_HOCHBERG_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1.0,
]  # fmt: skip


def test_fisher_and_the_conditional_odds_ratio_agree_with_r() -> None:
    ratio = conditional_odds_ratio(CONVICTIONS)
    assert fisher_p(CONVICTIONS) == pytest.approx(0.0005367241, rel=1e-6)
    assert ratio.point == pytest.approx(0.04693661, rel=1e-5)
    assert (ratio.low, ratio.high) == pytest.approx(
        (0.003325764, 0.363182271), abs=R_SEARCHES_BOUNDS_TO
    )


def test_the_bounds_are_where_the_table_is_just_one_in_forty_extreme() -> None:
    ratio = conditional_odds_ratio(CONVICTIONS)
    assert ratio.low is not None
    assert ratio.high is not None
    at_low, at_high = first_cell_chances(ratio.low), first_cell_chances(ratio.high)
    assert sum(at_low[2:]) == pytest.approx(0.025, rel=1e-6)
    assert sum(at_high[:3]) == pytest.approx(0.025, rel=1e-6)


def first_cell_chances(odds_ratio: float) -> list[float]:
    """Return the chances of 0 to 12 in the first cell of CONVICTIONS, its margins given."""
    terms = [math.comb(17, x) * math.comb(13, 12 - x) * odds_ratio**x for x in range(13)]
    return [term / sum(terms) for term in terms]


def test_an_odds_ratio_without_a_limit_is_infinite_and_without_a_margin_unknown() -> None:
    endless = conditional_odds_ratio(((5, 0), (2, 6)))
    assert endless.point == endless.high == math.inf
    assert endless.low is not None
    assert endless.low > 1
    nobody = conditional_odds_ratio(((0, 5), (0, 6)))
    assert (nobody.low, nobody.high, nobody.point) == (None, None, None)
    assert fisher_p(((0, 5), (0, 6))) == 1
    assert fisher_p(((0, 0), (0, 0))) == 1


def test_mantel_haenszel_agrees_with_r_on_the_berkeley_admissions() -> None:
    found = mantel_haenszel(BERKELEY)
    assert found.odds_ratio.point == pytest.approx(0.9046968, rel=1e-6)
    assert (found.odds_ratio.low, found.odds_ratio.high) == pytest.approx(
        (0.7719074, 1.0603298), rel=1e-6
    )
    assert (found.statistic, found.p) == pytest.approx((1.4269, 0.2323), abs=5e-5)


def test_strata_that_say_nothing_change_nothing() -> None:
    assert mantel_haenszel([*BERKELEY, ((0, 0), (0, 0)), ((1, 0), (0, 0))]) == mantel_haenszel(
        BERKELEY
    )
    nothing = mantel_haenszel([((0, 0), (0, 1))])
    assert nothing.p is None
    assert nothing.odds_ratio.point is None


def test_a_pooled_ratio_that_cannot_be_bounded_has_no_bounds() -> None:
    found = mantel_haenszel([((3, 0), (0, 4)), ((2, 0), (0, 2))])
    assert found.odds_ratio.point == math.inf
    assert (found.odds_ratio.low, found.odds_ratio.high) == (None, None)


def test_benjamini_hochberg_keeps_four_where_bonferroni_keeps_three() -> None:
    q_values = benjamini_hochberg(BENJAMINI_HOCHBERG_1995)
    assert sum(q <= 0.05 for q in q_values) == 4
    assert sum(p <= 0.05 / 15 for p in BENJAMINI_HOCHBERG_1995) == 3
    assert q_values[0] == pytest.approx(0.0015)
    assert sum(q <= FALSE_DISCOVERY_RATE for q in q_values) == 9


def test_forty_reasons_of_no_effect_raise_a_flag_in_one_report_of_ten_at_most() -> None:
    chance, reports = random.Random(11), 400
    p_of = cache(lambda won, lost: fisher_p(((won, 48 - won), (lost, 56 - lost))))

    def citing(deals: int) -> int:
        return sum(chance.random() < 0.25 for _ in range(deals))

    flagged = uncorrected = 0
    for _ in range(reports):
        p_values = [p_of(citing(48), citing(56)) for _ in range(40)]
        flagged += min(benjamini_hochberg(p_values)) <= FALSE_DISCOVERY_RATE
        uncorrected += min(p_values) <= 0.05
    assert flagged / reports <= 0.10
    assert uncorrected / reports > 0.30


def test_no_reason_needs_no_correction() -> None:
    assert benjamini_hochberg([]) == []
    assert benjamini_hochberg([0.03]) == pytest.approx([0.03])


@pytest.mark.parametrize(
    ("only_seller", "only_buyer", "p"), [(0, 0, 1.0), (0, 5, 0.0625), (1, 9, 22 / 1024), (4, 4, 1)]
)
def test_mcnemar_is_the_exact_binomial_test(only_seller: int, only_buyer: int, p: float) -> None:
    assert mcnemar_p(only_seller, only_buyer) == pytest.approx(p)
    assert mcnemar_p(only_buyer, only_seller) == pytest.approx(p)
