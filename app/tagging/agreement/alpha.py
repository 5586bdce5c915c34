"""Krippendorff's alpha of two coders, for each reason and overall, with bootstrap intervals. Pure.

Alpha is 1 - Do/De: the disagreement seen, over that expected if the same labels were dealt out
anew by chance (Krippendorff 2011, 'Computing Krippendorff's Alpha-Reliability'). For one reason
the label is given or not given; overall it is the set of reasons, at MASI distance (Passonneau
2006). The interval resamples interviews, not passages, for passages of one interview are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from nltk.metrics.distance import masi_distance
from numpy.typing import NDArray

from app.tagging.agreement.standing import Standing, standing_of
from app.tagging.agreement.units import Unit

DRAWS = 1000
SEED = 20

Interviews = Mapping[str, Sequence[Unit]]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Alpha:
    """Agreement on one reason, or overall.

    `value`, `low` and `high` are None where one category is all there is: nothing can be
    estimated. `raw` is the share of passages on which both said the same. `units` counts
    passages, `interviews` those coded twice.
    """

    value: float | None
    low: float | None
    high: float | None
    raw: float
    units: int
    interviews: int

    @property
    def standing(self) -> Standing:
        return standing_of(self.value, self.low, self.interviews)


def alpha_of_reason(interviews: Interviews, reason: str, *, draws: int = DRAWS) -> Alpha:
    """Binary alpha: whether each of the two gave the passage this reason.

    Raises ValueError where there is no passage at all.
    """
    counts = np.array(
        [_counts(units, reason) for units in interviews.values() if units], dtype=np.float64
    )
    return _estimate(interviews, counts, _binary_alpha, _binary_raw, draws)


def alpha_overall(interviews: Interviews, *, draws: int = DRAWS) -> Alpha:
    """Alpha of the sets of reasons, at MASI distance. Raises ValueError without a passage."""
    sets = sorted(
        {side for unit in _all(interviews) for side in (unit.first, unit.second)}, key=sorted
    )
    place = {each: number for number, each in enumerate(sets)}
    distances = np.array([[distance(a, b) for b in sets] for a in sets])
    counts = np.array([_pairs(units, place) for units in interviews.values() if units])

    def value(pairs: Floats) -> float | None:
        return _alpha_of_pairs(pairs, distances)

    return _estimate(interviews, counts, value, _diagonal_share, draws)


def distance(one: frozenset[str], other: frozenset[str]) -> float:
    """MASI: 0 for equal sets, also two empty ones, where NLTK divides by zero; 1 for disjoint."""
    return 0.0 if one == other else float(masi_distance(set(one), set(other)))


def reasons_in(interviews: Interviews) -> list[str]:
    """Every reason that either of the two gave."""
    return sorted({reason for unit in _all(interviews) for reason in unit.first | unit.second})


def _estimate(
    interviews: Interviews,
    counts: Floats,
    alpha: Callable[[Floats], float | None],
    raw: Callable[[Floats], float],
    draws: int,
) -> Alpha:
    """`counts` has a row for each interview: what `alpha` and `raw` take when it is added up."""
    if not len(counts):
        raise ValueError("there is no passage to compare")
    whole = counts.sum(axis=0)
    value = alpha(whole)
    low, high = _interval(counts, alpha, draws) if value is not None else (None, None)
    return Alpha(value, low, high, raw(whole), len(_all(interviews)), len(interviews))


def _interval(
    counts: Floats, alpha: Callable[[Floats], float | None], draws: int
) -> tuple[float | None, float | None]:
    """The middle 95 % of alpha over samples of the interviews; draws that show one category only
    say nothing and are left out."""
    random = np.random.default_rng(SEED)
    drawn = random.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=draws)
    sums = np.tensordot(drawn.astype(np.float64), counts, axes=1)
    found = [value for value in map(alpha, sums) if value is not None]
    if not found:
        return None, None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def _counts(units: Sequence[Unit], reason: str) -> tuple[int, int, int]:
    """Passages to which both gave the reason, one of them did, and neither."""
    given = [(reason in unit.first) + (reason in unit.second) for unit in units]
    return given.count(2), given.count(1), given.count(0)


def _binary_alpha(counts: Floats) -> float | None:
    both, one, neither = counts
    values = 2 * counts.sum()
    yes, no = 2 * both + one, 2 * neither + one
    if not yes or not no:
        return None
    expected = 2 * yes * no / (values * (values - 1))
    return float(1 - (one / counts.sum()) / expected)


def _binary_raw(counts: Floats) -> float:
    both, _, neither = counts
    return float((both + neither) / counts.sum())


def _pairs(units: Sequence[Unit], place: Mapping[frozenset[str], int]) -> Floats:
    """How often the one set met the other, by their places."""
    table = np.zeros((len(place), len(place)))
    for unit in units:
        table[place[unit.first], place[unit.second]] += 1
    return table


def _alpha_of_pairs(pairs: Floats, distances: Floats) -> float | None:
    labels = pairs.sum(axis=0) + pairs.sum(axis=1)
    values = labels.sum()
    expected = labels @ distances @ labels / (values * (values - 1))
    if not expected:
        return None
    return float(1 - (pairs * distances).sum() / pairs.sum() / expected)


def _diagonal_share(pairs: Floats) -> float:
    return float(np.trace(pairs) / pairs.sum())


def _all(interviews: Interviews) -> list[Unit]:
    return [unit for units in interviews.values() for unit in units]
