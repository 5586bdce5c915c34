"""Planning, scheduling, beginning and finishing interviews; what the buyer allows."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.core.events import publish
from app.core.formats import zone
from app.deals.models import BuyingRole, Contact, Deal
from app.guides.queries import choose_guide
from app.identity.models import Role, User
from app.interviews import queries
from app.interviews.events import InterviewHeld, InterviewMoved, ScopeChanged
from app.interviews.models import Channel, Interview, Relation, Scope, State, Taken
from app.interviews.moves import check_move


def plan(
    session: Session,
    actor: Actor,
    deal: Deal,
    *,
    contact: Contact | None,
    interviewer: User | None,
    buying_role: BuyingRole | None = None,
    relation: Relation | None = None,
    channel: Channel = Channel.VIDEO,
    minutes: int = 30,
) -> Interview:
    """A new interview about the deal, without a time yet."""
    interview = Interview(
        deal=deal,
        contact=contact,
        buying_role=buying_role,
        interviewer=interviewer,
        relation=relation or relation_to(deal, interviewer),
        channel=channel,
        minutes=minutes,
        time_zone=contact.time_zone if contact is not None else "",
    )
    session.add(interview)
    audit.record(session, actor, "interview.planned", interview, deal_id=deal.id)
    keep_deal_anonymous(session, interview)
    return interview


def relation_to(deal: Deal, interviewer: User | None) -> Relation | None:
    """What this colleague has to do with the deal, as far as the records tell."""
    if interviewer is None:
        return None
    if deal.seller is not None and deal.seller.user_id == interviewer.id:
        return Relation.OWNER
    if interviewer.role is Role.INTERVIEWER:
        return Relation.OTHER_SELLER
    return Relation.OUTSIDE_SALES


def schedule(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    at: datetime,
    time_zone: str,
    minutes: int | None = None,
    channel: Channel | None = None,
) -> None:
    """Set or change the time, which is named in the buyer's time zone."""
    changed = audit.changes(
        interview,
        scheduled_at=at,
        time_zone=time_zone,
        minutes=minutes or interview.minutes,
        channel=channel or interview.channel,
    )
    if interview.state is not State.SCHEDULED:
        _move(session, actor, interview, State.SCHEDULED)
    if changed:
        audit.record(session, actor, "interview.scheduled", interview, changes=changed)


def assign(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    interviewer: User | None,
    relation: Relation | None,
) -> None:
    """Who holds it, and what they have to do with the deal."""
    changed = audit.changes(
        interview,
        interviewer_id=interviewer.id if interviewer is not None else None,
        relation=relation or relation_to(interview.deal, interviewer),
    )
    if changed:
        audit.record(session, actor, "interview.assigned", interview, changes=changed)


def begin(session: Session, actor: Actor, interview: Interview) -> None:
    """Begin to hold it, with the guide that fits; going on with one is no new beginning."""
    if interview.state is State.IN_PROGRESS:
        return
    _move(session, actor, interview, State.IN_PROGRESS)
    if interview.started_at is None:
        interview.started_at = clock.now()
    if interview.guide_version_id is None:
        interview.guide_version = choose_guide(
            session, interview.deal.outcome.value, interview.minutes
        )


def hold(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    why: str = "",
    promised: str = "",
    follow_up: str = "",
    held_on: date | None = None,
) -> None:
    """Finish it: the buyer was heard, on `held_on` or today in the interview's time zone."""
    interview.held_on = held_on or interview.held_on or _day_it_began(interview)
    interview.why = why
    interview.promised = promised
    interview.follow_up = follow_up
    _move(session, actor, interview, State.HELD)
    publish(session, InterviewHeld(interview.id))


def move(session: Session, actor: Actor, interview: Interview, to: State) -> None:
    """Any other lawful move: called off, taken up again, tagged, closed. Raises UnlawfulMove."""
    _move(session, actor, interview, to)
    keep_deal_anonymous(session, interview)


def set_consent(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    scope: Scope,
    seller_may_read: bool | None,
    taken: Taken | None = None,
) -> None:
    """What the buyer allows; may be changed at any time, and reaches everything that quotes.

    `taken` is how answers are taken from now on.
    """
    changed = audit.changes(interview, scope=scope, seller_may_read=seller_may_read)
    interview.consent_at = clock.now()
    interview.taken = taken or interview.taken
    if not changed:
        return
    audit.record(session, actor, "interview.consent_given", interview, changes=changed)
    keep_deal_anonymous(session, interview)
    publish(session, ScopeChanged(interview.id))


def _move(session: Session, actor: Actor, interview: Interview, to: State) -> None:
    was = interview.state
    check_move(was, to)
    interview.state = to
    audit.record(session, actor, "interview.moved", interview, state=[was.value, to.value])
    publish(session, InterviewMoved(interview.id))


def _day_it_began(interview: Interview) -> date:
    began = interview.started_at or clock.now()
    return began.astimezone(zone(interview.time_zone)).date()


def keep_deal_anonymous(session: Session, interview: Interview) -> None:
    """A deal is named to everybody only where every buyer of it who was heard allowed that."""
    session.flush()
    interview.deal.is_anonymous = queries.withholds_name(session, interview.deal_id)
