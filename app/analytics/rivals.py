"""Against whom we win and lose: each competitor met, and one of them by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analytics.behind_queries import deals_seen, tags_behind
from app.analytics.decided import CONTESTED
from app.analytics.evidence import ShownQuote, shown_quotes
from app.analytics.figures import SubjectFigure, SubjectFigures, subject_figures
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import Subject, closed_in
from app.analytics.said import heard_deals
from app.analytics.standings import PairStanding, standings_of
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.theme import Change, change
from app.analytics.window import Window
from app.core.access import Viewer
from app.core.periods import Period
from app.deals.models import Deal, DealCompetitor, Outcome
from app.interviews.models import Kind
from app.market.models import Competitor, CompetitorKind
from app.market.queries import active_competitors
from app.tagging.double_coding.queries import blind
from app.tagging.models import Direction, Tag, Weight

_BEST_CASE = 6
_REASONS = 5


class Met(NamedTuple):
    """Deals of one outcome in which a competitor was met, and how many of them were heard."""

    decided: int
    heard: int


@dataclass(frozen=True)
class Rival:
    """How we do where a competitor is met."""

    competitor: Competitor
    met: Mapping[Outcome, Met]
    #: Set against all deals in which they were not met.
    difference: Change

    @property
    def decided(self) -> int:
        return sum(self.met[outcome].decided for outcome in CONTESTED if outcome in self.met)

    @property
    def heard(self) -> int:
        return sum(self.met[outcome].heard for outcome in CONTESTED if outcome in self.met)

    @property
    def won(self) -> int:
        return self.met[Outcome.WON].decided if Outcome.WON in self.met else 0

    @property
    def win_rate(self) -> Interval:
        return wilson(self.won, self.decided)


@dataclass(frozen=True)
class Rivals:
    """Everybody met in the window, the most often met first; and what ended in nothing."""

    rivals: tuple[Rival, ...]
    #: Active competitors that were in no decided deal.
    not_met: tuple[Competitor, ...]
    decided: int
    undecided: int
    #: What the evidence says against the standing that is set.
    contradicted: tuple[PairStanding, ...]

    @property
    def ended_in_nothing(self) -> Interval:
        return wilson(self.undecided, self.decided)


@dataclass(frozen=True)
class Argument:
    """A quote that speaks for a competitor, as its own seller would use it; and in how many deals
    won against them the same point came up."""

    quote: ShownQuote
    reason: str
    reason_id: str
    won_all_the_same: int


@dataclass(frozen=True)
class Against:
    """One competitor: why we win, why we lose, their best case, and where the standing changes."""

    rival: Rival
    figures: SubjectFigures
    best_case: tuple[Argument, ...]
    standings: tuple[PairStanding, ...]

    @property
    def why_we_win(self) -> list[SubjectFigure]:
        return _leading(self.figures, Direction.FOR)

    @property
    def why_we_lose(self) -> list[SubjectFigure]:
        return _leading(self.figures, Direction.AGAINST)


def rivals(session: Session, window: Window, filters: Filters = EVERYTHING) -> Rivals:
    """A rate is a share of all outcomes: filters by outcome are left aside."""
    narrowed = narrow(session, filters.without("outcome"))
    met = _deals_met(session, window.period, narrowed)
    counts = _decided(session, window.period, narrowed)
    active = [row for row in active_competitors(session) if row.kind is not CompetitorKind.NOTHING]
    found = [_rival(row, met[row.id], counts) for row in active if row.id in met]
    found.sort(key=lambda one: (-one.decided, one.competitor.name_key))
    return Rivals(
        rivals=tuple(one for one in found if one.decided),
        not_met=tuple(row for row in active if row.id not in met),
        decided=sum(counts.values()),
        undecided=counts[Outcome.NO_DECISION],
        contradicted=tuple(
            pair for pair in standings_of(session, window, narrowed) if pair.reads_as is not None
        ),
    )


def against(
    session: Session,
    viewer: Viewer,
    window: Window,
    competitor: Competitor,
    filters: Filters = EVERYTHING,
) -> Against:
    plain = filters.without("outcome", "competitor")
    narrowed = narrow(session, plain)
    here = met_with(plain, competitor)
    figures = subject_figures(session, window, Subject.REASON, here)
    return Against(
        rival=_rival(
            competitor,
            _deals_met(session, window.period, narrowed).get(competitor.id, {}),
            _decided(session, window.period, narrowed),
        ),
        figures=figures,
        best_case=_best_case(session, viewer, window, competitor, narrowed, figures),
        standings=tuple(
            pair
            for pair in standings_of(session, window, narrowed)
            if pair.competitor.id == competitor.id
        ),
    )


def met_with(filters: Filters, competitor: Competitor) -> Filters:
    """The same filters, narrowed to deals in which the competitor was met."""
    pairs = filters.without("competitor").pairs
    return Filters.parse([*pairs, ("competitor", competitor.public_id)])


def _rival(competitor: Competitor, met: Mapping[Outcome, Met], counts: Counter[Outcome]) -> Rival:
    here = sum(met[outcome].decided for outcome in CONTESTED if outcome in met)
    won = met[Outcome.WON].decided if Outcome.WON in met else 0
    everywhere = sum(counts.values())
    elsewhere = change(counts[Outcome.WON] - won, everywhere - here, won, here)
    return Rival(competitor, met, elsewhere)


def _deals_met(
    session: Session, period: Period, narrowed: Narrowed
) -> dict[int, dict[Outcome, Met]]:
    heard = heard_deals(period, narrowed)
    rows = session.execute(
        select(
            DealCompetitor.competitor_id,
            Deal.outcome,
            func.count(),
            func.count(heard.c.deal_id),
        )
        .join(Deal, Deal.id == DealCompetitor.deal_id)
        .outerjoin(heard, heard.c.deal_id == Deal.id)
        .where(Deal.outcome.in_(CONTESTED), closed_in(Deal.closed_on, period), *narrowed.deals)
        .group_by(DealCompetitor.competitor_id, Deal.outcome)
    )
    found: dict[int, dict[Outcome, Met]] = defaultdict(dict)
    for competitor_id, outcome, decided, were_heard in rows:
        found[competitor_id][outcome] = Met(decided, were_heard)
    return found


def _decided(session: Session, period: Period, narrowed: Narrowed) -> Counter[Outcome]:
    rows = session.execute(
        select(Deal.outcome, func.count())
        .where(Deal.outcome.in_(CONTESTED), closed_in(Deal.closed_on, period), *narrowed.deals)
        .group_by(Deal.outcome)
    )
    return Counter({row[0]: row[1] for row in rows})


def _leading(figures: SubjectFigures, way: Direction) -> list[SubjectFigure]:
    return [one for one in figures.one_way(way) if one.focus.named > 0][:_REASONS]


def _best_case(
    session: Session,
    viewer: Viewer,
    window: Window,
    competitor: Competitor,
    narrowed: Narrowed,
    figures: SubjectFigures,
) -> tuple[Argument, ...]:
    """The strongest quotes against us that name them, one a reason before a second."""
    tags = [
        tag
        for tag in tags_behind(
            session,
            Subject.COMPETITOR,
            [competitor.id],
            window.period,
            blind(viewer),
            narrowed=narrowed,
        )
        if tag.direction is Direction.AGAINST
    ]
    tags.sort(key=_strength)
    visible = deals_seen(session, viewer, (tag.verbatim.interview.deal_id for tag in tags))
    quotes, _ = shown_quotes(session, viewer, tags, visible)
    won = {
        one.subject_id: one.share(Outcome.WON).deals for one in figures.one_way(Direction.AGAINST)
    }
    arguments = [
        Argument(
            quotes[tag.verbatim_id],
            tag.reason.name if tag.reason else "",
            tag.reason.public_id if tag.reason else "",
            won.get(tag.reason_id, 0) if tag.reason_id else 0,
        )
        for tag in tags
        if tag.verbatim_id in quotes
    ]
    return tuple(_each_point_once(arguments)[:_BEST_CASE])


def _each_point_once(arguments: Sequence[Argument]) -> list[Argument]:
    said: Counter[str] = Counter()
    turns: list[tuple[int, Argument]] = []
    words: set[str] = set()
    for one in arguments:
        if one.quote.text in words:
            continue
        words.add(one.quote.text)
        turns.append((said[one.reason], one))
        said[one.reason] += 1
    return [one for _, one in sorted(turns, key=lambda turn: turn[0])]


def _strength(tag: Tag) -> tuple[bool, bool, bool]:
    """What decided, then what the interviewer marked, then facts before opinions."""
    return (
        tag.weight is not Weight.DECISIVE,
        not tag.verbatim.is_strong,
        tag.evidence is not Kind.FACT,
    )
