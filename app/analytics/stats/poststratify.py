"""Interviewed deals weighted to all closed deals; shown beside the unweighted figure.

Weighting mends who was heard. It cannot mend buyers who answered because of the reason itself.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.analytics.stats.proportions import Interval, wilson


@dataclass(frozen=True, slots=True)
class Poststratified:
    """A share weighted to all closed deals, and what the weighting could not reach."""

    share: Interval
    unheard: tuple[str, ...]
    covered: float
    """Of all closed deals, the share in strata with at least one interview."""


def weights(strata: Sequence[str], closed: Mapping[str, int]) -> list[float]:
    """Return a weight for each heard deal, by its stratum.

    Formula: N_h/n_h: closed deals of the stratum over heard ones. Units: closed deals that one
    heard deal stands for. Assumes that within a stratum those heard are like those not heard.
    Source: Holt & Smith 1979, JRSS A 142:33; Lohr, Sampling, 8.5.
    """
    heard = Counter(strata)
    for stratum, n in heard.items():
        if closed.get(stratum, 0) < n:
            raise ValueError(f"{stratum}: {n} heard of {closed.get(stratum, 0)} closed deals")
    return [closed[stratum] / heard[stratum] for stratum in strata]


def weighted_mean(values: Sequence[float], by: Sequence[float]) -> float | None:
    """Return sum(w x)/sum(w), in the units of the values; None where nothing has weight.

    Assumes and cites as `weights`.
    """
    total = math.fsum(by)
    if total == 0:
        return None
    return math.fsum(w * x for w, x in zip(by, values, strict=True)) / total


def poststratified_share(
    named: Mapping[str, float], heard: Mapping[str, int], closed: Mapping[str, int]
) -> Poststratified:
    """Return the deals' mean share weighted to all closed deals, with its interval.

    `named` sums the shares of a stratum's deals, `heard` counts them, `closed` counts all.
    Formula: sum(N_h x_h/n_h) / sum(N_h), Wilson at Kish's n_eff = (sum N_h)^2 / sum(N_h^2/n_h).
    Units: deals in, shares of 1 out. Speaks for the strata that were heard only; the others are
    named. Assumes and cites as `weights`.
    """
    speaking = [stratum for stratum, n in heard.items() if n]
    for stratum in speaking:
        if closed.get(stratum, 0) < heard[stratum]:
            raise ValueError(
                f"{stratum}: {heard[stratum]} heard of {closed.get(stratum, 0)} closed deals"
            )
    total = sum(closed.values())
    covered = sum(closed[stratum] for stratum in speaking)
    unheard = tuple(sorted(s for s, n in closed.items() if n and not heard.get(s, 0)))
    if not covered:
        return Poststratified(wilson(0, 0), unheard, 0.0)
    squares = math.fsum(closed[s] ** 2 / heard[s] for s in speaking)
    mean = math.fsum(closed[s] * named.get(s, 0.0) / heard[s] for s in speaking) / covered
    n = covered**2 / squares
    return Poststratified(wilson(min(mean, 1.0) * n, n), unheard, covered / total)
