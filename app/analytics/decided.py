"""Deals decided and heard: how many of each outcome, the win rate, and whom it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.analytics.counted import AmountRate, Cell, cells, rate_by_amount
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import narrow
from app.analytics.stats.coverage import Coverage, coverage
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.theme import Change, change
from app.analytics.window import Window
from app.core.periods import Quarter
from app.deals.models import Outcome

#: Outcomes of which the win rate is a share; renewals are a question of their own.
CONTESTED = (Outcome.WON, Outcome.LOST, Outcome.NO_DECISION)


@dataclass(frozen=True)
class Counts:
    """Deals of one period: decided and heard, by outcome."""

    decided: Mapping[Outcome, int]
    heard: Mapping[Outcome, int]

    @classmethod
    def of(cls, kinds: Iterable[tuple[Outcome, int, int]]) -> Counts:
        """From the outcome of each kind of deals, how many were decided, and how many heard."""
        decided: Counter[Outcome] = Counter()
        heard: Counter[Outcome] = Counter()
        for outcome, count, of_them_heard in kinds:
            decided[outcome] += count
            heard[outcome] += of_them_heard
        return cls(decided, heard)

    @property
    def contested(self) -> int:
        return sum(self.decided.get(outcome, 0) for outcome in CONTESTED)

    @property
    def all_decided(self) -> int:
        return sum(self.decided.values())

    @property
    def all_heard(self) -> int:
        return sum(self.heard.values())

    @property
    def won(self) -> int:
        return self.decided.get(Outcome.WON, 0)

    @property
    def win_rate(self) -> Interval:
        return wilson(self.won, self.contested)


@dataclass(frozen=True)
class QuarterCounts:
    quarter: Quarter
    counts: Counts


@dataclass(frozen=True)
class Overview:
    """Deals decided and heard in a window, by quarter, and beside the window before it."""

    window: Window
    counts: Counts
    by_quarter: tuple[QuarterCounts, ...]
    before: Counts
    win_rate_change: Change
    by_amount: AmountRate
    coverage: Coverage

    @property
    def latest(self) -> QuarterCounts:
        return self.by_quarter[-1]


def overview(session: Session, window: Window, filters: Filters = EVERYTHING) -> Overview:
    """A rate is a share of all outcomes: filters by outcome are left aside."""
    narrowed = narrow(session, filters.without("outcome"))
    return overview_of(
        window, cells(session, window, narrowed), cells(session, window.before, narrowed)
    )


def overview_of(window: Window, found: Sequence[Cell], found_before: Sequence[Cell]) -> Overview:
    """The same of deals that have been counted, in the window and in the one before it."""
    counts, before = _counts(found), _counts(found_before)
    return Overview(
        window=window,
        counts=counts,
        by_quarter=_by_quarter(window, found),
        before=before,
        win_rate_change=change(before.won, before.contested, counts.won, counts.contested),
        by_amount=rate_by_amount(found, CONTESTED),
        coverage=_coverage(found),
    )


def _counts(found: Iterable[Cell]) -> Counts:
    return Counts.of((cell.outcome, cell.decided, cell.heard) for cell in found)


def _by_quarter(window: Window, found: Sequence[Cell]) -> tuple[QuarterCounts, ...]:
    return tuple(
        QuarterCounts(quarter, _counts(cell for cell in found if cell.quarter == index))
        for index, quarter in enumerate(window.quarters)
    )


def _coverage(found: Sequence[Cell]) -> Coverage:
    traits = {
        "outcome": [cell.outcome.value for cell in found],
        "segment": [cell.segment or "not known" for cell in found],
        "region": [cell.region or "not known" for cell in found],
        "product": [cell.product or "not known" for cell in found],
    }
    return coverage(traits, [cell.heard for cell in found], [cell.decided for cell in found])
