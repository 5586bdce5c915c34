"""Where to cut, and how sure one must be."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from app.tagging.suggesting.thresholds import (
    best_threshold,
    macro_f1,
    platt,
    sure_from,
    wilson_low,
)


def test_the_cut_is_where_f1_is_highest() -> None:
    truth = np.array([True, True, False, True, False])
    scores = np.array([4.0, 3.0, 2.0, 1.0, 0.0])
    assert best_threshold(truth, scores) == 0.5


def test_macro_f1_is_the_mean_over_tags() -> None:
    truth = np.array([[True, True], [True, False], [False, False]])
    said = np.array([[True, False], [True, True], [True, False]])
    assert macro_f1(truth, said) == pytest.approx((0.8 + 0) / 2)


def test_the_bound_is_that_of_an_80_percent_wilson_interval() -> None:
    low, _high = proportion_confint(7, 10, alpha=0.2, method="wilson")
    assert wilson_low(7, 10) == pytest.approx(low)


def test_one_is_sure_from_where_enough_were_right() -> None:
    truth = np.array([True] * 40 + [False] * 20)
    scores = np.linspace(1, 0, 60)
    cut = sure_from(truth, scores, target=0.9)
    taken = truth[scores >= cut]
    assert wilson_low(int(taken.sum()), len(taken)) >= 0.9
    assert 40 <= len(taken) < 60


def test_one_is_sure_of_nothing_where_too_few_were_right() -> None:
    assert sure_from(np.array([True, False, False]), np.array([3.0, 2.0, 1.0])) == inf


def test_probabilities_follow_how_often_scores_were_right() -> None:
    scores = np.repeat([-1.0, 1.0], 100)
    truth = np.array([True] * 20 + [False] * 80 + [True] * 70 + [False] * 30)
    slope, shift = platt(truth, scores)
    assert 1 / (1 + np.exp(-(slope + shift))) == pytest.approx(0.7, abs=0.01)
    assert 1 / (1 + np.exp(slope - shift)) == pytest.approx(0.2, abs=0.01)
