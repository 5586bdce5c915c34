"""What home asks of the rooms before it."""

from __future__ import annotations

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.deals.models import DECIDED, Contact, Deal, DealContact
from app.home.estimates import ClosedDeals
from app.home.steps import Progress
from app.identity.models import Workspace
from app.identity.queries import workspace
from app.interviews.models import Interview


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
