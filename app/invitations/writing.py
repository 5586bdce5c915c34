"""Writing the letters that are due. Each is a row in the transaction that says it was written: a
worker that dies writes none twice and forgets none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask_babel import force_locale, get_locale, gettext
from sqlalchemy.orm import Session

from app.buyer import languages, tokens
from app.buyer.models import BuyerLink
from app.buyer.ways import further_pages
from app.core import clock
from app.core.access import SYSTEM
from app.core.edge import settings
from app.core.forms import is_email
from app.core.links import outside_link
from app.deals.models import DECIDED
from app.identity.models import Workspace
from app.identity.queries import workspace
from app.interviews.models import Channel, Interview, State
from app.invitations import operations, queries
from app.invitations.composing import Composed, Filling, Way, Ways, compose
from app.invitations.filling import effort, footer_for, lead_for, time_words
from app.invitations.hours import is_good_time, next_good_time
from app.invitations.models import Ended, Invitation, Letter, Needs
from app.invitations.operations import buyers_zone, sender_of
from app.invitations.wording import ABOUT, Step, Wording
from app.mail import operations as mail
from app.mail.operations import Letter as MailLetter
from app.programmes.queries import is_opted_out, refusal_to_ask
from app.scheduling.finding import buyer_zone
from app.scheduling.offers import three_times
from app.scheduling.telling import page_for

_ABOUT_MAIL = {
    Step.INVITATION: "invitation",
    Step.REMINDER_1: "first reminder",
    Step.REMINDER_2: "second reminder",
    Step.THANKS: "thank-you",
}


@dataclass(frozen=True)
class Drafted:
    """A letter to one buyer, as it reads now."""

    to_address: str
    to_name: str
    composed: Composed
    #: Of the wording, as a checksum.
    wording: str
    unsubscribe: str
    language: str

    @property
    def mailto(self) -> str:
        """Opens one's own mail program with it."""
        subject, body = quote(self.composed.subject), quote(self.composed.text)
        return f"mailto:{quote(self.to_address)}?subject={subject}&body={body}"


class Offers:
    """The times that letters of one transaction offer: found once for buyers of the same zone who
    would talk with the same person, for nobody books meanwhile."""

    def __init__(self) -> None:
        self._found: dict[tuple[int | None, int, str], list[datetime]] = {}

    def of(self, session: Session, interview: Interview, zone_name: str) -> list[datetime]:
        key = (interview.interviewer_id, interview.minutes, zone_name)
        if key not in self._found:
            self._found[key] = [slot.starts_at for slot in three_times(session, interview)]
        return self._found[key]


def write_due(session: Session, now: datetime, most: int) -> int:
    """Write up to so many letters; returns how many invitations were looked at."""
    due = queries.take_due(session, now, most)
    offers = Offers()
    for invitation in due:
        _write_or_not(session, invitation, offers, now)
    return len(due)


def end_unanswered(session: Session, now: datetime, most: int) -> int:
    """Without a mail server only what a person need not do is done: nobody waits any longer."""
    due = queries.take_due(session, now, most, only_over=True)
    for invitation in due:
        operations.end(session, invitation, Ended.NO_ANSWER)
    return len(due)


def draft(
    session: Session,
    invitation: Invitation,
    step: Step,
    link: BuyerLink,
    offers: Offers | None = None,
) -> Drafted:
    """The letter of this step as it reads now; `link` is where it leads."""
    interview = invitation.interview
    token = tokens.token_of(settings().secret_key, link.public_id)
    language = languages.choose(link.language)
    company = workspace(session)
    words = _wording(session, interview, language, step)
    with force_locale(language):
        filling = _filling(session, invitation, company, offers or Offers(), link)
    contact = interview.contact
    return Drafted(
        to_address=contact.email if contact is not None else "",
        to_name=contact.name if contact is not None else "",
        composed=compose(words, filling),
        wording=fingerprint(words),
        unsubscribe=outside_link("letter_answers.stop", token=token),
        language=language,
    )


def fingerprint(words: Wording) -> str:
    """Tells one wording from another, for comparing how they are answered."""
    return hashlib.sha256(f"{words.subject}\n{words.text}".encode()).hexdigest()[:16]


def _write_or_not(session: Session, invitation: Invitation, offers: Offers, now: datetime) -> None:
    interview, step = invitation.interview, invitation.next_step
    if step is None:
        operations.end(session, invitation, Ended.NO_ANSWER)
        return
    why_not = _reason_to_end(session, interview, step)
    if why_not is not None:
        operations.end(session, invitation, why_not)
        invitation.next_step = invitation.next_due_at = None
        return
    contact = interview.contact
    if contact is None or not is_email(contact.email):
        invitation.needs = Needs.CONTACT if contact is None else Needs.ADDRESS
        invitation.next_due_at = None
        return
    if step is not Step.THANKS and refusal_to_ask(session, contact) is not None:
        operations.wait_for_contact(invitation)
        return
    here = buyers_zone(session, interview)
    if not is_good_time(now, here):
        invitation.next_due_at = next_good_time(now, here)
        return
    _write(session, invitation, step, offers)


def _reason_to_end(session: Session, interview: Interview, step: Step) -> Ended | None:
    contact = interview.contact
    if contact is not None and (contact.do_not_contact or is_opted_out(session, contact.email)):
        return Ended.OPTED_OUT
    if interview.state is State.CANCELLED or interview.deal.outcome not in DECIDED:
        return Ended.CALLED_OFF
    if step is not Step.THANKS and interview.state is not State.PLANNED:
        return Ended.BOOKED
    return None


def _write(session: Session, invitation: Invitation, step: Step, offers: Offers) -> None:
    link = operations.link_of(session, SYSTEM, invitation)
    drafted = draft(session, invitation, step, link, offers)
    sender = sender_of(invitation)
    written = mail.write(
        session,
        MailLetter(
            to_address=drafted.to_address,
            to_name=_one_line(drafted.to_name),
            from_name=_one_line(sender.name) if sender is not None else "",
            reply_to=sender.email if sender is not None else "",
            subject=drafted.composed.subject,
            text=drafted.composed.text,
            html=drafted.composed.html,
            language=drafted.language,
            about=_ABOUT_MAIL[step],
            headers=_headers(session, invitation, step, drafted.unsubscribe),
        ),
        domain=mail.domain_of(settings().mail_from),
    )
    letter = Letter(
        invitation=invitation,
        attempt=invitation.attempt,
        step=step,
        to_address=drafted.to_address,
        mail_id=written.id,
        wording=drafted.wording,
    )
    operations.note_letter(session, invitation, letter, at=clock.now())


def _headers(
    session: Session, invitation: Invitation, step: Step, unsubscribe: str
) -> dict[str, str]:
    """One click in the mail program ends the letters (RFC 8058); reminders stand under the
    invitation; automatic replies are kindly not wanted."""
    headers = {
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    first = "" if step is Step.INVITATION else queries.first_message_id(session, invitation)
    if first:
        headers |= {"In-Reply-To": first, "References": first}
    return headers


def _wording(session: Session, interview: Interview, language: str, step: Step) -> Wording:
    return queries.wording_for(session, ABOUT[interview.deal.outcome.value], language, step)


def _filling(
    session: Session, invitation: Invitation, company: Workspace, offers: Offers, link: BuyerLink
) -> Filling:
    """In the language that is being spoken."""
    token = tokens.token_of(settings().secret_key, link.public_id)
    interview = invitation.interview
    contact, deal = interview.contact, interview.deal
    sender = sender_of(invitation)
    name = company.company or "Because"
    product = deal.product or company.product or name
    return Filling(
        values={
            "name": _one_line(contact.name) if contact is not None else "",
            "account": deal.account.name if deal.account is not None else "",
            "product": product,
            "company": name,
            "sender": sender.name if sender is not None else name,
            "effort": effort(
                in_writing=interview.channel is Channel.WRITTEN, minutes=interview.minutes
            ),
        },
        ways=_ways(session, invitation, offers, token),
        words=_afterwards(session, link, token),
        footer=footer_for(product, outside_link("letter_answers.stop", token=token)),
    )


def _afterwards(session: Session, link: BuyerLink, token: str) -> list[Way]:
    """What is kept of them, and what later rooms have for whoever was heard."""
    kept = Way(gettext("What is kept of me"), outside_link("buyer.words", token=token))
    further = further_pages(session, link)
    return [kept, *(Way(one.label, outside_link(one.endpoint, token=token)) for one in further)]


def _ways(session: Session, invitation: Invitation, offers: Offers, token: str) -> Ways:
    """Times first, then the other ways; each opens a page that decides nothing by itself."""
    interview = invitation.interview
    no = Way(gettext("No, thank you"), outside_link("letter_answers.no", token=token))
    if interview.channel is Channel.WRITTEN:
        begin = Way(
            gettext("Three questions, about five minutes"),
            outside_link("buyer.welcome", token=token),
        )
        return Ways(others=[begin, no])
    write = Way(
        gettext("In writing, whenever it suits me"), outside_link("times.in_writing", token=token)
    )
    sender = sender_of(invitation)
    own = queries.booking_address(session, sender.id) if sender is not None else None
    if own is not None:
        return Ways(others=[Way(gettext("Choose a time"), own.address), write, no])
    times = outside_link("times.times", token=token)
    return _with_times(session, interview, offers, times, [write, no])


def _with_times(
    session: Session, interview: Interview, offers: Offers, times: str, rest: list[Way]
) -> Ways:
    """Three times, one click each, where somebody has any free."""
    zone_name, _ = buyer_zone(session, interview)
    language = str(get_locale())
    offered = [
        Way(time_words(instant, zone_name, language), page_for(times, instant))
        for instant in offers.of(session, interview, zone_name)
    ]
    others = [Way(gettext("Other times"), times), *rest] if offered else rest
    return Ways(times=offered, lead=lead_for(zone_name), others=others)


def _one_line(text: str) -> str:
    return " ".join(text.split())
