"""What lies ahead in the demo: interviews with a time, and letters that ask for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.buyer.models import BuyerLink
from app.core import clock
from app.core.formats import zone
from app.deals.models import Contact, Deal, DealContact, Outcome
from app.demo import story
from app.guides.models import GuideVersion
from app.interviews.models import Interview, State
from app.invitations.models import Invitation, Letter, Needs
from app.invitations.wording import Step

GUIDE_FOR = {Outcome.WON: "win", Outcome.LOST: "loss", Outcome.NO_DECISION: "no_decision"}


def plan_interviews(
    session: Session, interviewer_id: int, guides: Mapping[str, GuideVersion], until: date
) -> list[Interview]:
    """The account manager's next days: one interview today, two to come, two that letters ask
    for."""
    heard = select(Interview.deal_id)
    deals = session.scalars(
        select(Deal)
        .where(Deal.id.not_in(heard), Deal.outcome.in_(GUIDE_FOR))
        .order_by(Deal.closed_on.desc(), Deal.id.desc())
        .limit(5)
    ).all()
    planned: list[Interview] = []
    days = (0, 1, 3, None, None)
    names = story.load_names()
    for number, (deal, days_ahead) in enumerate(zip(deals, days, strict=False)):
        role, title = story.ROLES[number]
        name = f"{names.first_names[-1 - number]} {names.last_names[number]}"
        contact = Contact(
            account_id=deal.account_id,
            name=name,
            email=f"buyer{number + 1}@customer.example",
            job_title=title,
            time_zone=story.TIME_ZONE,
        )
        session.add(DealContact(deal=deal, contact=contact, buying_role=role))
        interview = Interview(
            deal=deal,
            contact=contact,
            buying_role=role,
            interviewer_id=interviewer_id,
            state=State.PLANNED if days_ahead is None else State.SCHEDULED,
            scheduled_at=None
            if days_ahead is None
            else at_hour(until + timedelta(days=days_ahead), 15 + number),
            time_zone=story.TIME_ZONE,
            guide_version_id=guides[GUIDE_FOR[deal.outcome]].id,
        )
        session.add(interview)
        planned.append(interview)
        deal.is_anonymous = True
        if days_ahead is None:
            _invite(session, interview, number, until)
    session.flush()
    return planned


def _invite(session: Session, interview: Interview, number: int, until: date) -> None:
    """One whose first letter is to be sent now, and one whose letter came back."""
    came_back = number % 2 == 0
    session.add(BuyerLink(interview=interview, expires_at=clock.now() + timedelta(days=180)))
    invitation = Invitation(
        interview=interview,
        next_step=Step.REMINDER_1 if came_back else Step.INVITATION,
        next_due_at=None if came_back else at_hour(until, 9) - timedelta(days=1),
        needs=Needs.CONTACT if came_back else None,
    )
    session.add(invitation)
    if came_back and interview.contact is not None:
        session.add(
            Letter(
                invitation=invitation,
                step=Step.INVITATION,
                to_address=interview.contact.email,
                sent_by_hand_by_name="Jonas Weber",
                written_at=at_hour(until, 9) - timedelta(days=2),
                bounced_at=at_hour(until, 10) - timedelta(days=2),
                bounce_words="550 5.1.1 User unknown",
            )
        )


def at_hour(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone(story.TIME_ZONE))
