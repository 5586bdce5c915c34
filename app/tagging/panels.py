"""What tagging adds to the pages of earlier rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.deals.models import Deal
from app.interviews import queries as interviews
from app.interviews import words as interview_words
from app.interviews.models import Interview, State
from app.recordings.queries import moments_of
from app.tagging.deal_reasons import may_open, quotes_shown, reasons_of_deal
from app.tagging.double_coding.queries import is_reading_blind
from app.tagging.two_voices import two_voices


def finish_button(
    _session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    """Finish, while the interview is being held."""
    may_finish = interview.state is State.IN_PROGRESS and interviews.may_hold(viewer, interview)
    return {"interview": interview} if may_finish else None


def tag_button(_session: Session, viewer: Viewer, interview: Interview) -> Mapping[str, Any] | None:
    """Tag it, once it was held, for whoever may read the words."""
    return {"interview": interview} if may_open(viewer, interview) else None


def deal_reasons(session: Session, viewer: Viewer, deal: Deal) -> Mapping[str, Any] | None:
    """Why the deal went as it did, once a buyer was heard."""
    rows = interviews.interviews_of_deal(session, viewer, deal)
    heard = [row for row in rows if row.is_heard]
    if not heard:
        return None
    if viewer.may("tagging.tag") and is_reading_blind(session, viewer, heard):
        return {"is_blind": True}
    reasons = reasons_of_deal(session, viewer, heard)
    return {
        "is_blind": False,
        "reasons": reasons,
        "not_shown": sum(not may_open(viewer, row) for row in heard),
        "words": interview_words,
        "voices": two_voices(reasons),
        "moments": moments_of(session, viewer, quotes_shown(reasons)),
    }


def register_panels() -> None:
    for panel in (
        Panel(
            slot="interview.actions",
            name="finish",
            template="tagging/finish_button.html",
            permission="interviews.hold",
            queries=0,
            context=finish_button,
        ),
        Panel(
            slot="interview.actions",
            name="tag",
            template="tagging/tag_button.html",
            permission="tagging.tag",
            queries=0,
            context=tag_button,
        ),
        Panel(
            slot="deal.reasons",
            name="reasons",
            template="tagging/deal_panel.html",
            permission="interviews.view",
            queries=5,
            context=deal_reasons,
        ),
        Panel(
            slot="interviews.actions",
            name="import",
            template="tagging/import_link.html",
            permission="interviews.import",
            queries=0,
            context=lambda _session, _viewer, _subject: {},
        ),
    ):
        register(panel)
