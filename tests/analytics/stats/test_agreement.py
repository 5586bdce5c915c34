"""Agreement between the seller's view and the buyer's."""

import pytest

from app.analytics.stats.agreement import cohen_kappa


def test_kappa_gives_the_published_figures() -> None:
    found = cohen_kappa([[0, 4, 1], [0, 8, 0], [0, 1, 5]])
    assert found.kappa == pytest.approx(0.4842, abs=5e-5)
    assert found.standard_error == pytest.approx(0.138, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((0.2137, 0.7547), abs=5e-5)
    assert (found.n, found.raw) == (19, pytest.approx(13 / 19))


def test_full_agreement_on_two_categories_is_one() -> None:
    assert cohen_kappa([[6, 0], [0, 4]]).kappa == pytest.approx(1)


def test_one_category_only_is_not_estimable_and_shows_raw_agreement() -> None:
    found = cohen_kappa([[9, 0], [0, 0]])
    assert (found.kappa, found.low, found.raw) == (None, None, 1.0)


def test_nothing_compared_is_no_estimate() -> None:
    assert cohen_kappa([[0, 0], [0, 0]]).raw is None


def test_bounds_stay_within_full_agreement() -> None:
    found = cohen_kappa([[3, 1], [0, 2]])
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low < found.high <= 1
