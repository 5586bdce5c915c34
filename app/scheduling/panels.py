"""What the page of an interview shows of its time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.deals.models import Outcome
from app.interviews.models import Channel, Interview, State
from app.interviews.queries import may_hold
from app.scheduling import queries


def booking_panel(
    session: Session, viewer: Viewer, interview: Interview
) -> Mapping[str, Any] | None:
    if not may_hold(viewer, interview):
        return None
    is_call = interview.channel is not Channel.WRITTEN
    if interview.state not in (State.SCHEDULED, State.IN_PROGRESS) or not is_call:
        return None
    return {
        "interview": interview,
        "booking": queries.booking_of(session, interview),
        "time_zone": viewer.time_zone,
        "is_reopened": interview.deal.outcome is Outcome.OPEN,
    }


def register_panels() -> None:
    register(
        Panel(
            slot="interview.aside",
            name="booking",
            template="scheduling/panel.html",
            permission="interviews.hold",
            queries=1,
            context=booking_panel,
            order=40,
        )
    )
