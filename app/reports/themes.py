"""The data of the loss themes, for a product team: what spoke against us in deals lost or left
undecided, theme by theme, with what is being done about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.actions import queries as decisions
from app.actions.models import Decision
from app.analytics import choices, figures
from app.analytics.at_stake import Stake, at_stake
from app.analytics.behind_queries import tags_behind
from app.analytics.decided import Counts
from app.analytics.few import FEWEST_ACCOUNTS, names_few
from app.analytics.figures import SubjectFigure
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import narrow
from app.analytics.queries import Subject, explained_by
from app.analytics.window import Window
from app.core.periods import Quarter
from app.deals.models import Outcome
from app.identity.queries import workspace
from app.interviews.confidence import Audience
from app.reports import queries
from app.reports.queries import WrittenParts
from app.reports.quotes import PrintedQuote, Quotes, readable, strongest_first
from app.tagging.codebook.models import ListVersion
from app.tagging.codebook.queries import latest_version
from app.tagging.double_coding.queries import tagged_twice_now
from app.tagging.double_coding.struck import struck_reasons
from app.tagging.models import Direction, Tag

#: More tags than this are not looked at for words and competitors, the heaviest first.
_MOST_TAGS = 5_000
_QUOTES_EACH = 2
_RIVALS_EACH = 2
_TOLD, _TOLD_AT_LEAST = 12, 3
#: Shorter ones ('hard to read') say no more than the theme's name.
_TELLING_LENGTH, _EASY_LENGTH = 30, 280
PRODUCT = "product"


@dataclass(frozen=True)
class Rival:
    """A competitor whom buyers named in the same breath."""

    name: str
    deals: int


@dataclass(frozen=True)
class Doing:
    """A decision about the theme, as it stands."""

    words: str
    owner: str
    state: str
    decision: Decision


@dataclass(frozen=True)
class LossTheme:
    """One theme: half a page."""

    figure: SubjectFigure
    #: None where no buyer said that they would have chosen us without it.
    stake: Stake | None
    quotes: tuple[PrintedQuote, ...]
    #: The same said in a deal that was won all the same; None where no such words may be shown.
    counter_quote: PrintedQuote | None
    rivals: tuple[Rival, ...]
    since: Quarter | None
    doing: tuple[Doing, ...]


@dataclass(frozen=True)
class ThemesReport:
    """Everything that the loss themes print, and their JSON holds."""

    quarter: Quarter
    window: Window
    audience: Audience
    filters: Filters
    #: The filters in words, such as 'Segment: Enterprise'.
    only: tuple[str, ...]
    company: str
    currency: str
    counts: Counts
    themes: tuple[LossTheme, ...]
    stake: Stake
    quotes: Quotes
    #: Themes on which those who tag do not agree.
    left_out: tuple[str, ...]
    written: WrittenParts
    list_version: ListVersion | None

    @property
    def told(self) -> tuple[LossTheme, ...]:
        """Those that have half a page each: the heaviest of more than one deal, three at least."""
        most = self.themes[:_TOLD]
        return tuple(
            theme
            for place, theme in enumerate(most)
            if theme.figure.focus.deals > 1 or place < _TOLD_AT_LEAST
        )

    @property
    def won_heard(self) -> int:
        return self.counts.heard.get(Outcome.WON, 0)

    @property
    def has_stake(self) -> bool:
        """Whether any buyer said that they would have chosen us, had it been otherwise."""
        return self.stake.deals > 0

    @property
    def printed_quotes(self) -> Iterator[PrintedQuote]:
        for theme in self.themes:
            yield from theme.quotes
            if theme.counter_quote:
                yield theme.counter_quote

    @property
    def product(self) -> str:
        """The products that it is narrowed to, in words; empty for all."""
        return ", ".join(self.filters.values(PRODUCT))

    @property
    def heard(self) -> int:
        return sum(self.counts.heard.get(o, 0) for o in explained_by(Direction.AGAINST))

    @property
    def decided(self) -> int:
        return sum(self.counts.decided.get(o, 0) for o in explained_by(Direction.AGAINST))


class TooFewBuyers(ValueError):
    """So narrowed that buyers could be known: kept back whoever asks, its readers are others."""


def refuse_few(session: Session, quarter: Quarter, filters: Filters) -> None:
    """Raises TooFewBuyers."""
    if names_few(session, Window.year_to(quarter), filters):
        raise TooFewBuyers(
            f"So narrowed, buyers of fewer than {FEWEST_ACCOUNTS} companies are left, or left over:"
            " they could be known by what they said."
        )


def themes_report(
    session: Session, quarter: Quarter, audience: Audience, filters: Filters = EVERYTHING
) -> ThemesReport:
    """Raises TooFewBuyers."""
    refuse_few(session, quarter, filters)
    window = Window.year_to(quarter)
    house = workspace(session)
    found = figures.subject_figures(session, window, Subject.REASON, filters)
    disputed = struck_reasons(session)
    named = [f for f in found.one_way(Direction.AGAINST) if f.focus.deals]
    against = [figure for figure in named if figure.subject_id not in disputed]
    narrowed = narrow(session, filters)
    ids = [figure.subject_id for figure in against]
    tags = [
        tag
        for tag in tags_behind(
            session,
            Subject.REASON,
            ids,
            window.period,
            tagged_twice_now(),
            _MOST_TAGS,
            narrowed=narrowed,
        )
        if tag.direction is Direction.AGAINST
        and tag.verbatim.interview.deal.outcome in (*explained_by(Direction.AGAINST), Outcome.WON)
    ]
    quotes = readable(audience, tags, with_account=True)
    won = {tag.id for tag in tags if tag.verbatim.interview.deal.outcome is Outcome.WON}
    money = at_stake(session, window.period, narrowed)
    since = queries.first_named(session, ids)
    rivals = _rivals(tag for tag in tags if tag.id not in won)
    doing = _doing(session, ids)
    printed: set[str] = set()
    return ThemesReport(
        quarter=quarter,
        window=window,
        audience=audience,
        filters=filters,
        only=tuple(one.words for one in choices.in_force(session, filters)),
        company=house.company,
        currency=house.currency,
        counts=found.counts,
        themes=tuple(
            LossTheme(
                figure=figure,
                stake=money.by_reason.get(figure.subject_id),
                quotes=_best(_quotes_of(figure, quotes, won, are_won=False), _QUOTES_EACH, printed),
                counter_quote=_counter(_quotes_of(figure, quotes, won, are_won=True), printed),
                rivals=rivals.get(figure.subject_id, ()),
                since=Quarter.containing(since[figure.subject_id], house.fiscal_year_first_month)
                if figure.subject_id in since
                else None,
                doing=doing.get(figure.subject_id, ()),
            )
            for figure in against
        ),
        stake=money.together,
        quotes=quotes,
        left_out=tuple(figure.name for figure in named if figure.subject_id in disputed),
        written=queries.written_parts(session, queries.themes_subject(quarter.token, filters)),
        list_version=latest_version(session),
    )


def _quotes_of(
    figure: SubjectFigure, quotes: Quotes, won: Collection[int], *, are_won: bool
) -> list[PrintedQuote]:
    """What was said of it against us, in deals that were won or in the others."""
    said = quotes.of_reason(figure.subject_id, Direction.AGAINST)
    return [quote for quote in said if (quote.tag_id in won) is are_won]


def _best(quotes: Sequence[PrintedQuote], most: int, printed: set[str]) -> tuple[PrintedQuote, ...]:
    """The strongest that tell something, are easily read and were not `printed` with another
    theme, no two of one deal."""
    chosen: list[PrintedQuote] = []
    ordered = sorted(
        strongest_first(quotes),
        key=lambda quote: (
            quote.text in printed,
            not _TELLING_LENGTH <= len(quote.text) <= _EASY_LENGTH,
        ),
    )
    for quote in ordered:
        if len(chosen) < most and all(
            quote.deal_id != one.deal_id and quote.text != one.text for one in chosen
        ):
            chosen.append(quote)
    printed.update(quote.text for quote in chosen)
    return tuple(chosen)


def _counter(quotes: Sequence[PrintedQuote], printed: set[str]) -> PrintedQuote | None:
    """One that leaves its theme within half a page."""
    short = [quote for quote in quotes if len(quote.text) <= _EASY_LENGTH]
    return next(iter(_best(short, 1, printed)), None)


def _rivals(tags: Iterable[Tag]) -> dict[int, tuple[Rival, ...]]:
    """By reason, the competitors whom the same tags name, by how many deals did."""
    deals: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for tag in tags:
        if tag.competitor is not None and tag.reason_id is not None:
            deals[tag.reason_id][tag.competitor.name].add(tag.verbatim.interview.deal_id)
    return {
        reason_id: tuple(
            sorted(
                (Rival(name, len(ids)) for name, ids in found.items()),
                key=lambda rival: (-rival.deals, rival.name),
            )[:_RIVALS_EACH]
        )
        for reason_id, found in deals.items()
    }


def _doing(session: Session, reason_ids: Sequence[int]) -> dict[int, tuple[Doing, ...]]:
    found: dict[int, list[Doing]] = defaultdict(list)
    for row in decisions.decisions_about_reasons(session, reason_ids):
        if row.reason_id is not None:
            owner = row.owner.name if row.owner else ""
            found[row.reason_id].append(Doing(row.words, owner, row.state.value, row))
    return {reason_id: tuple(rows) for reason_id, rows in found.items()}
