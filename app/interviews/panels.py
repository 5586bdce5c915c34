"""What interviews add to the pages of earlier rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.deals.models import Deal
from app.interviews import queries, words
from app.interviews.confidence import sight_of


def interviews_of_deal(session: Session, viewer: Viewer, deal: Deal) -> Mapping[str, Any]:
    """The deal's interviews, and the way to a new one."""
    interviews = queries.interviews_of_deal(session, viewer, deal)
    return {
        "deal": deal,
        "rows": [(interview, sight_of(viewer, interview)) for interview in interviews],
        "may_add": viewer.may("interviews.hold"),
        "words": words,
        "viewer": viewer,
    }


def register_panels() -> None:
    register(
        Panel(
            slot="deal.interviews",
            name="interviews",
            template="interviews/deal_panel.html",
            permission="interviews.view",
            queries=1,
            context=interviews_of_deal,
        )
    )
