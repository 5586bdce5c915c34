"""Everything that a search finds in quotes, as a table: for a spreadsheet, never with a formula."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.deals.access import title_for
from app.deals.words import OUTCOME_WORDS
from app.interviews.confidence import is_exact, sight_of
from app.interviews.words import BUYING_ROLES
from app.search import queries
from app.search.asking import Asked
from app.search.filters import conditions
from app.search.models import Kind
from app.search.queries import Hit

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
_BATCH = 500


def rows(session: Session, viewer: Viewer, asked: Asked) -> Iterator[list[object]]:
    """A row for each quote, newest first, read as it is used."""
    narrowed = conditions(session, asked.filters)
    after: int | None = None
    while True:
        page = queries.find(session, viewer, asked, narrowed, Kind.QUOTE, after=after, size=_BATCH)
        reasons = queries.reasons_of(session, [hit.document.verbatim_id for hit in page.hits])
        for hit in page.hits:
            yield _row(viewer, hit, reasons)
        after = page.after
        session.expunge_all()
        if after is None:
            return


def _row(viewer: Viewer, hit: Hit, reasons: dict[int, list[str]]) -> list[object]:
    quote, interview = hit.document.verbatim, hit.interview
    assert quote is not None
    assert interview is not None
    deal = interview.deal
    sight = sight_of(viewer, interview, quote.scope)
    contact = interview.contact if sight.name else None
    return [
        quote.text,
        "yes" if is_exact(quote.answer) else "no, noted by the interviewer",
        "; ".join(reasons.get(quote.id, [])),
        contact.name if contact is not None else "",
        BUYING_ROLES[interview.buying_role] if interview.buying_role else "",
        title_for(viewer, deal),
        OUTCOME_WORDS[deal.outcome],
        deal.closed_on.isoformat() if deal.closed_on else "",
    ]
