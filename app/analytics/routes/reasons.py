"""The page of reasons: what decided, what set won and lost apart, and how sure it is."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from app.analytics import few, tables
from app.analytics.by_interviewer import ByInterviewer, by_interviewer
from app.analytics.figures import SHOWN_OUTCOMES, SubjectFigures
from app.analytics.reasons import reasons
from app.analytics.routes import files
from app.analytics.routes.shown import Shown, page
from app.analytics.stats.theme import RULE
from app.core.access import NotFound, Viewer, viewer
from app.core.edge import current_session
from app.core.spreadsheets import Sheet
from app.interviews.words import BUYING_ROLES
from app.tagging.double_coding.struck import struck_reasons
from app.tagging.models import Direction

VIEWS = {
    "weight": "What weighs most",
    "apart": "Won and lost apart",
    "layers": "First answers, facts and opinions",
    "money": "Money at stake",
    "reach": "How far it reaches",
}
_MOST_ROWS = 5


def reasons_page(shown: Shown) -> str:
    view = request.args.get("view", "weight")
    if view not in VIEWS:
        raise NotFound
    found = reasons(current_session(), shown.window, shown.filters)
    return page(
        "analytics/reasons.html",
        shown,
        page_of="reasons",
        reasons=found,
        views=VIEWS,
        view=view,
        most=_MOST_ROWS,
        outcomes=[o for o in SHOWN_OUTCOMES if o in (shown.filters.outcomes or SHOWN_OUTCOMES)],
        ways=[way for way in (Direction.AGAINST, Direction.FOR) if found.in_order(way)],
        widest=max(
            (f.focus.interval.high for f in found.found.figures if f.focus.named), default=1.0
        ),
        rule=RULE,
        role_words=BUYING_ROLES,
        by_interviewer=_by_interviewer(shown, found.found) if view == "reach" else None,
        merged=lambda groups: few.merged(viewer(), groups),
        disputed=struck_reasons(current_session()),
    )


def _by_interviewer(shown: Shown, reasons: SubjectFigures) -> ByInterviewer | None:
    """None where a side is so small that its buyers could be known."""
    found = by_interviewer(current_session(), reasons, shown.filters)
    fewest = min(found.deals_heard_by_seller, found.deals_heard_by_others)
    return found if few.knows_who(viewer()) or fewest >= few.FEWEST_ACCOUNTS else None


@files.tables_of("reasons")
def reasons_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    return tables.reasons_tables(reasons(session, shown.window, shown.filters))
