"""The data of the quarter's report: the four quarters to it, and the quarter alone, for one
audience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.actions import queries as decisions
from app.actions.models import Decision, DecisionState
from app.actions.reminding import today_of
from app.actions.showing import shown_decision
from app.analytics import decided, figures, showing
from app.analytics.at_stake import AtStake, at_stake
from app.analytics.behind_queries import count_without_reason, tags_behind, tags_without_reason
from app.analytics.decided import CONTESTED, Counts, Overview
from app.analytics.figures import SubjectFigure, SubjectFigures
from app.analytics.past import PastReasons
from app.analytics.queries import Subject, decided_deals, explained_by
from app.analytics.stats.proportions import Bounds, worst_case
from app.analytics.stats.theme import VerdictKind
from app.analytics.window import Window
from app.core import charts
from app.core.db import is_between
from app.core.periods import Period, Quarter
from app.deals.models import Deal, Outcome
from app.deals.money import MoneyTotal, total_in
from app.identity.queries import workspace
from app.interviews.confidence import Audience
from app.reports import queries
from app.reports.lines import five_lines
from app.reports.queries import WrittenParts
from app.reports.quotes import PrintedQuote, Quotes, readable, strongest_first
from app.tagging.codebook.models import ListVersion
from app.tagging.double_coding.queries import tagged_twice_now
from app.tagging.double_coding.struck import struck_reasons
from app.tagging.models import Direction

_REASONS_QUOTED = {Direction.AGAINST: 3, Direction.FOR: 3}
_QUOTES_EACH = 2
_QUOTES_WITHOUT_REASON = 6
_EASY_LENGTH = 420
_SPEAKS_FOR_ITSELF = 40


@dataclass(frozen=True)
class MoneyRow:
    """The amounts of the deals of one outcome."""

    outcome: Outcome
    decided: int
    total: MoneyTotal


@dataclass(frozen=True)
class ReasonInWords:
    """A reason, and what buyers said of it."""

    figure: SubjectFigure
    quotes: tuple[PrintedQuote, ...]


@dataclass(frozen=True)
class WithoutReason:
    """What was said one way and waits for a reason: how many quotes, and some of them."""

    direction: Direction
    count: int
    quotes: tuple[PrintedQuote, ...]


@dataclass(frozen=True)
class AtWorst:
    """A reason's share, whatever the deals not heard would have said."""

    figure: SubjectFigure
    bounds: Bounds


@dataclass(frozen=True)
class Decided:
    """A decision as page one tells it: who does it, how it stands, and what it changed so far."""

    words: str
    owner: str
    due_on: date | None
    state: DecisionState
    theme: str
    #: 'no reliable change yet (...)' once it shipped; empty before.
    change: str
    public_id: str


#: With more decisions and themes than these, page one would become two.
_ROOM_FOR_WORDS = 4


@dataclass(frozen=True)
class PageOne:
    """What page one adds to the five lines."""

    #: Decided from this report.
    decided: tuple[Decided, ...]
    #: Reasons that ask for action and that no decision under way answers.
    open_themes: tuple[SubjectFigure, ...]
    #: Decided from earlier reports.
    led_to: tuple[Decided, ...]
    #: Where nothing was decided before: the reasons to look at again the next time.
    to_watch: tuple[SubjectFigure, ...]

    @property
    def is_full(self) -> bool:
        """Whether the page has no room for words, which follow further on."""
        return len(self.decided) + len(self.open_themes) + len(self.led_to) > _ROOM_FOR_WORDS


@dataclass(frozen=True)
class QuarterReport:
    """Everything that the quarter's report prints, and its JSON holds."""

    quarter: Quarter
    audience: Audience
    company: str
    currency: str
    year: Overview
    reasons: SubjectFigures
    differentiators: SubjectFigures
    competitors: SubjectFigures
    lines: tuple[str, ...]
    page_one: PageOne
    stake: AtStake
    in_words: tuple[ReasonInWords, ...]
    without_reason: tuple[WithoutReason, ...]
    quotes: Quotes
    money: tuple[MoneyRow, ...]
    coverage_by: str
    heard_by: charts.Coverage
    at_worst: AtWorst | None
    written: WrittenParts
    #: The reason list that it was made with, where that is not today's.
    list_version: ListVersion | None
    #: Reasons on which people who tag do not agree.
    left_out: tuple[str, ...]

    @property
    def alone(self) -> Counts:
        """The quarter by itself."""
        return self.year.latest.counts

    @property
    def leading_quotes(self) -> list[PrintedQuote]:
        """For page one: a short quote of the leading reason, against us and for us."""
        found = []
        for direction in _REASONS_QUOTED:
            ways = [one.quotes for one in self.in_words if one.figure.direction is direction]
            ways += [one.quotes for one in self.without_reason if one.direction is direction]
            short = [q for quotes in ways[:1] for q in quotes if len(q.text) <= _EASY_LENGTH]
            found += short[:1]
        return found

    @property
    def is_empty(self) -> bool:
        return not self.year.counts.all_decided

    @property
    def is_provisional(self) -> bool:
        return any(figure.is_provisional for figure in self.reasons.figures)


def quarter_report(session: Session, quarter: Quarter, audience: Audience) -> QuarterReport:
    window = Window.year_to(quarter)
    house = workspace(session)
    year = decided.overview(session, window)
    disputed = struck_reasons(session)
    version = queries.list_of_quarter(session, quarter)
    past = PastReasons(session, window.period, version) if version else None
    reasons = (
        figures.past_reasons(session, window, past, disputed)
        if past
        else figures.compared_reasons(session, window, leave_out=disputed)
    )
    differentiators = figures.subject_figures(session, window, Subject.DIFFERENTIATOR)
    competitors = figures.subject_figures(session, window, Subject.COMPETITOR)
    deals = decided_deals(session, window.period)
    quoted = _reasons_to_quote(reasons)
    quotes = _quotes(session, audience, quoted, window.period, past)
    trait = showing.telling_trait(deals)
    return QuarterReport(
        quarter=quarter,
        audience=audience,
        company=house.company,
        currency=house.currency,
        year=year,
        reasons=reasons,
        differentiators=differentiators,
        competitors=competitors,
        lines=tuple(five_lines(year, reasons, differentiators, competitors)),
        page_one=_page_one(session, quarter, reasons),
        stake=at_stake(session, window.period),
        in_words=_in_words(quoted, quotes),
        without_reason=_without_reason(session, audience, window.period),
        quotes=quotes,
        money=_money(session, house.currency, year),
        coverage_by=trait,
        heard_by=showing.coverage_chart(deals, trait),
        at_worst=_at_worst(reasons),
        written=queries.written_parts(session, queries.quarter_subject(quarter.token)),
        list_version=version,
        left_out=tuple(disputed.values()),
    )


_MOST_OPEN, _MOST_WATCHED, _MOST_LED_TO = 3, 3, 4


def _page_one(session: Session, quarter: Quarter, reasons: SubjectFigures) -> PageOne:
    own = queries.quarter_subject(quarter.token)
    earlier = [queries.quarter_subject(quarter.shifted(-back).token) for back in range(1, 5)]
    rows = decisions.decisions_of_reports(session, [own, *earlier])
    answered = {row.reason_id for row in decisions.decisions_not_dropped(session)}
    against = reasons.one_way(Direction.AGAINST)
    led_to = [row for row in rows if row.report != own]
    return PageOne(
        decided=tuple(_decided(session, row) for row in rows if row.report == own),
        open_themes=tuple(
            figure
            for figure in against
            if figure.verdict.kind is VerdictKind.ACT and figure.subject_id not in answered
        )[:_MOST_OPEN],
        led_to=tuple(_decided(session, row) for row in led_to[:_MOST_LED_TO]),
        to_watch=() if led_to else tuple(against[:_MOST_WATCHED]),
    )


def _decided(session: Session, row: Decision) -> Decided:
    shown = shown_decision(session, row, today_of(session))
    return Decided(
        words=row.words,
        owner=row.owner.name if row.owner else "",
        due_on=row.due_on,
        state=row.state,
        theme=row.theme.name if row.theme else "",
        change=shown.change_words,
        public_id=row.public_id,
    )


def _reasons_to_quote(reasons: SubjectFigures) -> list[SubjectFigure]:
    """Those that weighed most, against us and for us."""
    return [
        figure
        for direction, most in _REASONS_QUOTED.items()
        for figure in [f for f in reasons.one_way(direction) if f.focus.deals][:most]
    ]


def _quotes(
    session: Session,
    audience: Audience,
    quoted: Iterable[SubjectFigure],
    period: Period,
    past: PastReasons | None,
) -> Quotes:
    names = {figure.subject_id: figure.name for figure in quoted}
    if not names:
        return readable(audience, [], with_account=True)
    if past is None:
        tags = tags_behind(session, Subject.REASON, sorted(names), period, tagged_twice_now())
        return readable(audience, tags, with_account=True)
    tags = tags_behind(session, Subject.REASON, past.ids_now(names), period, tagged_twice_now())
    quotes = readable(audience, tags, with_account=True)
    return replace(quotes, shown=tuple(_as_called(quotes.shown, past, names)))


def _as_called(
    shown: Iterable[PrintedQuote], past: PastReasons, names: Mapping[int, str]
) -> Iterator[PrintedQuote]:
    """The quotes of the named reasons, as their tags spoke then."""
    for quote in shown:
        reason_id = past.moved.tags.get(quote.tag_id, quote.reason_id)
        if reason_id is not None and reason_id in names:
            yield replace(quote, reason_id=reason_id, reason=names[reason_id])


def _in_words(quoted: Sequence[SubjectFigure], quotes: Quotes) -> tuple[ReasonInWords, ...]:
    printed: set[int] = set()
    found = []
    for figure in quoted:
        mine = strongest_first(quotes.of_reason(figure.subject_id, figure.direction))
        mine.sort(key=lambda quote: len(quote.text) > _EASY_LENGTH)
        chosen = _different_deals([q for q in mine if q.verbatim_id not in printed])
        printed.update(quote.verbatim_id for quote in chosen)
        if chosen:
            found.append(ReasonInWords(figure, tuple(chosen)))
    return tuple(found)


def _without_reason(
    session: Session, audience: Audience, period: Period
) -> tuple[WithoutReason, ...]:
    counts = count_without_reason(session, period)
    if not counts:
        return ()
    waiting = tags_without_reason(session, period, tagged_twice_now())
    quotes = readable(audience, waiting, with_account=True)
    found = []
    for direction in (Direction.AGAINST, Direction.FOR):
        mine = [quote for quote in quotes.shown if quote.direction is direction]
        easy = [
            q for q in strongest_first(mine) if _SPEAKS_FOR_ITSELF <= len(q.text) <= _EASY_LENGTH
        ]
        if count := counts.get(direction, 0):
            chosen = _different_deals(strongest_first(easy), most=_QUOTES_WITHOUT_REASON)
            found.append(WithoutReason(direction, count, tuple(chosen)))
    return tuple(found)


def _different_deals(
    quotes: Iterable[PrintedQuote], most: int = _QUOTES_EACH
) -> list[PrintedQuote]:
    """A few quotes of a reason, no two of one deal, none word for word like another."""
    chosen: list[PrintedQuote] = []
    for quote in quotes:
        repeats = any(quote.deal_id == c.deal_id or quote.text == c.text for c in chosen)
        if not repeats and len(chosen) < most:
            chosen.append(quote)
    return chosen


def _money(session: Session, currency: str, year: Overview) -> tuple[MoneyRow, ...]:
    decided = year.counts.decided
    return tuple(
        MoneyRow(
            outcome,
            decided[outcome],
            total_in(session, currency, _closed(outcome, year.window.period)),
        )
        for outcome in Outcome
        if decided.get(outcome)
    )


def _closed(outcome: Outcome, period: Period) -> Select[int]:
    return select(Deal.id).where(
        Deal.outcome == outcome, is_between(Deal.closed_on, period.first_day, period.last_day)
    )


def _at_worst(reasons: SubjectFigures) -> AtWorst | None:
    leading = next((f for f in reasons.one_way(Direction.AGAINST) if f.focus.named > 0), None)
    if leading is None:
        return None
    closed = sum(
        reasons.counts.decided.get(outcome, 0)
        for outcome in CONTESTED
        if outcome in explained_by(Direction.AGAINST)
    )
    focus = leading.focus
    return AtWorst(leading, worst_case(focus.named, focus.heard, closed))
