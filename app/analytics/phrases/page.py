"""The phrases of winning buyers as a page shows them: each with its quotes, as far as the viewer
may read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.analytics.behind_queries import deals_seen, tags_of_quotes
from app.analytics.decided import CONTESTED
from app.analytics.evidence import ShownQuote, shown_quotes
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import narrow
from app.analytics.phrases import queries
from app.analytics.phrases.finding import Found, find
from app.analytics.phrases.models import PhraseDecision
from app.analytics.queries import decided_deals
from app.analytics.window import Window
from app.core.access import Viewer
from app.deals.models import Outcome
from app.tagging.double_coding.queries import blind
from app.tagging.models import Tag


@dataclass(frozen=True)
class ShownPhrase:
    """A phrase with its quotes, and how these are tagged so far."""

    found: Found
    quotes: tuple[ShownQuote, ...]
    other_quotes: int
    #: The reasons of its quotes, the most usual first, each with how many quotes have it.
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Phrases:
    """What winning buyers repeat, and what was decided about earlier phrases."""

    phrases: tuple[ShownPhrase, ...]
    won_heard: int
    others_heard: int
    decisions: tuple[PhraseDecision, ...]


def phrases_of(
    session: Session, viewer: Viewer, window: Window, filters: Filters = EVERYTHING
) -> Phrases:
    narrowed = narrow(session, filters)
    heard = [
        deal
        for deal in decided_deals(session, window.period, narrowed)
        if deal.interviews and deal.outcome in CONTESTED
    ]
    won_heard = sum(deal.outcome is Outcome.WON for deal in heard)
    others_heard = len(heard) - won_heard
    here = {deal.deal_id for deal in heard}
    quotes = [
        one
        for one in queries.confirmed_quotes(session, window.period, narrowed)
        if one.deal_id in here
    ]
    found = find(
        quotes,
        won_heard=won_heard,
        others_heard=others_heard,
        known=queries.words_known(session),
        names=queries.names_known(session, quotes),
        decided=queries.decided_keys(session),
    )
    tags = tags_of_quotes(
        session,
        [one for phrase in found for one in phrase.quote_ids],
        window.period,
        blind(viewer),
        narrowed,
    )
    visible = deals_seen(session, viewer, (tag.verbatim.interview.deal_id for tag in tags))
    shown, _ = shown_quotes(session, viewer, tags, visible)
    return Phrases(
        phrases=tuple(_shown(phrase, shown, tags) for phrase in found),
        won_heard=won_heard,
        others_heard=others_heard,
        decisions=tuple(queries.decisions(session)),
    )


def _shown(found: Found, quotes: dict[int, ShownQuote], tags: Sequence[Tag]) -> ShownPhrase:
    own = set(found.quote_ids)
    readable = tuple(quotes[one] for one in found.quote_ids if one in quotes)
    reasons = Counter(
        tag.reason.name for tag in tags if tag.verbatim_id in own and tag.reason is not None
    )
    return ShownPhrase(found, readable, len(own) - len(readable), tuple(reasons.most_common(3)))
