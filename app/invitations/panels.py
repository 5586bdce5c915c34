"""What the page of an interview shows of its letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Viewer
from app.core.edge import settings
from app.core.panels import Panel, register
from app.deals.models import DECIDED
from app.interviews.models import Interview, State
from app.interviews.queries import may_hold
from app.invitations import queries, words


def letters_panel(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    if not may_hold(viewer, interview):
        return None
    row = queries.invitation_of(session, interview)
    may_begin = interview.state is State.PLANNED and interview.deal.outcome in DECIDED
    if row is None and not may_begin:
        return None
    is_due = row is not None and row.next_due_at is not None and row.next_due_at <= clock.now()
    return {
        "interview": interview,
        "row": row,
        "is_due": is_due,
        "by_hand": not settings().smtp_url,
        "words": words,
    }


def register_panels() -> None:
    register(
        Panel(
            slot="interview.aside",
            name="invitation",
            template="invitations/panel.html",
            permission="interviews.hold",
            queries=1,
            context=letters_panel,
            order=40,
        )
    )
