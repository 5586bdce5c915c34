"""How far two readings of the same deals agree: the seller's view and the buyer's."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement beyond chance, with its interval; None where it cannot be estimated."""

    kappa: float | None
    low: float | None
    high: float | None
    standard_error: float | None
    raw: float | None
    n: int


def cohen_kappa(confusion: Sequence[Sequence[int]]) -> Agreement:
    """Return Cohen's kappa with its 95 % interval, and the raw agreement beside it.

    Formula: (observed - expected)/(1 - expected), large-sample standard error. Units: a square
    table of deals in (row: one side's category, column: the other's), 1 is full agreement.
    Assumes independent deals. Not estimable where both sides used one and the same category only.
    Source: Cohen 1960; Fleiss, Cohen & Everitt 1969.
    """
    n = sum(map(sum, confusion))
    if n == 0:
        return Agreement(None, None, None, None, None, 0)
    raw = sum(row[i] for i, row in enumerate(confusion)) / n
    if any(row[i] == n for i, row in enumerate(confusion)):
        return Agreement(None, None, None, None, raw, n)
    import numpy as np
    from statsmodels.stats.inter_rater import cohens_kappa

    with np.errstate(invalid="ignore"):
        result = cohens_kappa(np.asarray(confusion), wt=None)
    error = float(result.std_kappa)
    if not math.isfinite(error):
        return Agreement(float(result.kappa), None, None, None, raw, n)
    low, high = max(float(result.kappa_low), -1.0), min(float(result.kappa_upp), 1.0)
    return Agreement(float(result.kappa), low, high, error, raw, n)
