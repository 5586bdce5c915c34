"""The data of the loss themes, for a product team: what spoke against us in deals lost or left
undecided, theme by theme, with what is being done about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.actions import queries as decisions
from app.actions.models import Decision
from app.analytics import choices, figures
from app.analytics.at_stake import Stake, at_stake
from app.analytics.behind_queries import tags_behind
from app.analytics.figures import Counts, SubjectFigure
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import narrow
from app.analytics.queries import Subject, explained_by
from app.analytics.window import Window
from app.core.periods import Quarter
from app.identity.queries import workspace
from app.interviews.confidence import Audience
from app.reports import queries
from app.reports.queries import WrittenParts
from app.reports.quotes import PrintedQuote, Quotes, readable, strongest_first
from app.tagging.codebook.models import ListVersion
from app.tagging.codebook.queries import latest_version
from app.tagging.double_coding.queries import tagged_twice_now
from app.tagging.models import Direction, Tag

#: More tags than this are not looked at for words and competitors, the heaviest first.
_MOST_TAGS = 5_000
_QUOTES_EACH = 2
_RIVALS_EACH = 2
_EASY_LENGTH = 420
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
    written: WrittenParts
    list_version: ListVersion | None

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


def themes_report(
    session: Session, quarter: Quarter, audience: Audience, filters: Filters = EVERYTHING
) -> ThemesReport:
    window = Window.year_to(quarter)
    house = workspace(session)
    found = figures.subject_figures(session, window, Subject.REASON, filters)
    against = [f for f in found.one_way(Direction.AGAINST) if f.focus.deals]
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
        and tag.verbatim.interview.deal.outcome in explained_by(Direction.AGAINST)
    ]
    quotes = readable(audience, tags, with_account=True)
    money = at_stake(session, window.period, narrowed)
    since = queries.first_named(session, ids)
    rivals = _rivals(tags)
    doing = _doing(session, ids)
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
                quotes=_best(quotes.of_reason(figure.subject_id, Direction.AGAINST)),
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
        written=queries.written_parts(session, queries.themes_subject(quarter.token, filters)),
        list_version=latest_version(session),
    )


def _best(quotes: Sequence[PrintedQuote]) -> tuple[PrintedQuote, ...]:
    """The strongest that are easily read, no two of one deal."""
    chosen: list[PrintedQuote] = []
    ordered = sorted(strongest_first(quotes), key=lambda quote: len(quote.text) > _EASY_LENGTH)
    for quote in ordered:
        if len(chosen) < _QUOTES_EACH and all(
            quote.deal_id != one.deal_id and quote.text != one.text for one in chosen
        ):
            chosen.append(quote)
    return tuple(chosen)


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
