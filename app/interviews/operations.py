"""Planning, scheduling, beginning and finishing interviews; what the buyer allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from app.interviews.events import InterviewArranged, InterviewHeld, InterviewMoved, ScopeChanged
from app.interviews.models import (
    Channel,
    Interview,
    Promise,
    Reference,
    Relation,
    Scope,
    State,
    Taken,
)
from app.interviews.moves import check_move


@dataclass(frozen=True)
class Promised:
    """What we promised the buyer, who keeps it, and until when."""

    text: str
    keeper: User | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Afterword:
    """What the interviewer writes when it is over; `fears`, `near_losses` and `reference` are
    the hand-over of a deal that was won."""

    why: str = ""
    surprised: str = ""
    promised: Sequence[Promised] = ()
    follow_up: str = ""
    fears: str = ""
    near_losses: str = ""
    reference: Reference | None = None


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
        publish(session, InterviewArranged(interview.id))


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
        interview.interviewer = interviewer
        audit.record(session, actor, "interview.assigned", interview, changes=changed)
        publish(session, InterviewArranged(interview.id))


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
    written: Afterword | None = None,
    *,
    held_on: date | None = None,
) -> None:
    """Finish it: the buyer was heard, on `held_on` or today in the interview's time zone."""
    written = written or Afterword()
    interview.held_on = held_on or interview.held_on or _day_it_began(interview)
    interview.why = written.why
    interview.surprised = written.surprised
    interview.follow_up = written.follow_up
    interview.fears = written.fears
    interview.near_losses = written.near_losses
    interview.reference = written.reference
    _promise(session, interview, written.promised)
    _move(session, actor, interview, State.HELD)
    publish(session, InterviewHeld(interview.id))


def _promise(session: Session, interview: Interview, promised: Sequence[Promised]) -> None:
    """These take the place of the promises that nobody has kept yet."""
    for earlier in queries.promises_of(session, interview):
        if earlier.kept_at is None:
            session.delete(earlier)
    session.add_all(
        Promise(interview=interview, text=one.text, keeper=one.keeper, due_on=one.due_on)
        for one in promised
    )


def keep_promise(session: Session, actor: Actor, promise: Promise) -> None:
    """It was kept."""
    promise.kept_at, promise.kept_by_name = clock.now(), actor.name
    audit.record(session, actor, "promise.kept", promise)


def reopen_promise(session: Session, actor: Actor, promise: Promise) -> None:
    """Not kept after all."""
    promise.kept_at, promise.kept_by_name = None, ""
    audit.record(session, actor, "promise.reopened", promise)


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
    language: str | None = None,
) -> None:
    """What the buyer allows; may be changed at any time, and reaches everything that quotes.

    `taken` is how answers are taken from now on, `language` that in which questions are asked.
    """
    changed = audit.changes(interview, scope=scope, seller_may_read=seller_may_read)
    interview.consent_at = clock.now()
    interview.taken = taken or interview.taken
    interview.language = interview.language if language is None else language
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
