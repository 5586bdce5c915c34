"""One interviewer's day: what is known of each interview, gathered before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.deals.models import Outcome
from app.guides.models import GuideVersion
from app.guides.queries import choose_guide
from app.interviews.models import Interview
from app.interviews.queries import may_write
from app.scheduling import queries
from app.scheduling.models import Booking


@dataclass(frozen=True)
class Appointment:
    """One interview of the day. Without a booking its time was set by hand."""

    interview: Interview
    booking: Booking | None
    guide: GuideVersion | None
    competitors: Sequence[str]
    may_begin: bool

    @property
    def is_reopened(self) -> bool:
        return self.interview.deal.outcome is Outcome.OPEN


def day_of(session: Session, viewer: Viewer, begin: datetime, end: datetime) -> list[Appointment]:
    """What the viewer holds between the two, the earliest first."""
    interviews = queries.held_by(session, viewer.user_id, begin, end)
    bookings = queries.bookings_by_interview(session, [row.id for row in interviews])
    rivals = queries.competitors_of(session, [row.deal_id for row in interviews])
    guides: dict[tuple[str, int], GuideVersion | None] = {}
    found = []
    for row in interviews:
        kind = (row.deal.outcome.value, row.minutes)
        if row.guide_version is None and kind not in guides:
            guides[kind] = choose_guide(session, *kind)
        found.append(
            Appointment(
                interview=row,
                booking=bookings.get(row.id),
                guide=row.guide_version or guides[kind],
                competitors=rivals.get(row.deal_id, []),
                may_begin=may_write(viewer, row),
            )
        )
    return found
