"""The way from the interview to its feedback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.feedback.queries import has_feedback
from app.interviews.models import Interview


def feedback_link(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    if interview.interviewer_id != viewer.user_id or not has_feedback(session, interview):
        return None
    return {"interview": interview}


def register_panels() -> None:
    """On the interview's page, and on the screen that follows who is who."""
    for slot in ("interview.aside", "transcript.after"):
        register(
            Panel(
                slot=slot,
                name="feedback",
                template="feedback/link.html",
                permission="interviews.hold",
                queries=1,
                context=feedback_link,
            )
        )
