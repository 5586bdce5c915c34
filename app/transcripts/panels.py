"""What transcripts add to the page of an interview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.interviews import queries as interviews
from app.interviews.answering import OPEN_STATES
from app.interviews.models import Interview, State
from app.transcripts import queries

_MAY_COME_IN = (*OPEN_STATES, State.PLANNED, State.SCHEDULED)


def transcript_of_interview(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    """The way to the transcript, or to bringing one in, for whoever may write the words down."""
    if not interviews.may_write(viewer, interview):
        return None
    transcript = queries.transcript_of(session, interview)
    if transcript is None and interview.state not in _MAY_COME_IN:
        return None
    return {
        "interview": interview,
        "transcript": transcript,
        "open": queries.count_open_drafts(session, transcript) if transcript else 0,
    }


def register_panels() -> None:
    register(
        Panel(
            slot="interview.aside",
            name="transcript",
            template="transcripts/panel.html",
            permission="interviews.hold",
            queries=2,
            context=transcript_of_interview,
        )
    )
