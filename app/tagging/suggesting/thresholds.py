"""From scores to decisions: where to cut, how sure to say one is, when to say nothing. Pure.

All of it looks at out-of-fold scores only: those of a model that has not seen the sentence.
"""

from __future__ import annotations

from math import inf, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: What share of the sure suggestions a person would confirm, at least.
TARGET = 0.7
#: Normal quantile of a two-sided 80 % interval.
_QUANTILE = 1.2815515655446004


def best_threshold(truth: Bools, scores: Floats) -> float:
    """The score above which saying yes has the highest F1, halfway between two scores."""
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    right = np.cumsum(truth[order])
    f1 = 2 * right / (np.arange(1, len(scores) + 1) + truth.sum())
    last = int(np.argmax(f1))
    below = ranked[last + 1] if last + 1 < len(ranked) else ranked[last] - 1
    return float((ranked[last] + below) / 2)


def macro_f1(truth: Bools, said: Bools) -> float:
    """The mean over tags of 2 x right / (said + true); a tag without any of them counts 0."""
    right = (truth & said).sum(axis=0)
    whole = truth.sum(axis=0) + said.sum(axis=0)
    return float(np.mean(2 * right / np.maximum(whole, 1)))


def platt(truth: Bools, scores: Floats) -> tuple[float, float]:
    """Slope and shift of one pooled logistic fit: probability = 1 / (1 + exp(-(slope * score +
    shift))) (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    fitted: Any = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), truth.ravel())
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def sure_from(truth: Bools, scores: Floats, target: float = TARGET) -> float:
    """The lowest score from which on the 80 % Wilson lower bound of the precision reaches the
    target; infinity where it nowhere does. One row a suggestion."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(truth[order])
    enough = [at for at in range(len(order)) if wilson_low(int(right[at]), at + 1) >= target]
    return float(scores[order[enough[-1]]]) if enough else inf


def wilson_low(count: int, total: int) -> float:
    """The lower end of the 80 % Wilson interval of a share."""
    share, square = count / total, _QUANTILE**2
    middle = share + square / (2 * total)
    spread = _QUANTILE * sqrt(share * (1 - share) / total + square / (4 * total**2))
    return (middle - spread) / (1 + square / total)
