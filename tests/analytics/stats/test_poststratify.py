"""Weighting the deals heard to all closed deals."""

import pytest

from app.analytics.stats.poststratify import poststratified_share, weighted_mean, weights
from app.analytics.stats.proportions import effective_n, wilson


def test_the_weighted_mean_of_the_californian_schools_is_as_published() -> None:
    heard = {"E": (144, 648.868056), "H": (14, 618.571429), "M": (25, 631.44)}
    closed = {"E": 4421, "H": 755, "M": 1018}
    strata = [name for name, (n, _) in heard.items() for _ in range(n)]
    scores = [mean for n, mean in heard.values() for _ in range(n)]
    assert weighted_mean(scores, weights(strata, closed)) == pytest.approx(642.31, abs=5e-3)


def test_a_stratum_heard_too_seldom_weighs_more() -> None:
    found = poststratified_share(
        {"large": 2.0}, {"small": 8, "large": 2}, {"small": 40, "large": 60}
    )
    assert found.share.point == pytest.approx(0.6)
    assert found.share.n == pytest.approx(effective_n([5] * 8 + [30] * 2))
    assert found.share.n < 10
    assert (found.unheard, found.covered) == ((), 1.0)


def test_deals_heard_in_proportion_keep_their_plain_share() -> None:
    found = poststratified_share({"a": 1.0, "b": 1.0}, {"a": 2, "b": 2}, {"a": 10, "b": 10})
    plain = wilson(2, 4)
    assert (found.share.low, found.share.high) == pytest.approx((plain.low, plain.high))


def test_a_stratum_nobody_was_heard_in_is_named() -> None:
    found = poststratified_share({"a": 1.0}, {"a": 2}, {"a": 30, "b": 10, "c": 0})
    assert (found.unheard, found.covered) == (("b",), 0.75)
    assert found.share.point == 0.5


def test_nobody_heard_is_no_estimate() -> None:
    found = poststratified_share({}, {}, {"a": 30})
    assert found.share.point is None
    assert found.covered == 0
    assert poststratified_share({}, {}, {}).covered == 0
    assert weighted_mean([], []) is None


def test_more_heard_than_closed_is_refused() -> None:
    with pytest.raises(ValueError, match="a: 2 heard of 1 closed"):
        weights(["a", "a"], {"a": 1})
    with pytest.raises(ValueError, match="a: 2 heard of 1 closed"):
        poststratified_share({"a": 1.0}, {"a": 2}, {"a": 1})


def test_by_sums_it_is_the_weighted_mean_of_the_deals() -> None:
    """Three strata, worked out deal by deal."""
    shares = {"a": [1.0, 0.5, 0.0], "b": [1.0], "c": [0.0, 0.25]}
    closed = {"a": 9, "b": 20, "c": 6}
    strata = [name for name, some in shares.items() for _ in some]
    by_deal = weighted_mean([s for some in shares.values() for s in some], weights(strata, closed))
    found = poststratified_share(
        {name: sum(some) for name, some in shares.items()},
        {name: len(some) for name, some in shares.items()},
        closed,
    )
    assert found.share.point == pytest.approx(by_deal)
    assert found.share.n == pytest.approx(effective_n(weights(strata, closed)))
