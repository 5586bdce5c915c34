"""What the page of an interview shows of the buyer's link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.buyer import queries
from app.core.access import Viewer
from app.core.panels import Panel, register
from app.interviews.models import Interview
from app.interviews.moves import CALLED_OFF
from app.interviews.queries import may_hold, may_write


def link_panel(session: Session, viewer: Viewer, interview: Interview) -> Mapping[str, Any] | None:
    if not may_hold(viewer, interview) or interview.state in CALLED_OFF:
        return None
    return {"interview": interview, "link": queries.link_of(session, interview)}


def replies_panel(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    """What came by mail and waits for somebody who may read it."""
    if not may_write(viewer, interview):
        return None
    waiting = queries.replies_to_place(session, interview)
    return {"interview": interview, "replies": waiting} if waiting else None


def register_panels() -> None:
    register(
        Panel(
            slot="interview.main",
            name="mail-replies",
            template="buyer/replies_panel.html",
            permission="interviews.hold",
            queries=1,
            context=replies_panel,
            order=10,
        )
    )
    register(
        Panel(
            slot="interview.aside",
            name="buyer-link",
            template="buyer/panel.html",
            permission="interviews.hold",
            queries=1,
            context=link_panel,
            order=50,
        )
    )
