"""Everything that a search finds in quotes, as a table: for a spreadsheet, never with a formula."""

from __future__ import annotations

from collections.abc import Iterator, Set

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.deals.access import title_for
from app.deals.words import OUTCOME_WORDS
from app.interviews.confidence import is_exact, sight_of
from app.interviews.models import Interview, Scope
from app.interviews.words import BUYING_ROLES
from app.search import queries
from app.search.asking import Asked
from app.search.filters import conditions

COLUMNS = (
    "Quote",
    "The buyer's exact words",
    "Reasons",
    "Who",
    "Part in the decision",
    "Deal",
    "Outcome",
    "Closed on",
)
_BATCH = 2500


def rows(session: Session, viewer: Viewer, asked: Asked) -> Iterator[list[object]]:
    """A row for each quote, newest first, read as it is used."""
    narrowed = conditions(session, asked.filters)
    told: dict[tuple[int, Scope | None], list[str]] = {}
    page = queries.find_quotes(session, viewer, asked, narrowed, after=None, size=_BATCH)
    while page:
        told |= _told_of(session, viewer, {(q.interview_id, q.scope) for q in page} - told.keys())
        reasons = queries.reasons_of(session, [quote.id for quote in page])
        for quote in page:
            yield [
                quote.text,
                "yes" if is_exact(quote) else "no, noted by the interviewer",
                "; ".join(reasons.get(quote.id, [])),
                *told[quote.interview_id, quote.scope],
            ]
        session.expunge_all()
        if len(page) < _BATCH:
            return
        after = page[-1].document_id
        page = queries.find_quotes(session, viewer, asked, narrowed, after=after, size=_BATCH)


def _told_of(
    session: Session, viewer: Viewer, of: Set[tuple[int, Scope | None]]
) -> dict[tuple[int, Scope | None], list[str]]:
    """What a row says of the interview and its deal, by the interview and the quote's scope."""
    found = queries.interviews_shown(session, {interview_id for interview_id, _ in of})
    by_id = {interview.id: interview for interview in found}
    return {key: _told(viewer, by_id[key[0]], key[1]) for key in of}


def _told(viewer: Viewer, interview: Interview, scope: Scope | None) -> list[str]:
    deal = interview.deal
    contact = interview.contact if sight_of(viewer, interview, scope).name else None
    return [
        contact.name if contact is not None else "",
        BUYING_ROLES[interview.buying_role] if interview.buying_role else "",
        title_for(viewer, deal),
        OUTCOME_WORDS[deal.outcome],
        deal.closed_on.isoformat() if deal.closed_on else "",
    ]
