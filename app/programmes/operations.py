"""What becomes of a selection, and what is remembered of whom we asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.events import publish
from app.deals.models import Contact, DealContact
from app.guides.queries import newest_version
from app.identity.models import User
from app.interviews import operations as interviews
from app.interviews.models import Channel, Interview, State
from app.interviews.moves import CALLED_OFF
from app.programmes import queries
from app.programmes.events import SelectionApproved
from app.programmes.models import (
    WAITING,
    ContactStanding,
    OptOut,
    Selection,
    SelectionState,
    Way,
)
from app.programmes.queries import normal_address

_NOT_BEGUN = (State.PLANNED, State.SCHEDULED)
_CHANNEL = {Way.CALL: Channel.VIDEO, Way.WRITTEN: Channel.WRITTEN}


class CannotDecide(ValueError):
    """It is not so with this selection any more; the message is for the person who tried."""


def approve(session: Session, actor: Actor, selection: Selection) -> Interview:
    """The contact is to be asked: plans the interview, and tells so. Raises CannotDecide."""
    if selection.state not in WAITING:
        raise CannotDecide("Somebody else has decided about this one already.")
    if selection.contact is None:
        raise CannotDecide("There is nobody to ask yet. Name a contact first.")
    refusal = queries.refusal_to_ask(session, selection.contact)
    if refusal is not None:
        raise CannotDecide(refusal)
    interview = selection.interview or _plan(session, actor, selection)
    _decide(selection, actor, SelectionState.APPROVED)
    selection.interview = interview
    session.flush()
    audit.record(session, actor, "selection.approved", selection, deal_id=selection.deal_id)
    publish(session, SelectionApproved(selection.id, interview.id))
    return interview


def hold(session: Session, actor: Actor, selection: Selection, why: str = "") -> None:
    """Leave it in the queue until a person lets it go. Raises CannotDecide."""
    _check_waiting(selection)
    _decide(selection, actor, SelectionState.HELD)
    selection.why = why or selection.why
    audit.record(session, actor, "selection.held", selection, why=why)


def let_go(session: Session, actor: Actor, selection: Selection) -> None:
    """Back into the queue: it was held, or removed. Raises CannotDecide."""
    if selection.state not in (SelectionState.HELD, SelectionState.REMOVED):
        raise CannotDecide("This one is neither held nor removed.")
    has_contact = selection.contact is not None
    _decide(
        selection, actor, SelectionState.QUEUED if has_contact else SelectionState.NEEDS_CONTACT
    )
    audit.record(session, actor, "selection.let_go", selection)


def remove(session: Session, actor: Actor, selection: Selection, why: str) -> None:
    """It is not asked about. Raises CannotDecide."""
    _check_waiting(selection)
    _end(session, actor, selection, SelectionState.REMOVED, why)
    audit.record(session, actor, "selection.removed", selection, why=why)


def drop(session: Session, selection: Selection, why: str) -> None:
    """It fell out by itself, as `why` says."""
    _end(session, SYSTEM, selection, SelectionState.DROPPED, why)
    audit.record(session, SYSTEM, "selection.dropped", selection, why=why)


def change_contact(session: Session, actor: Actor, selection: Selection, contact: Contact) -> None:
    """Ask this person instead. One who was approved and could not be reached is asked at once.
    Raises CannotDecide."""
    if selection.state not in WAITING:
        raise CannotDecide("The invitation has left. Call the interview off to ask somebody else.")
    refusal = queries.refusal_to_ask(session, contact)
    if refusal is not None:
        raise CannotDecide(refusal)
    before = selection.contact
    selection.contact = contact
    names = [before.name if before is not None else None, contact.name]
    audit.record(session, actor, "selection.contact_changed", selection, contact=names)
    if selection.interview is not None:
        _replace_contact(session, actor, selection.interview, contact)
        approve(session, actor, selection)
    elif selection.state is SelectionState.NEEDS_CONTACT:
        selection.state = SelectionState.QUEUED


def mark_asked(session: Session, contact: Contact, when: datetime) -> None:
    """An invitation to this contact has left: the rest times count from then."""
    standing = _standing(session, contact)
    if standing.asked_at is None or standing.asked_at < when:
        standing.asked_at = when


def mark_left_company(session: Session, actor: Actor, contact: Contact) -> None:
    """They work there no more: nobody writes to them about it."""
    _standing(session, contact).left_company_at = clock.now()
    audit.record(session, actor, "contact.left_company", contact)
    _ask_for_another_contact(session, contact, f"{contact.name} has left the company.")


def contact_bounced(session: Session, contact: Contact) -> None:
    """Mail to their address came back for good: whoever knows the deal is asked for another."""
    standing = _standing(session, contact)
    standing.bounced_address = normal_address(contact.email)
    standing.bounced_at = clock.now()
    audit.record(session, SYSTEM, "contact.bounced", contact)
    _ask_for_another_contact(session, contact, f"Mail to {contact.email} came back.")


def opt_out(session: Session, who: Contact | str, how: str, actor: Actor = SYSTEM) -> None:
    """Leave this contact, or this address, alone from now on; what was planned with them is
    declined. `how` says in a few words how they told us."""
    address = normal_address(who if isinstance(who, str) else who.email)
    contacts = list(queries.contacts_with_address(session, address)) if address else []
    if isinstance(who, Contact) and who not in contacts:
        contacts.append(who)
    if address and queries.opt_out_of(session, address) is None:
        session.add(OptOut(address=address, how=how))
        session.flush()
    for contact in contacts:
        contact.do_not_contact = True
        audit.record(session, actor, "contact.opted_out", contact, how=how)
    for interview in queries.interviews_ahead_with(session, contacts):
        if interview.state in _NOT_BEGUN:
            interviews.move(session, actor, interview, State.DECLINED)
    for contact in contacts:
        _ask_for_another_contact(session, contact, f"{contact.name} asked not to be written to.")


def take_off_the_list(session: Session, actor: Actor, row: OptOut) -> None:
    """It was a mistake, or they said that we may write again."""
    for contact in queries.contacts_with_address(session, row.address):
        contact.do_not_contact = False
        audit.record(session, actor, "contact.may_be_asked_again", contact)
    session.delete(row)


def _plan(session: Session, actor: Actor, selection: Selection) -> Interview:
    programme, deal = selection.programme, selection.deal
    part = session.get(DealContact, (deal.id, selection.contact_id))
    interview = interviews.plan(
        session,
        actor,
        deal,
        contact=selection.contact,
        interviewer=_whose_turn(session, selection),
        buying_role=part.buying_role if part is not None else None,
        channel=_CHANNEL[programme.way],
        minutes=programme.minutes,
    )
    if programme.guide_slug:
        interview.guide_version = newest_version(session, programme.guide_slug)
    session.flush()
    return interview


def _whose_turn(session: Session, selection: Selection) -> User | None:
    """Of those who may hold it, the one with the fewest interviews ahead: the invitation comes
    from somebody, whoever holds the interview in the end."""
    able = queries.able_interviewers(session, selection.programme, selection.deal)
    ahead = queries.ahead_of_each(session, able)
    return min(able, key=lambda user: (ahead.get(user.id, 0), user.id), default=None)


def _replace_contact(
    session: Session, actor: Actor, interview: Interview, contact: Contact
) -> None:
    if interview.state in CALLED_OFF:
        interviews.move(session, actor, interview, State.PLANNED)
    part = session.get(DealContact, (interview.deal_id, contact.id))
    interview.contact = contact
    interview.buying_role = part.buying_role if part is not None else None
    interview.time_zone = contact.time_zone
    session.flush()


def _ask_for_another_contact(session: Session, contact: Contact, why: str) -> None:
    for selection in queries.waiting_or_approved_with(session, contact):
        selection.state = SelectionState.NEEDS_CONTACT
        selection.seller_asked_at = None
        selection.why = why


def _standing(session: Session, contact: Contact) -> ContactStanding:
    standing = queries.standing_of(session, contact)
    if standing is None:
        standing = ContactStanding(contact_id=contact.id)
        session.add(standing)
        session.flush()
    return standing


def _end(
    session: Session, actor: Actor, selection: Selection, state: SelectionState, why: str
) -> None:
    """Nobody is asked; what was planned is called off."""
    _decide(selection, actor, state)
    selection.why = why
    if selection.interview is not None and selection.interview.state in _NOT_BEGUN:
        interviews.move(session, actor, selection.interview, State.CANCELLED)


def _check_waiting(selection: Selection) -> None:
    if selection.state not in WAITING:
        raise CannotDecide("Somebody else has decided about this one already.")


def _decide(selection: Selection, actor: Actor, state: SelectionState) -> None:
    selection.state = state
    selection.decided_at = clock.now()
    selection.decided_by_name = actor.name
