"""What may be said of a reason: its share by deal, how to print it, its verdict, what changed."""

import math
from bisect import bisect_left
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.analytics.stats.association import (
    FALSE_DISCOVERY_RATE,
    Table,
    benjamini_hochberg,
    fisher_p,
)
from app.analytics.stats.proportions import Difference, Interval, newcombe, wilson

CITES_FROM = 0.5
COUNTS_ONLY_UNDER = 5
INTERVAL_FIRST_UNDER = 10
COMMON_ABOVE = 0.10
VOICES_NEEDED = 2
NAMED_IN_AT_LEAST = 3
FAR_OFF = 100
"""Past this many further buyers at the present share, the least that could do is named instead."""

RULE = (
    "Act: at least 5 deals were heard, the lower bound of the share of deals naming it is above "
    "10 %, buyers of at least two accounts or two buying roles say so, and it decided at least "
    "one deal. One voice: all who say so are of one account and one buying role. Otherwise: ask "
    "more buyers; the number is how many more it takes if they name it as often as so far, or, "
    "where that would be over 100 or never, if every one of them names it."
)


def deal_share(interviews: Sequence[float]) -> float:
    """Return a deal's share for a reason: the mean over its interviews (1 named, 0 not).

    Units: shares of 1. Assumes that a deal's interviews weigh alike. 'Anybody mentioned it' would
    grow with the number of interviews. Source: ratio estimation by cluster; Lohr, Sampling, 5.
    """
    if not interviews:
        raise ValueError("a deal without an interview has no share")
    return math.fsum(interviews) / len(interviews)


def cites(share: float) -> bool:
    """Return whether a deal counts as citing the reason in tables and tests: share >= 1/2."""
    return share >= CITES_FROM


class Display(StrEnum):
    """How a share may be printed, by the number of deals heard (never of those naming it)."""

    NOTHING = "nothing"
    COUNTS = "counts"
    INTERVAL_FIRST = "interval_first"
    POINT_FIRST = "point_first"


def display(heard: float) -> Display:
    """Return counts alone under 5 deals heard, the interval before the point under 10."""
    if heard == 0:
        return Display.NOTHING
    if heard < COUNTS_ONLY_UNDER:
        return Display.COUNTS
    return Display.INTERVAL_FIRST if heard < INTERVAL_FIRST_UNDER else Display.POINT_FIRST


def in_words(share: Interval) -> str:
    """Return the share as it may be printed: '3 of 4', or '10 % (3 of 31: 3 to 25 %)'."""
    how = display(share.n)
    if how is Display.NOTHING or share.point is None:
        return "nobody heard"
    counts = f"{_number(share.count)} of {_number(share.n)}"
    bounds = f"{100 * share.low:.0f} to {100 * share.high:.0f} %"
    if how is Display.COUNTS:
        return counts
    if how is Display.INTERVAL_FIRST:
        return f"{bounds} ({counts}: {100 * share.point:.0f} %)"
    return f"{100 * share.point:.0f} % ({counts}: {bounds})"


def _number(count: float) -> str:
    """Return a count of deals to one decimal, whole where it is whole."""
    return f"{count:,.1f}".removesuffix(".0")


class VerdictKind(StrEnum):
    """What a theme asks of its reader."""

    ACT = "act"
    ASK = "ask"
    ONE_VOICE = "one_voice"


@dataclass(frozen=True, slots=True)
class Theme:
    """What was heard of one reason: deals by share, and who said it how strongly."""

    named: float
    """Sum of the deals' shares for the reason."""
    heard: int
    """Deals heard, naming it or not."""
    accounts: int
    """Different accounts among those naming it."""
    roles: int
    """Different buying roles among those naming it."""
    decisive: int
    """Deals in which it was decisive."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a theme; `more` buyers to ask, `at_least` if each of them had to name it."""

    kind: VerdictKind
    share: Interval
    more: int = 0
    at_least: bool = False

    @property
    def words(self) -> str:
        """Return the verdict as printed."""
        if self.kind is VerdictKind.ACT:
            return "act"
        if self.kind is VerdictKind.ONE_VOICE:
            return "one voice"
        least = "at least " if self.at_least else ""
        return f"ask {least}{self.more} more buyer{'' if self.more == 1 else 's'}"


def verdict(theme: Theme) -> Verdict:
    """Return what a theme asks for: act, ask n more buyers, or one voice.

    Formula: RULE, with Wilson's lower bound. Units: deals. Assumes, for n, that the next buyers
    answer as RULE says. Source: the rule is ours; the bound is Wilson 1927.
    """
    share = wilson(theme.named, theme.heard)
    if theme.named > 0 and max(theme.accounts, theme.roles) < VOICES_NEEDED:
        return Verdict(VerdictKind.ONE_VOICE, share)
    if _stands(theme.named, theme.heard):
        if theme.decisive > 0:
            return Verdict(VerdictKind.ACT, share)
        return Verdict(VerdictKind.ASK, share, more=1, at_least=True)
    rate = share.point or 0.0
    if rate > COMMON_ABOVE:
        more = _further_buyers(theme, naming=rate, limit=FAR_OFF)
        if more <= FAR_OFF:
            return Verdict(VerdictKind.ASK, share, more=more)
    more = _further_buyers(theme, naming=1.0, limit=theme.heard + COUNTS_ONLY_UNDER)
    return Verdict(VerdictKind.ASK, share, more=more, at_least=True)


def _further_buyers(theme: Theme, *, naming: float, limit: int) -> int:
    """Return how many more buyers let the share stand; limit + 1 if that many do not."""
    return 1 + bisect_left(
        range(1, limit + 1),
        True,
        key=lambda more: _stands(theme.named + naming * more, theme.heard + more),
    )


def _stands(named: float, heard: int) -> bool:
    return heard >= COUNTS_ONLY_UNDER and wilson(named, heard).low > COMMON_ABOVE


class Movement(StrEnum):
    """How a share moved between two periods."""

    UP = "up"
    DOWN = "down"
    NO_RELIABLE_CHANGE = "no reliable change"
    NOT_HEARD = "nothing to compare with"


@dataclass(frozen=True, slots=True)
class Change:
    """The later share minus the earlier, and what may be said of it."""

    movement: Movement
    difference: Difference


def change(earlier: float, earlier_n: float, later: float, later_n: float) -> Change:
    """Return how a share moved between two closed periods.

    Formula: Newcombe difference; up or down only where its interval leaves 0 out. Units: deals
    in, difference of shares out. Assumes different deals in the two periods, and periods chosen
    beforehand. Source: Newcombe 1998b.
    """
    difference = newcombe(later, later_n, earlier, earlier_n)
    if difference.point is None:
        return Change(Movement.NOT_HEARD, difference)
    if not difference.excludes_zero:
        return Change(Movement.NO_RELIABLE_CHANGE, difference)
    return Change(Movement.UP if difference.low > 0 else Movement.DOWN, difference)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the deals' shares for a reason come to: their sum, how many are above 0, and how many
    are at least one half."""

    named: float = 0.0
    naming: int = 0
    citing: int = 0

    @classmethod
    def of(cls, shares: Sequence[float]) -> Self:
        """Return the tally of these shares; deals with 0 may be left out."""
        return cls(math.fsum(shares), sum(share > 0 for share in shares), sum(map(cites, shares)))


@dataclass(frozen=True, slots=True)
class ReasonShares:
    """The shares of the won and of the lost deals naming a reason."""

    won: Tally
    lost: Tally


@dataclass(frozen=True, slots=True)
class SetApart:
    """One reason between won and lost: shares, their difference, p, and q among all tested.

    `table` counts the deals citing it, for `conditional_odds_ratio` where a page shows one.
    """

    reason: str
    won: Interval
    lost: Interval
    difference: Difference
    table: Table
    p: float
    q: float

    @property
    def stands(self) -> bool:
        """Whether it sets won and lost apart after correction for all reasons tested."""
        return self.q <= FALSE_DISCOVERY_RATE


@dataclass(frozen=True, slots=True)
class Comparison:
    """The reasons tested, the surest first, and those named too seldom to be tested."""

    tested: tuple[SetApart, ...]
    too_seldom: tuple[str, ...]


def set_apart(
    reasons: Mapping[str, ReasonShares], *, won_heard: int, lost_heard: int
) -> Comparison:
    """Return which reasons set won and lost deals apart, one family of tests.

    Formula: reasons named in at least 3 deals, whatever the outcome; Fisher's exact p on deals
    citing (share >= 1/2), Benjamini-Hochberg at q = .10; Newcombe difference (won minus lost) and
    Wilson on mean shares. Units: deals in; shares, ratios, probabilities out. Assumes independent
    deals. Source: Fisher 1935; Benjamini & Hochberg 1995; Newcombe 1998b. Uncorrected, a report
    of 40 reasons holds a false flag in 30 to 36 % of cases.
    """
    often = {r: s for r, s in reasons.items() if _deals_naming(s) >= NAMED_IN_AT_LEAST}
    tables = {r: _table(s, won_heard, lost_heard) for r, s in often.items()}
    p_values = [fisher_p(table) for table in tables.values()]
    tested = [
        SetApart(
            reason,
            wilson(shares.won.named, won_heard),
            wilson(shares.lost.named, lost_heard),
            newcombe(shares.won.named, won_heard, shares.lost.named, lost_heard),
            tables[reason],
            p,
            q,
        )
        for (reason, shares), p, q in zip(
            often.items(), p_values, benjamini_hochberg(p_values), strict=True
        )
    ]
    too_seldom = tuple(sorted(reason for reason in reasons if reason not in often))
    return Comparison(tuple(sorted(tested, key=lambda one: (one.p, one.reason))), too_seldom)


def merged_up(
    deals_naming: Mapping[str, Collection[Hashable]], parents: Mapping[str, str]
) -> dict[str, str]:
    """Return under which reason each one is to be tested: itself, or one above it in the list.

    Formula: a reason named in under 3 deals joins its parent, the deepest first, until 3 different
    deals name what was joined; where they never do, it stays by itself. Units: deals. Looks at
    no outcome. Source: the rule is ours.
    """

    def above(reason: str) -> list[str]:
        way = [reason]
        while way[-1] in parents:
            way.append(parents[way[-1]])
        return way

    joined = {reason: reason for reason in deals_naming}
    deals = {reason: set(naming) for reason, naming in deals_naming.items()}
    depths = {step: len(above(step)) for reason in deals_naming for step in above(reason)}
    for reason in sorted(depths, key=lambda one: (-depths[one], one)):
        here = deals.get(reason, set())
        if reason in parents and 0 < len(here) < NAMED_IN_AT_LEAST:
            deals[parents[reason]] = deals.get(parents[reason], set()) | here
            joined |= {one: parents[reason] for one, at in joined.items() if at == reason}
    return {one: at if len(deals[at]) >= NAMED_IN_AT_LEAST else one for one, at in joined.items()}


def _deals_naming(shares: ReasonShares) -> int:
    return shares.won.naming + shares.lost.naming


def _table(shares: ReasonShares, won_heard: int, lost_heard: int) -> Table:
    won, lost = shares.won.citing, shares.lost.citing
    return ((won, won_heard - won), (lost, lost_heard - lost))
