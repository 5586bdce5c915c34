"""What home asks of the rooms before it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import Viewer
from app.deals.models import Deal
from app.home.steps import Progress
from app.identity.models import Workspace
from app.identity.queries import workspace
from app.interviews.models import Interview
from app.interviews.moves import AHEAD

MOST_OPEN = 100


def progress(session: Session) -> Progress:
    """How far this workspace is with its first steps."""
    return progress_of(session, workspace(session))


def progress_of(session: Session, company: Workspace) -> Progress:
    has_deals, has_interviews = session.execute(
        select(select(Deal.id).exists(), select(Interview.id).exists())
    ).one()
    return Progress.of(
        company.steps_done,
        company.steps_skipped,
        deals=bool(has_deals),
        interviews=bool(has_interviews),
    )


def open_interviews_of(session: Session, viewer: Viewer) -> Sequence[Interview]:
    """This person's interviews ahead or under way, the earliest first, those without a time
    last."""
    return session.scalars(
        select(Interview)
        .join(Interview.deal)
        .where(Interview.interviewer_id == viewer.user_id, Interview.state.in_(AHEAD))
        .options(
            contains_eager(Interview.deal).joinedload(Deal.account),
            joinedload(Interview.contact),
        )
        .order_by(Interview.scheduled_at.asc().nulls_last(), Interview.id)
        .limit(MOST_OPEN)
    ).all()
