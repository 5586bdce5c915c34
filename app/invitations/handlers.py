"""What letters do when something happens to their interview."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.events import on
from app.deals.models import DECIDED
from app.interviews.events import InterviewHeld, InterviewMoved
from app.interviews.models import Channel, Interview, State
from app.invitations import operations, queries
from app.invitations.models import Ended, Invitation
from app.programmes.events import SelectionApproved

_LETTERS = select(Invitation.id).where(Invitation.interview_id == bindparam("interview_id"))


@on(InterviewMoved, if_any=_LETTERS.where(Invitation.ended.is_(None)))
def stop_asking(session: Session, event: InterviewMoved) -> None:
    """A time was taken, something was written, or it will not take place."""
    interview = session.get_one(Interview, event.interview_id)
    invitation = queries.invitation_of(session, interview)
    why = _why(interview)
    if invitation is not None and why is not None:
        operations.end(session, invitation, why)


@on(InterviewHeld, if_any=_LETTERS)
def thank(session: Session, event: InterviewHeld) -> None:
    interview = session.get_one(Interview, event.interview_id)
    invitation = queries.invitation_of(session, interview)
    if invitation is not None and not queries.has_thanked(session, invitation):
        operations.thank_later(session, invitation)


@on(SelectionApproved)
def write_to_the_chosen(session: Session, event: SelectionApproved) -> None:
    """Also once more, where another contact took the place of one who could not be reached."""
    interview = session.get_one(Interview, event.interview_id)
    invitation = queries.invitation_of(session, interview)
    if invitation is not None:
        operations.begin_again(session, SYSTEM, invitation)
    elif interview.state is State.PLANNED and interview.deal.outcome in DECIDED:
        operations.invite(session, SYSTEM, interview)


def _why(interview: Interview) -> Ended | None:
    if interview.state is State.PLANNED:
        return None
    if interview.state is State.DECLINED:
        return Ended.DECLINED
    if interview.state is State.CANCELLED:
        return Ended.CALLED_OFF
    return Ended.WROTE if interview.channel is Channel.WRITTEN else Ended.BOOKED
