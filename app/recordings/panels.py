"""What recordings add to the page of an interview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.interviews.models import Interview
from app.interviews.queries import may_write
from app.recordings import queries
from app.recordings.media import ENDINGS
from app.recordings.models import RecordingState


def recordings_panel(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    """To hear what is there, and to attach; nothing for whoever may do neither."""
    may_change = may_write(viewer, interview)
    if not may_change and not queries.may_hear(viewer, interview):
        return None
    recordings = queries.recordings_of(session, interview)
    if not may_change:
        recordings = [each for each in recordings if each.state is RecordingState.COMPLETE]
        if not recordings:
            return None
    return {
        "interview": interview,
        "recordings": recordings,
        "may_change": may_change,
        "may_hear": queries.may_hear(viewer, interview),
        "endings": ENDINGS,
    }


def player_beside_transcript(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    if not queries.may_hear(viewer, interview):
        return None
    recording = queries.heard_with(session, interview)
    return {"recording": recording} if recording else None


def register_panels() -> None:
    register(
        Panel(
            slot="transcript.player",
            name="recording",
            template="recordings/beside_transcript.html",
            permission="interviews.view",
            queries=1,
            context=player_beside_transcript,
        )
    )
    register(
        Panel(
            slot="interview.main",
            name="recordings",
            template="recordings/panel.html",
            permission="interviews.view",
            queries=2,
            context=recordings_panel,
            order=80,
        )
    )
