"""Asking a buyer for an interview by letters, and noting what comes of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.buyer import operations as buyer
from app.buyer import queries as buyer_links
from app.buyer.models import BuyerLink
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.edge import settings
from app.core.formats import zone
from app.core.forms import is_email
from app.core.jobs import enqueue
from app.deals.models import DECIDED, Contact
from app.identity.models import User
from app.interviews import operations as interviews
from app.interviews.models import Channel, Interview, State, Taken
from app.invitations import queries
from app.invitations.hours import after_working_days, next_good_time, on_day
from app.invitations.models import Ended, Invitation, Letter, Needs
from app.invitations.wording import Step
from app.programmes import operations as programmes
from app.programmes.models import WAITING
from app.programmes.operations import CannotDecide
from app.programmes.queries import refusal_to_ask, selection_of
from app.scheduling.finding import buyer_zone

WRITE = "invitations.write"
#: After each letter, how many working days until the next one, or until nobody waits any longer.
PAUSES = {Step.INVITATION: 4, Step.REMINDER_1: 6, Step.REMINDER_2: 10}
_NEXT = {Step.INVITATION: Step.REMINDER_1, Step.REMINDER_1: Step.REMINDER_2}
#: Whoever was just heard is not thanked while they still put the phone down.
_THANKS_AFTER = timedelta(minutes=30)
_WILL_WRITE = "letters_are_written_after"


class CannotInvite(ValueError):
    """There is nobody to write to, or no reason to; the message is for whoever tried."""


def invite(session: Session, actor: Actor, interview: Interview) -> Invitation:
    """Begin the letters of an interview that has no time yet. Raises CannotInvite."""
    if interview.state is not State.PLANNED:
        raise CannotInvite("Only an interview that is planned and has no time needs a letter.")
    if interview.deal.outcome not in DECIDED:
        raise CannotInvite("This deal is not decided, so there is nothing to ask about yet.")
    contact = interview.contact
    refusal = refusal_to_ask(session, contact) if contact is not None else None
    if refusal is not None:
        raise CannotInvite(refusal)
    if queries.invitation_of(session, interview) is not None:
        raise CannotInvite("The letters of this interview have begun already.")
    invitation = Invitation(interview=interview, asked_by_id=actor.id)
    session.add(invitation)
    audit.record(session, actor, "invitation.begun", invitation, interview_id=interview.id)
    _begin(session, actor, invitation)
    return invitation


def begin_again(session: Session, actor: Actor, invitation: Invitation) -> None:
    """From the first letter on, to the contact whom the interview has now; a link that somebody
    else was sent leads nowhere any more."""
    link = buyer_links.link_of(session, invitation.interview)
    if link is not None and link.is_open:
        buyer.end_link(session, actor, link)
    invitation.ended = invitation.ended_at = invitation.needs = invitation.away_until = None
    invitation.attempt += 1
    audit.record(session, actor, "invitation.begun_again", invitation)
    _begin(session, actor, invitation)


def _begin(session: Session, actor: Actor, invitation: Invitation) -> None:
    interview, contact = invitation.interview, invitation.interview.contact
    if interview.channel is Channel.WRITTEN:
        interview.taken = Taken.WRITTEN
        if interview.guide_version_id is None:
            buyer.ask_in_writing(session, interview)
    link_of(session, actor, invitation)
    invitation.next_step = Step.INVITATION
    if contact is None or not is_email(contact.email):
        invitation.needs = Needs.CONTACT if contact is None else Needs.ADDRESS
        return
    _wait(session, invitation, next_good_time(clock.now(), buyers_zone(session, interview)))


def link_of(session: Session, actor: Actor, invitation: Invitation) -> BuyerLink:
    """The address that every letter of it leads to."""
    days = settings().buyer_link_days
    return buyer.link_for(session, actor, invitation.interview, days=days)


def note_letter(session: Session, invitation: Invitation, letter: Letter, *, at: datetime) -> None:
    """It was written: the next one is due some working days later."""
    session.add(letter)
    step, contact = letter.step, invitation.interview.contact
    if step is Step.INVITATION and contact is not None:
        programmes.mark_asked(session, contact, at)
    invitation.next_step, invitation.next_due_at = _NEXT.get(step), None
    pause = PAUSES.get(step)
    if pause is not None and invitation.asks:
        here = buyers_zone(session, invitation.interview)
        _wait(session, invitation, after_working_days(at, pause, here))


def mark_sent(
    session: Session, actor: Actor, invitation: Invitation, step: Step, *, wording: str
) -> None:
    """Somebody sent it from their own mail; saying so twice changes nothing."""
    contact = invitation.interview.contact
    if invitation.next_step is not step or contact is None:
        return
    letter = Letter(
        invitation=invitation,
        attempt=invitation.attempt,
        step=step,
        to_address=contact.email,
        sent_by_hand_by_name=actor.name,
        wording=wording,
    )
    note_letter(session, invitation, letter, at=clock.now())
    audit.record(session, actor, "letter.sent_by_hand", invitation, letter=step.value)


def end(session: Session, invitation: Invitation, why: Ended, actor: Actor = SYSTEM) -> None:
    """No further letter asks."""
    if not invitation.asks:
        return
    invitation.ended, invitation.ended_at = why, clock.now()
    invitation.next_step = invitation.next_due_at = invitation.needs = None
    audit.record(session, actor, "invitation.ended", invitation, why=why.value)


def thank_later(session: Session, invitation: Invitation) -> None:
    """They were heard."""
    end(session, invitation, Ended.BOOKED)
    invitation.next_step = Step.THANKS
    here = buyers_zone(session, invitation.interview)
    _wait(session, invitation, next_good_time(clock.now() + _THANKS_AFTER, here))


def decline(session: Session, link: BuyerLink) -> None:
    """The buyer would rather not; saying so twice changes nothing."""
    interview = link.interview
    if interview.state in (State.PLANNED, State.SCHEDULED, State.NO_SHOW):
        if interview.state is State.NO_SHOW:
            interviews.move(session, buyer.buyer_of(link), interview, State.PLANNED)
        interviews.move(session, buyer.buyer_of(link), interview, State.DECLINED)


def take_back_no(session: Session, link: BuyerLink) -> None:
    """They may be asked after all: the letters go on where they were."""
    interview = link.interview
    if interview.state is not State.DECLINED:
        return
    interviews.move(session, buyer.buyer_of(link), interview, State.PLANNED)
    invitation = queries.invitation_of(session, interview)
    if invitation is not None and invitation.ended is Ended.DECLINED:
        _resume(session, invitation)


def opt_out(session: Session, link: BuyerLink) -> None:
    """No letter that asks, about any deal, from now on; saying so twice changes nothing."""
    interview, actor = link.interview, buyer.buyer_of(link)
    invitation = queries.invitation_of(session, interview)
    if invitation is not None:
        end(session, invitation, Ended.OPTED_OUT, actor)
        invitation.next_step = invitation.next_due_at = None
    contact = interview.contact
    if contact is not None and not contact.do_not_contact:
        programmes.opt_out(session, contact, "by the link in a letter", actor)


def note_bounce(session: Session, letter: Letter, words: str, *, is_for_good: bool) -> None:
    """It did not arrive. Where the address is no more, a person is asked for another contact."""
    if letter.bounced_at is not None:
        return
    letter.bounced_at, letter.bounce_words = clock.now(), words
    invitation = letter.invitation
    contact = invitation.interview.contact
    audit.record(session, SYSTEM, "letter.bounced", invitation, words=words)
    is_theirs = contact is not None and contact.email.lower() == letter.to_address.lower()
    if contact is not None and is_for_good and is_theirs:
        programmes.contact_bounced(session, contact)
        wait_for_contact(invitation)


def note_left(session: Session, invitation: Invitation) -> None:
    """An automatic reply says that they work there no more."""
    contact = invitation.interview.contact
    if contact is not None:
        programmes.mark_left_company(session, SYSTEM, contact)
    wait_for_contact(invitation)


def note_away(session: Session, invitation: Invitation, back_on: date) -> None:
    """They are away: the next letter waits until the working day after their return."""
    here = buyers_zone(session, invitation.interview)
    invitation.away_until = back_on
    due_at = invitation.next_due_at
    if not invitation.asks or due_at is None or invitation.next_step is None:
        return
    invitation.next_due_at = max(due_at, after_working_days(on_day(back_on, here), 1, here))
    audit.record(session, SYSTEM, "invitation.waits_for_return", invitation, back_on=str(back_on))


def set_address(session: Session, actor: Actor, contact: Contact, email: str) -> None:
    """The contact's right address."""
    changed = audit.changes(contact, email=email)
    if changed:
        audit.record(session, actor, "contact.changed", contact, changes=changed)


def ask_another(session: Session, actor: Actor, invitation: Invitation, contact: Contact) -> None:
    """This person of the decision is asked: another one, or the same at a right address. Raises
    CannotInvite."""
    interview = invitation.interview
    selection = selection_of(session, interview)
    if selection is not None and selection.state in WAITING:
        try:
            # Approves it anew, of which we are told.
            programmes.change_contact(session, actor, selection, contact)
        except CannotDecide as cannot:
            raise CannotInvite(str(cannot)) from cannot
        return
    refusal = refusal_to_ask(session, contact)
    if refusal is not None:
        raise CannotInvite(refusal)
    before = interview.contact
    interview.contact = contact
    interview.time_zone = contact.time_zone
    names = [before.name if before is not None else None, contact.name]
    audit.record(session, actor, "interview.contact_changed", interview, contact=names)
    begin_again(session, actor, invitation)


def buyers_zone(session: Session, interview: Interview) -> ZoneInfo:
    """Whose clock the letters follow: the buyer's, or ours where theirs is not known."""
    name, _ = buyer_zone(session, interview)
    return zone(name)


def sender_of(invitation: Invitation) -> User | None:
    """In whose name it is written: of whoever holds the interview, else of whoever asked."""
    for user in (invitation.interview.interviewer, invitation.asked_by):
        if user is not None and user.is_active:
            return user
    return None


def _resume(session: Session, invitation: Invitation) -> None:
    """After the letters that were written already."""
    invitation.ended = invitation.ended_at = None
    written = {letter.step for letter in queries.letters_of(session, invitation)}
    asking = (Step.INVITATION, Step.REMINDER_1, Step.REMINDER_2)
    invitation.next_step = next((step for step in asking if step not in written), None)
    here = buyers_zone(session, invitation.interview)
    _wait(session, invitation, after_working_days(clock.now(), PAUSES[Step.INVITATION], here))


def wait_for_contact(invitation: Invitation) -> None:
    """A person says who else can be asked."""
    if invitation.asks:
        invitation.needs = Needs.CONTACT
        invitation.next_due_at = None


def _wait(session: Session, invitation: Invitation, due_at: datetime) -> None:
    """The next letter is due then; the worker is woken after the commit where it is due now."""
    invitation.next_due_at = due_at
    if due_at > clock.now() or session.info.get(_WILL_WRITE) is session.get_transaction():
        return
    enqueue(session, WRITE, SYSTEM)
    session.info[_WILL_WRITE] = session.get_transaction()
