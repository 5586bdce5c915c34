"""From rows to figures: counted by deal, with intervals, as METHOD asks. Everything a page or a
report shows is made here, once."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.analytics import queries
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import narrow
from app.analytics.past import PastReasons
from app.analytics.queries import DecidedDeal, NamedInDeal, Subject, Voice
from app.analytics.stats.coverage import Coverage, coverage
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.theme import (
    Change,
    Comparison,
    ReasonShares,
    Theme,
    Verdict,
    change,
    set_apart,
    verdict,
)
from app.analytics.window import Window
from app.core.periods import Quarter
from app.deals.models import Outcome
from app.tagging.models import Direction

#: Outcomes of which the win rate is a share; renewals are a question of their own.
CONTESTED = (Outcome.WON, Outcome.LOST, Outcome.NO_DECISION)
SHOWN_OUTCOMES = (Outcome.LOST, Outcome.NO_DECISION, Outcome.WON)


@dataclass(frozen=True)
class Counts:
    """Deals of one period: decided and heard, by outcome."""

    decided: Mapping[Outcome, int]
    heard: Mapping[Outcome, int]

    @classmethod
    def of(cls, deals: Iterable[DecidedDeal]) -> Counts:
        decided: Counter[Outcome] = Counter()
        heard: Counter[Outcome] = Counter()
        for deal in deals:
            decided[deal.outcome] += 1
            heard[deal.outcome] += deal.interviews > 0
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
    coverage: Coverage

    @property
    def latest(self) -> QuarterCounts:
        return self.by_quarter[-1]


@dataclass(frozen=True)
class Share:
    """In how many of the deals heard of one outcome a subject decided or contributed."""

    #: Sum of the deals' shares; a deal's share is the mean over its interviews.
    named: float
    heard: int
    #: Deals with at least one interview that names it at all.
    deals: int
    #: Deals in which it was decisive.
    decisive: int

    @property
    def interval(self) -> Interval:
        return wilson(self.named, self.heard)


@dataclass(frozen=True)
class SubjectFigure:
    """One reason, differentiator or competitor, one way, across outcomes."""

    subject_id: int
    public_id: str
    name: str
    direction: Direction
    by_outcome: Mapping[Outcome, Share]
    #: Deals of the latest quarter that name it.
    latest_deals: int
    is_provisional: bool
    #: By the outcomes that its direction explains: lost and undecided for against, won for for.
    verdict: Verdict

    def share(self, outcome: Outcome) -> Share:
        return self.by_outcome[outcome]

    @property
    def focus(self) -> Share:
        """The share in the outcomes that its direction explains."""
        return _added(self.by_outcome[outcome] for outcome in explained_by(self.direction))

    @property
    def counter(self) -> Share:
        """The counter-evidence: the same said, and yet the other outcome."""
        others = [o for o in CONTESTED if o not in explained_by(self.direction)]
        return _added(self.by_outcome[outcome] for outcome in others)

    @property
    def deals(self) -> int:
        return sum(share.deals for share in self.by_outcome.values())


@dataclass(frozen=True)
class SubjectFigures:
    """All subjects of one sort in a window, those that matter most first."""

    window: Window
    subject: Subject
    counts: Counts
    figures: tuple[SubjectFigure, ...]
    #: Which set won and lost apart beyond chance; for reasons only.
    comparison: Comparison | None

    def one_way(self, direction: Direction) -> list[SubjectFigure]:
        return [figure for figure in self.figures if figure.direction is direction]


def explained_by(direction: Direction) -> tuple[Outcome, ...]:
    """The outcomes that a subject of this direction helps to explain."""
    if direction is Direction.FOR:
        return (Outcome.WON,)
    return (Outcome.LOST, Outcome.NO_DECISION)


def overview(session: Session, window: Window, filters: Filters = EVERYTHING) -> Overview:
    """A rate is a share of all outcomes: filters by outcome are left aside."""
    narrowed = narrow(session, filters.without("outcome"))
    deals = queries.decided_deals(session, window.period, narrowed)
    before = Counts.of(queries.decided_deals(session, window.before.period, narrowed))
    counts = Counts.of(deals)
    return Overview(
        window=window,
        counts=counts,
        by_quarter=_by_quarter(window, deals),
        before=before,
        win_rate_change=change(before.won, before.contested, counts.won, counts.contested),
        coverage=_coverage(deals),
    )


def subject_figures(
    session: Session, window: Window, subject: Subject, filters: Filters = EVERYTHING
) -> SubjectFigures:
    """Every subject named in the window, counted by deal."""
    narrowed = narrow(session, filters)
    named = queries.named_in_deals(session, subject, window.period, narrowed)
    ids = sorted({row.subject_id for row in named})
    return _figures(
        window,
        subject,
        queries.decided_deals(session, window.period, narrowed),
        named,
        queries.voices(session, subject, window.period, narrowed),
        queries.names_of(session, subject, ids),
    )


def past_reasons(session: Session, window: Window, past: PastReasons) -> SubjectFigures:
    """The same for reasons, with the list as it stood in an earlier version."""
    named = past.named_in_deals()
    return _figures(
        window,
        Subject.REASON,
        queries.decided_deals(session, window.period),
        named,
        past.voices(),
        past.names_of({row.subject_id for row in named}),
    )


def _figures(
    window: Window,
    subject: Subject,
    deals: Sequence[DecidedDeal],
    all_named: Sequence[NamedInDeal],
    all_voices: Sequence[Voice],
    names: Mapping[int, tuple[str, str]],
) -> SubjectFigures:
    interviews = {deal.deal_id: deal.interviews for deal in deals if deal.interviews}
    counts = Counts.of(deals)
    named = [row for row in all_named if row.deal_id in interviews]
    voices = _voices_by_subject(all_voices)
    grouped: dict[tuple[int, Direction], list[NamedInDeal]] = defaultdict(list)
    for row in named:
        grouped[row.subject_id, row.direction].append(row)
    figures = [
        _figure(window, key, rows, interviews, counts, voices, names)
        for key, rows in grouped.items()
    ]
    figures.sort(key=lambda f: (-f.focus.named, -f.deals, f.name.casefold(), f.direction.value))
    return SubjectFigures(
        window=window,
        subject=subject,
        counts=counts,
        figures=tuple(figures),
        comparison=_comparison(named, interviews, names, counts)
        if subject is Subject.REASON
        else None,
    )


def _by_quarter(window: Window, deals: Sequence[DecidedDeal]) -> tuple[QuarterCounts, ...]:
    by_index: dict[int, list[DecidedDeal]] = defaultdict(list)
    for deal in deals:
        by_index[window.index_of(deal.closed_on)].append(deal)
    return tuple(
        QuarterCounts(quarter, Counts.of(by_index[index]))
        for index, quarter in enumerate(window.quarters)
    )


def _coverage(deals: Sequence[DecidedDeal]) -> Coverage:
    traits = {
        "outcome": [deal.outcome.value for deal in deals],
        "segment": [deal.segment or "not known" for deal in deals],
        "region": [deal.region or "not known" for deal in deals],
        "product": [deal.product or "not known" for deal in deals],
    }
    return coverage(traits, [deal.interviews > 0 for deal in deals])


def _figure(
    window: Window,
    key: tuple[int, Direction],
    rows: Sequence[NamedInDeal],
    interviews: Mapping[int, int],
    counts: Counts,
    voices: Mapping[tuple[int, Direction], list[Voice]],
    names: Mapping[int, tuple[str, str]],
) -> SubjectFigure:
    subject_id, direction = key
    public_id, name = names[subject_id]
    by_outcome = {
        outcome: _share(
            [row for row in rows if row.outcome is outcome], interviews, counts, outcome
        )
        for outcome in Outcome
        if counts.decided.get(outcome) or outcome in CONTESTED
    }
    focus = _added(by_outcome[outcome] for outcome in explained_by(direction))
    heard_from = [v for v in voices.get(key, []) if v.outcome in explained_by(direction)]
    return SubjectFigure(
        subject_id=subject_id,
        public_id=public_id,
        name=name,
        direction=direction,
        by_outcome=by_outcome,
        latest_deals=sum(
            window.index_of(row.closed_on) == len(window.quarters) - 1 for row in rows
        ),
        is_provisional=any(row.is_provisional for row in rows),
        verdict=verdict(
            Theme(
                named=focus.named,
                heard=focus.heard,
                accounts=len({voice.account_id for voice in heard_from} - {None}),
                roles=len({voice.buying_role for voice in heard_from} - {None}),
                decisive=focus.decisive,
            )
        ),
    )


def _share(
    rows: Sequence[NamedInDeal], interviews: Mapping[int, int], counts: Counts, outcome: Outcome
) -> Share:
    return Share(
        named=math.fsum(row.influencing / interviews[row.deal_id] for row in rows),
        heard=counts.heard.get(outcome, 0),
        deals=len(rows),
        decisive=sum(row.is_decisive for row in rows),
    )


def _added(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(
        named=math.fsum(share.named for share in listed),
        heard=sum(share.heard for share in listed),
        deals=sum(share.deals for share in listed),
        decisive=sum(share.decisive for share in listed),
    )


def _voices_by_subject(voices: Iterable[Voice]) -> dict[tuple[int, Direction], list[Voice]]:
    grouped: dict[tuple[int, Direction], list[Voice]] = defaultdict(list)
    for voice in voices:
        grouped[voice.subject_id, voice.direction].append(voice)
    return grouped


def _comparison(
    named: Sequence[NamedInDeal],
    interviews: Mapping[int, int],
    names: Mapping[int, tuple[str, str]],
    counts: Counts,
) -> Comparison:
    """Each reason as it was said against us, and as it was said for us: one family of tests."""
    won: dict[str, list[float]] = defaultdict(list)
    lost: dict[str, list[float]] = defaultdict(list)
    for row in named:
        if row.direction is Direction.NEUTRAL or not row.influencing:
            continue
        key = f"{names[row.subject_id][0]}:{row.direction.value}"
        share = row.influencing / interviews[row.deal_id]
        if row.outcome is Outcome.WON:
            won[key].append(share)
        elif row.outcome is Outcome.LOST:
            lost[key].append(share)
    shares = {key: ReasonShares(won[key], lost[key]) for key in {*won, *lost}}
    return set_apart(
        shares,
        won_heard=counts.heard.get(Outcome.WON, 0),
        lost_heard=counts.heard.get(Outcome.LOST, 0),
    )
