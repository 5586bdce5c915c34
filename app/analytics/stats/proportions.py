"""Shares and rates of deals: intervals, differences, bounds, shrinkage.

Counts are deals. They may be fractions, because a deal's share for a reason is the mean over its
interviews.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALPHA = 0.05
"""One minus the confidence of every interval here: 95 %."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1 with its interval; with nothing counted, `point` is None.

    `n` is what the interval rests on: deals, or the effective number of them where weighted.
    """

    low: float
    high: float
    point: float | None
    n: float
    count: float


@dataclass(frozen=True, slots=True)
class Difference:
    """First share minus second, between -1 and 1; `point` is None where either side is empty."""

    low: float
    high: float
    point: float | None

    @property
    def excludes_zero(self) -> bool:
        """Whether the whole interval lies on one side of 'no difference'."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and highest share possible, whatever the deals not heard would have said."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Prior:
    """A beta distribution of the share among segments: the deals it is worth are alpha + beta."""

    alpha: float
    beta: float


def wilson(successes: float, n: float) -> Interval:
    """Return the 95 % Wilson score interval of a share.

    Formula: the shares p for which |successes/n - p| <= z sqrt(p(1-p)/n).
    Units: deals in, shares of 1 out. Assumes that the deals are independent of each other.
    Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857. It covers the truth in
    95.7 % of samples of five, where the textbook (Wald) interval does in 69.6 %.
    """
    successes, n = _checked(successes, n)
    if n == 0:
        return Interval(0.0, 1.0, None, 0.0, 0.0)
    low, high = _wilson_bounds(successes, n)
    point = successes / n
    return Interval(min(max(low, 0.0), point), max(min(high, 1.0), point), point, n, successes)


def jeffreys(successes: float, n: float) -> Interval:
    """Return the 95 % Jeffreys interval, clamped: 0 of n starts at 0, n of n ends at 1.

    Formula: quantiles .025 and .975 of beta(successes + 1/2, n - successes + 1/2).
    Units: deals in, shares of 1 out. Assumes independent deals and a prior worth one deal.
    Source: Brown, Cai & DasGupta 2001, Statistical Science 16:101, who give the clamping.
    """
    successes, n = _checked(successes, n)
    if n == 0:
        return Interval(0.0, 1.0, None, 0.0, 0.0)
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(successes, n, alpha=ALPHA, method="jeffreys")
    return Interval(
        0.0 if successes == 0 else float(low),
        1.0 if successes == n else float(high),
        successes / n,
        n,
        successes,
    )


def newcombe(
    successes1: float, n1: float, successes2: float, n2: float, *, alpha: float = ALPHA
) -> Difference:
    """Return the first share minus the second with Newcombe's hybrid score interval.

    Formula: d - sqrt((p1-l1)^2 + (u2-p2)^2) to d + sqrt((u1-p1)^2 + (p2-l2)^2), where l and u are
    the Wilson bounds of each share. Units: deals in, difference of shares out.
    Assumes two independent groups of deals. Source: Newcombe 1998, Statistics in Medicine 17:873,
    method 10. (The library's `score` method for a difference is wrong and is not used.)
    """
    successes1, n1 = _checked(successes1, n1)
    successes2, n2 = _checked(successes2, n2)
    if n1 == 0 or n2 == 0:
        return Difference(-1.0, 1.0, None)
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = confint_proportions_2indep(
        successes1, n1, successes2, n2, method="newcomb", compare="diff", alpha=alpha
    )
    return Difference(
        max(float(low), -1.0), min(float(high), 1.0), successes1 / n1 - successes2 / n2
    )


def worst_case(yes: float, heard: int, closed: int) -> Bounds:
    """Return the share's bounds if all deals not heard said no, or all said yes.

    Formula: yes/N to (yes + missing)/N with N closed deals and missing = N - heard.
    Units: deals in, shares of 1 out. Assumes nothing. Source: Manski 1989, J. Human Resources 24.
    """
    if not 0 <= yes <= heard <= closed:
        raise ValueError(f"need 0 <= yes <= heard <= closed, got {yes}, {heard}, {closed}")
    if closed == 0:
        return Bounds(0.0, 1.0)
    return Bounds(yes / closed, (yes + closed - heard) / closed)


def effective_n(weights: Sequence[float]) -> float:
    """Return how many equally weighted deals the weighted ones are worth.

    Formula: (sum w)^2 / sum w^2. Units: deals. Assumes weights unrelated to the answers.
    Source: Kish 1965, Survey Sampling; n divided by it is Kish's design effect.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is never negative")
    squares = math.fsum(weight * weight for weight in weights)
    return math.fsum(weights) ** 2 / squares if squares else 0.0


def wilson_weighted(shares: Sequence[float], weights: Sequence[float]) -> Interval:
    """Return the weighted mean of the deals' shares, with the Wilson interval at Kish's n_eff.

    Formula: p = sum(w x)/sum(w); Wilson(p n_eff, n_eff). Units: shares and any one unit of weight
    (an amount, say) in, shares of 1 out; `n` is n_eff. Assumes as `wilson` and `effective_n`.
    Source: Kish 1965; Franco et al. 2019, J. Survey Statistics and Methodology 7:334.
    """
    n = effective_n(weights)
    if n == 0:
        return wilson(0, 0)
    total = math.fsum(weights)
    mean = math.fsum(w * x for w, x in zip(weights, shares, strict=True)) / total
    return wilson(mean * n, n)


def fit_prior(counts: Sequence[tuple[float, float]]) -> Prior | None:
    """Return the beta distribution that best explains how segments (count, n) differ.

    Formula: maximum of sum ln[B(a + x, b + n - x) / B(a, b)] over the mean a/(a+b) and the
    strength a+b, which is kept between .1 and 10,000 deals. Units: deals.
    Assumes exchangeable segments. Source: Gelman et al., Bayesian Data Analysis, 5.3.
    None where there is nothing to learn: under two segments heard, or all counts 0, or all full.
    """
    heard = [_checked(count, n) for count, n in counts if n > 0]
    total, n_total = math.fsum(x for x, _ in heard), math.fsum(n for _, n in heard)
    if len(heard) < 2 or not 0 < total < n_total:
        return None
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import betaln

    def parameters(point: NDArray[np.float64]) -> tuple[float, float]:
        mean, strength = 1 / (1 + math.exp(-point[0])), math.exp(point[1])
        return mean * strength, (1 - mean) * strength

    def loss(point: NDArray[np.float64]) -> float:
        a, b = parameters(point)
        return -math.fsum(float(betaln(a + x, b + n - x) - betaln(a, b)) for x, n in heard)

    mean = total / n_total
    found = minimize(
        loss,
        np.array([math.log(mean / (1 - mean)), math.log(10.0)]),
        method="L-BFGS-B",
        bounds=((-12.0, 12.0), (math.log(0.1), math.log(1e4))),
        options={"ftol": 1e-14, "gtol": 1e-8},
    )
    return Prior(*parameters(found.x))


def shrunk(counts: Sequence[tuple[float, float]]) -> list[float | None]:
    """Return each segment's share (count, n) drawn towards all segments, for ranking small ones.

    Formula: (a + x)/(a + b + n) with the fitted prior; the pooled share where none can be fitted.
    Units: deals in, shares of 1 out; None for every segment where no deal was heard at all.
    Assumes exchangeable segments; the interval beside it stays Wilson's. Source: Efron & Morris
    1975; in our trials the error of the point fell from .161 to .095.
    """
    n_total = math.fsum(n for _, n in counts)
    if n_total == 0:
        return [None] * len(counts)
    prior = fit_prior(counts)
    if prior is None:
        pooled = math.fsum(x for x, _ in counts) / n_total
        return [pooled] * len(counts)
    return [(prior.alpha + x) / (prior.alpha + prior.beta + n) for x, n in counts]


def chance_of_seeing(share: float, interviews: int) -> float:
    """Return the chance that a theme held by this share of buyers was heard at least once.

    Formula: 1 - (1 - p)^n. Units: share of 1 and interviews in, probability out. Assumes buyers
    heard at random. Source: binomial; Guest, Namey & Chen 2020. Nine hear a 20 % theme with 87 %.
    """
    return float(1 - (1 - _probability(share)) ** interviews)


def interviews_to_see(share: float, chance: float = 0.95) -> int:
    """Return the fewest interviews that hear a theme of this share with at least this chance.

    Formula: ceil(ln(1 - chance)/ln(1 - p)), the inverse of `chance_of_seeing`. Units: share and
    probability in, interviews out. Assumes buyers heard at random. Source: as there.
    """
    if _probability(share) == 0 or not 0 <= chance < 1:
        raise ValueError("a theme held by nobody is never heard, and no number makes it certain")
    if share == 1:
        return 1
    return max(1, math.ceil(math.log1p(-chance) / math.log1p(-share) - _ROUNDING))


@lru_cache(maxsize=8192)
def _wilson_bounds(successes: float, n: float) -> tuple[float, float]:
    """Remembered: a page asks for the interval of one share again and again."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(successes, n, alpha=ALPHA, method="wilson")
    return float(low), float(high)


def _checked(successes: float, n: float) -> tuple[float, float]:
    """Return both as floats; sums of thirds may pass n by a rounding error, but by no more."""
    if not -_ROUNDING <= successes <= n + _ROUNDING:
        raise ValueError(f"{successes} of {n} is not a count")
    return min(max(float(successes), 0.0), float(n)), float(n)


def _probability(share: float) -> float:
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not at {share}")
    return share
