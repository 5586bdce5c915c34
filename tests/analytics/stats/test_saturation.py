"""When further interviews bring hardly anything new."""

import pytest

from app.analytics.stats.saturation import heard_once, new_information, new_themes


def test_the_published_example_stops_at_six_and_two() -> None:
    found = new_information([37, 0, 0, 0, 4, 3, 1, 0], base=4, run=2)
    assert [round(ratio, 2) for ratio in found.ratios] == [0.19, 0.11, 0.03]
    assert found.notation == "6+2"


def test_with_too_few_interviews_or_themes_nothing_is_claimed() -> None:
    assert new_information([5, 2, 1, 0, 0, 0]).notation is None
    assert new_information([0, 0, 0, 0, 0, 0, 0]).notation is None
    assert new_information([]).ratios == ()


def test_a_run_that_keeps_bringing_themes_goes_on() -> None:
    found = new_information([10, 0, 0, 0, 1, 1, 1, 1, 1])
    assert found.ratios == pytest.approx((0.3, 0.3, 0.3))
    assert found.notation is None


def test_a_theme_is_new_once() -> None:
    interviews = [["price", "trust"], ["price"], ["price", "speed", "speed"], []]
    assert new_themes(interviews) == [2, 0, 1, 0]
    assert heard_once(interviews) == 2
