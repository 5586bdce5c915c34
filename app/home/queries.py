"""What home asks of the rooms before it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import Viewer
from app.deals.models import DECIDED, Contact, Deal, DealContact
from app.home.estimates import ClosedDeals
from app.home.steps import Progress
from app.identity.models import Workspace
from app.identity.queries import workspace
from app.interviews.models import Interview, State
from app.interviews.moves import AHEAD
from app.tagging.models import FinishReason

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
    """This person's interviews that ask something of them: ahead, under way, or held and without
    reasons yet; the earliest first, those without a time last."""
    finished = select(FinishReason.id).where(FinishReason.interview_id == Interview.id).exists()
    return session.scalars(
        select(Interview)
        .join(Interview.deal)
        .where(
            Interview.interviewer_id == viewer.user_id,
            or_(Interview.state.in_(AHEAD), and_(Interview.state == State.HELD, ~finished)),
        )
        .options(
            contains_eager(Interview.deal).joinedload(Deal.account),
            joinedload(Interview.contact),
        )
        .order_by(Interview.scheduled_at.asc().nulls_last(), Interview.id)
        .limit(MOST_OPEN)
    ).all()


def closed_deals(session: Session) -> list[ClosedDeals]:
    """Closed deals by outcome, and how many of them have a contact who may be written to."""
    reachable = (
        select(DealContact.deal_id)
        .join(Contact, Contact.id == DealContact.contact_id)
        .where(Contact.email != "", Contact.do_not_contact.is_(False))
    )
    reached = func.sum(case((Deal.id.in_(reachable), 1), else_=0))
    rows = session.execute(
        select(Deal.outcome, func.count(), reached)
        .where(Deal.outcome.in_(DECIDED))
        .group_by(Deal.outcome)
    )
    return [ClosedDeals(row[0], row[1], row[2]) for row in rows]
