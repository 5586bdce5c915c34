"""What tagging adds to the pages of earlier rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.interviews import queries as interviews
from app.interviews.models import Interview, State


def finish_button(
    _session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    """Finish, while the interview is being held."""
    may_finish = interview.state is State.IN_PROGRESS and interviews.may_hold(viewer, interview)
    return {"interview": interview} if may_finish else None


def register_panels() -> None:
    register(
        Panel(
            slot="interview.actions",
            name="finish",
            template="tagging/finish_button.html",
            permission="interviews.hold",
            queries=0,
            context=finish_button,
        )
    )
    register(
        Panel(
            slot="interviews.actions",
            name="import",
            template="tagging/import_link.html",
            permission="interviews.import",
            queries=0,
            context=lambda _session, _viewer, _subject: {},
        )
    )
