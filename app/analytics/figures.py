"""From rows to figures: counted by deal, with intervals, as METHOD asks. Everything a page or a
report shows is made here, once."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.analytics import queries
from app.analytics.comparing import Joined, compared, joined_up
from app.analytics.decided import CONTESTED, Counts
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.heard import Heard, read_heard
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.past import PastReasons
from app.analytics.queries import Decided, DecidedHeard, Subject, explained_by
from app.analytics.said import Said, Voices, said
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.theme import (
    Comparison,
    Theme,
    Verdict,
    verdict,
)
from app.analytics.window import Window
from app.deals.models import Outcome
from app.tagging.models import Direction

#: What is counted of a share besides its sum and its whole.
_COUNTED = (
    "deals",
    "decisive",
    "first",
    "behind",
    "facts",
    "opinions_only",
    "expected",
    "interviews",
    "influenced",
    "citing",
)
SHOWN_OUTCOMES = (Outcome.LOST, Outcome.NO_DECISION, Outcome.WON)


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
    #: Deals in which it decided or contributed as a first answer, and as what was behind one.
    first: int = 0
    behind: int = 0
    #: Deals in which it was named by a fact, and by an opinion alone.
    facts: int = 0
    opinions_only: int = 0
    #: Deals in which it was expected of everybody.
    expected: int = 0
    #: Interviews that name it.
    interviews: int = 0
    #: Deals with a share above 0, and of at least one half.
    influenced: int = 0
    citing: int = 0

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
    #: Sum of the deals' shares, by outcome and segment.
    by_stratum: Mapping[tuple[Outcome, str], float]
    #: Deals of the latest quarter that name it.
    latest_deals: int
    is_provisional: bool
    #: By the outcomes that its direction explains: lost and undecided for against, won for for.
    verdict: Verdict

    def share(self, outcome: Outcome) -> Share:
        return self.by_outcome[outcome]

    @cached_property
    def focus(self) -> Share:
        """The share in the outcomes that its direction explains."""
        return _added(self.by_outcome[outcome] for outcome in explained_by(self.direction))

    @property
    def counter(self) -> Share:
        """The counter-evidence: the same said, and yet the other outcome."""
        others = [o for o in CONTESTED if o not in explained_by(self.direction)]
        return _added(self.by_outcome[outcome] for outcome in others)

    @property
    def everywhere(self) -> Share:
        """Over all outcomes."""
        return _added(self.by_outcome.values())

    @property
    def deals(self) -> int:
        return sum(share.deals for share in self.by_outcome.values())


@dataclass(frozen=True)
class SubjectFigures:
    """All subjects of one sort in a window, those that matter most first."""

    window: Window
    subject: Subject
    counts: Counts
    #: Deals decided and heard, by outcome and segment.
    strata: Mapping[tuple[Outcome, str], DecidedHeard]
    figures: tuple[SubjectFigure, ...]
    #: Which set won and lost apart beyond chance; only where reasons were compared.
    comparison: Comparison | None = None
    #: Reasons named too seldom to be tested alone, and tested together.
    joined: tuple[Joined, ...] = ()

    def one_way(self, direction: Direction) -> list[SubjectFigure]:
        return [figure for figure in self.figures if figure.direction is direction]


def subject_figures(
    session: Session,
    window: Window,
    subject: Subject,
    filters: Filters = EVERYTHING,
    decided: Decided | None = None,
) -> SubjectFigures:
    """Every subject named in the window, counted by deal. `decided` is given where those deals,
    narrowed alike, have been counted already."""
    narrowed = narrow(session, filters)
    heard = read_heard(session, window.period, window.latest_period, narrowed)
    if decided is None:
        decided = queries.decided_by_segment(session, window.period, narrowed)
    return _named(session, window, subject, heard, decided).figures


def compared_reasons(
    session: Session,
    window: Window,
    filters: Filters = EVERYTHING,
    leave_out: Collection[int] = (),
) -> SubjectFigures:
    """The same for reasons but those left out, with which of them set won and lost apart."""
    narrowed = narrow(session, filters)
    heard = read_heard(session, window.period, window.latest_period, narrowed)
    return compared_among(session, window, heard, narrowed, leave_out)


def compared_among(
    session: Session,
    window: Window,
    heard: Heard,
    narrowed: Narrowed,
    leave_out: Collection[int] = (),
) -> SubjectFigures:
    """The same of those heard, read in the same window and narrowed alike."""
    decided = queries.decided_by_segment(session, window.period, narrowed)
    named = _named(session, window, Subject.REASON, heard, decided, leave_out)
    together, their_names, joined = joined_up(session, heard, named.rows)
    comparison = _compared(together, {**named.names, **their_names}, named.figures.counts)
    return replace(named.figures, comparison=comparison, joined=joined)


class _Named(NamedTuple):
    """Figures, the rows that they were made from, and public id and name of each subject."""

    figures: SubjectFigures
    rows: list[Said]
    names: Mapping[int, tuple[str, str]]


def _named(
    session: Session,
    window: Window,
    subject: Subject,
    heard: Heard,
    decided: Decided,
    leave_out: Collection[int] = (),
) -> _Named:
    rows, spoken = said(heard, subject)
    rows = [row for row in rows if row.subject_id not in leave_out]
    ids = sorted({row.subject_id for row in rows})
    names = queries.names_of(session, subject, ids)
    figures = _figures(window, subject, _strata(decided, heard), rows, spoken, names)
    return _Named(figures, rows, names)


def past_reasons(
    session: Session, window: Window, past: PastReasons, leave_out: Collection[int] = ()
) -> SubjectFigures:
    """The same for reasons, with the list as it stood in an earlier version."""
    rows = [
        row for row in past.said(session, window.latest_period) if row.subject_id not in leave_out
    ]
    names = past.names_of({row.subject_id for row in rows})
    heard = read_heard(session, window.period, window.latest_period)
    found = _figures(
        window,
        Subject.REASON,
        _strata(queries.decided_by_segment(session, window.period), heard),
        rows,
        past.voices(),
        names,
    )
    return replace(found, comparison=_compared(rows, names, found.counts))


def _strata(decided: Decided, heard: Heard) -> dict[tuple[Outcome, str], DecidedHeard]:
    among_heard = heard.by_stratum()
    return {key: DecidedHeard(count, among_heard.get(key, 0)) for key, count in decided.items()}


def _compared(
    rows: Iterable[Said], names: Mapping[int, tuple[str, str]], counts: Counts
) -> Comparison:
    won, lost = (counts.heard.get(outcome, 0) for outcome in (Outcome.WON, Outcome.LOST))
    return compared(rows, names, won, lost)


def _figures(
    window: Window,
    subject: Subject,
    strata: Mapping[tuple[Outcome, str], DecidedHeard],
    rows: Sequence[Said],
    spoken: Mapping[tuple[int, Direction], Voices],
    names: Mapping[int, tuple[str, str]],
) -> SubjectFigures:
    counts = Counts.of((key[0], n.decided, n.heard) for key, n in strata.items())
    grouped: dict[tuple[int, Direction], list[Said]] = defaultdict(list)
    for row in rows:
        grouped[row.subject_id, row.direction].append(row)
    figures = [
        _figure(key, found, counts, spoken.get(key, Voices(0, 0)), names[key[0]])
        for key, found in grouped.items()
    ]
    figures.sort(key=lambda f: (-f.focus.named, -f.deals, f.name.casefold(), f.direction.value))
    return SubjectFigures(
        window=window,
        subject=subject,
        counts=counts,
        strata=strata,
        figures=tuple(figures),
    )


def _figure(
    key: tuple[int, Direction],
    rows: Sequence[Said],
    counts: Counts,
    spoken: Voices,
    names: tuple[str, str],
) -> SubjectFigure:
    subject_id, direction = key
    public_id, name = names
    by_outcome = {
        outcome: _share([row for row in rows if row.outcome is outcome], counts, outcome)
        for outcome in Outcome
        if counts.decided.get(outcome) or outcome in CONTESTED
    }
    focus = _added(by_outcome[outcome] for outcome in explained_by(direction))
    return SubjectFigure(
        subject_id=subject_id,
        public_id=public_id,
        name=name,
        direction=direction,
        by_outcome=by_outcome,
        by_stratum={(row.outcome, row.segment): row.named for row in rows},
        latest_deals=sum(row.latest_deals for row in rows),
        is_provisional=any(row.is_provisional for row in rows),
        verdict=verdict(
            Theme(
                named=focus.named,
                heard=focus.heard,
                accounts=spoken.accounts,
                roles=spoken.roles,
                decisive=focus.decisive,
            )
        ),
    )


def _share(rows: Sequence[Said], counts: Counts, outcome: Outcome) -> Share:
    return Share(
        heard=counts.heard.get(outcome, 0),
        named=math.fsum(row.named for row in rows),
        **{name: sum(getattr(row, name) for row in rows) for name in _COUNTED},
    )


def _added(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(
        heard=sum(share.heard for share in listed),
        named=math.fsum(share.named for share in listed),
        **{name: sum(getattr(share, name) for share in listed) for name in _COUNTED},
    )
