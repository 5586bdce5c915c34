"""Whether a reason goes with an outcome: exact tests, odds ratios, many reasons at once.

A table of counts is ((won citing, won not), (lost citing, lost not)); a deal cites a reason when
its share is at least one half.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

FALSE_DISCOVERY_RATE = 0.10
"""Of the reasons a report lets stand, at most this share is expected to stand by chance."""

Table = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """An odds ratio with its 95 % interval; None where the table cannot tell.

    `high` (and `point`) may be infinite: nothing in the table speaks against it.
    """

    low: float | None
    high: float | None
    point: float | None


@dataclass(frozen=True, slots=True)
class Stratified:
    """The odds ratio adjusted for one stratum, and the test that it is 1 in all of them."""

    odds_ratio: OddsRatio
    statistic: float | None
    p: float | None


@lru_cache(maxsize=8192)
def fisher_p(table: Table) -> float:
    """Return the two-sided p value of Fisher's exact test.

    Formula: the sum of the probabilities of all tables with these margins that are no likelier
    than this one. Units: deals in, probability out. Assumes independent deals, margins taken as
    given. Source: Fisher 1935; the same figure as R's fisher.test.
    """
    import numpy as np
    from scipy.stats import fisher_exact

    return float(fisher_exact(np.asarray(table)).pvalue)


def conditional_odds_ratio(table: Table) -> OddsRatio:
    """Return the conditional maximum likelihood odds ratio with its exact 95 % interval.

    Formula: maximum of the noncentral hypergeometric likelihood given the margins. Units: deals
    in, a ratio out. Assumes independent deals. Source: Fisher 1935; Cornfield 1956.
    """
    from scipy.stats.contingency import odds_ratio

    result = odds_ratio(table, kind="conditional")
    point = _known(result.statistic)
    if point is None:
        return OddsRatio(None, None, None)
    interval = result.confidence_interval(0.95)
    return OddsRatio(float(interval.low), float(interval.high), point)


def mantel_haenszel(tables: Sequence[Table]) -> Stratified:
    """Return one odds ratio over strata (segments, say), and the test that there is none.

    Formula: sum(ad/n) / sum(bc/n), interval by Robins, Breslow & Greenland; chi-square with one
    degree of freedom and continuity correction. Units: deals in; a ratio, a statistic and a
    probability out. Assumes the same odds ratio in every stratum. Strata of under two deals say
    nothing and are left out. Source: Mantel & Haenszel 1959; Robins et al. 1986.
    """
    telling = [table for table in tables if sum(map(sum, table)) >= 2]
    if not telling:
        return Stratified(OddsRatio(None, None, None), None, None)
    import numpy as np
    from statsmodels.stats.contingency_tables import StratifiedTable

    with np.errstate(divide="ignore", invalid="ignore"):
        strata = StratifiedTable([np.asarray(table, dtype=float) for table in telling])
        low, high = strata.oddsratio_pooled_confint()
        test = strata.test_null_odds(correction=True)
        ratio = OddsRatio(_finite(low), _finite(high), _known(strata.oddsratio_pooled))
        return Stratified(ratio, _finite(test.statistic), _finite(test.pvalue))


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return each p value's q value; those at most FALSE_DISCOVERY_RATE stand.

    Formula: min over j >= i of p(j) m/j. Units: probabilities. Assumes independent or positively
    dependent tests, one family a report. Source: Benjamini & Hochberg 1995, JRSS B 57:289.
    """
    if not p_values:
        return []
    from statsmodels.stats.multitest import multipletests

    return [float(q) for q in multipletests(p_values, method="fdr_bh")[1]]


def mcnemar_p(only_first: int, only_second: int) -> float:
    """Return the exact p value that two sides name a reason equally often in the same deals.

    Formula: two-sided binomial test of only_first among both, at 1/2. Units: deals named by one
    side alone in, probability out. Assumes independent deals. Source: McNemar 1947.
    """
    if only_first + only_second == 0:
        return 1.0
    from statsmodels.stats.contingency_tables import mcnemar

    return float(mcnemar([[0, only_first], [only_second, 0]], exact=True).pvalue)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
