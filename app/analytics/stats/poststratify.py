"""Interviewed deals weighted to all closed deals; shown beside the unweighted figure.

Weighting mends who was heard. It cannot mend buyers who answered because of the reason itself.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.analytics.stats.proportions import Interval, wilson_weighted


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
    shares: Sequence[float], strata: Sequence[str], closed: Mapping[str, int]
) -> Poststratified:
    """Return the deals' mean share weighted to all closed deals, with its interval.

    Formula: weighted mean by `weights`, Wilson at Kish's n_eff. Units: shares of 1. Speaks for
    the strata that were heard only; the others are named. Assumes and cites as `weights`.
    """
    total = sum(closed.values())
    unheard = tuple(sorted(s for s, n in closed.items() if n and s not in set(strata)))
    covered = 1 - sum(closed[s] for s in unheard) / total if total else 0.0
    return Poststratified(wilson_weighted(shares, weights(strata, closed)), unheard, covered)
