"""What other pages show of thanks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.interviews.models import Interview
from app.interviews.queries import may_hold
from app.programmes.models import Programme
from app.thanks import queries, words


def thanks_panel(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    """What the buyer is given; for whoever holds the interview, and whoever runs the programme."""
    if not interview.is_heard or not may_hold(viewer, interview):
        return None
    row = queries.thanks_for(session, interview)
    may_edit = viewer.may("thanks.edit")
    if row is None and not may_edit:
        return None
    return {"interview": interview, "row": row, "may_edit": may_edit, "words": words}


def rule_panel(session: Session, _viewer: Viewer, programme: Programme) -> Mapping[str, Any] | None:
    rule = queries.rule_of(session, programme.id)
    return {"programme": programme, "rule": rule, "words": words}


def register_panels() -> None:
    register(
        Panel(
            slot="interview.aside",
            name="thanks",
            template="thanks/interview_panel.html",
            permission="interviews.hold",
            queries=1,
            context=thanks_panel,
            order=60,
        )
    )
    register(
        Panel(
            slot="programme.aside",
            name="thanks",
            template="thanks/programme_panel.html",
            permission="thanks.edit",
            queries=1,
            context=rule_panel,
        )
    )
