"""Quotes that lost their place when the answer was changed: a person decides."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.events import publish
from app.tagging import evidence, queries
from app.tagging.events import QuotesMade
from app.tagging.models import Tag, Verbatim
from app.tagging.operations import check_span


def place_quote(session: Session, actor: Actor, quote: Verbatim, start: int, end: int) -> Verbatim:
    """Put the quote where it belongs now; one that stands there already takes its tags over.
    Raises CannotTag."""
    answer = quote.answer
    check_span(answer, start, end)
    other = queries.quote_at(session, answer, start, end)
    if other is None or other is quote:
        quote.start, quote.end, quote.revision = start, end, answer.revision
        quote.text = answer.text[start:end]
        quote.has_lost_place = False
        placed = quote
    else:
        session.execute(update(Tag).where(Tag.verbatim_id == quote.id).values(verbatim_id=other.id))
        other.is_strong = other.is_strong or quote.is_strong
        session.delete(quote)
        placed = other
    audit.record(session, actor, "quote.placed_again", placed)
    publish(session, QuotesMade([placed]))
    evidence.refresh_interviews(session, [placed.interview_id])
    return placed


def drop_quote(session: Session, actor: Actor, quote: Verbatim) -> None:
    """Take the quote away with its tags."""
    interview_id = quote.interview_id
    audit.record(session, actor, "quote.dropped", quote)
    session.delete(quote)
    evidence.refresh_interviews(session, [interview_id])
