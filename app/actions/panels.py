"""What decisions add to earlier pages: the button on a theme's page, and the buyer's wish to hear
what became of it on an interview's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.actions import queries, words
from app.analytics.queries import Subject
from app.core.access import Viewer
from app.core.panels import Panel, register
from app.interviews.models import Interview
from app.market.models import Competitor, Differentiator
from app.tagging.models import Direction, Reason

_SUBJECTS: dict[type[Any], Subject] = {
    Reason: Subject.REASON,
    Competitor: Subject.COMPETITOR,
    Differentiator: Subject.DIFFERENTIATOR,
}


def about_theme(
    session: Session, viewer: Viewer, theme: tuple[Any, Direction, str]
) -> Mapping[str, Any]:
    """The decisions about what the page shows; `theme` is the row, the way and the quarter."""
    row, direction, to = theme
    subject = _SUBJECTS[type(row)]
    return {
        "row": row,
        "subject": subject,
        "direction": direction,
        "to": to,
        "decisions": queries.decisions_about(session, f"{subject.value}_id", row.id, direction),
        "may_decide": viewer.may("actions.decide"),
        "words": words,
    }


def about_interview(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    """Whether the buyer wants to hear what became of it, once they were heard."""
    if not interview.is_heard or interview.contact_id is None:
        return None
    return {"interview": interview, "told": queries.may_be_told(session, interview.id)}


def register_panels() -> None:
    register(
        Panel(
            slot="figures.theme",
            name="decisions",
            template="actions/theme_panel.html",
            permission="actions.view",
            queries=1,
            context=about_theme,
        )
    )
    register(
        Panel(
            slot="interview.aside",
            name="may_be_told",
            template="actions/interview_panel.html",
            permission="interviews.hold",
            queries=1,
            context=about_interview,
        )
    )
