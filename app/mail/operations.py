"""Writing mail, and deciding what is to become of one that is stuck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.jobs import enqueue
from app.mail import queries
from app.mail.mailboxes import Place
from app.mail.models import IncomingMail, Mail, MailboxPlace, MailState
from app.mail.sending import LANGUAGE

DELIVER = "mail.deliver"
#: For so long it is listed who wrote what nobody took.
_LISTED_FOR = timedelta(days=30)
_WILL_DELIVER = "mail_is_delivered_after"


class NotStuck(ValueError):
    """Only a mail that failed, or of which nobody knows, is decided on by a person."""


@dataclass(frozen=True)
class Letter:
    """What is to be written to one person. `reply_to` is a person's address, not ours. Without
    `html`, the body of a page, that part is made of the text."""

    to_address: str
    subject: str
    text: str
    to_name: str = ""
    from_name: str = ""
    reply_to: str = ""
    language: str = "en"
    html: str = ""
    calendar: str = ""
    #: The key of a PDF among the workspace's files that goes along, and its name.
    file_key: str = ""
    file_name: str = ""
    about: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def write(session: Session, letter: Letter, *, domain: str) -> Mail:
    """Queue the letter in the current transaction; it leaves after the commit.

    `domain` is ours, for the Message-ID. Raises ValueError for a line break in what becomes a
    header.
    """
    lines = (letter.to_address, letter.to_name, letter.from_name, letter.reply_to, letter.subject)
    if any("\n" in line or "\r" in line for line in (*lines, *letter.headers.values())):
        raise ValueError("a header of a mail is one line")
    mail = Mail(
        message_id="",
        about=letter.about,
        to_address=letter.to_address.strip(),
        to_name=letter.to_name,
        from_name=letter.from_name,
        reply_to=letter.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=letter.calendar,
        file_key=letter.file_key,
        file_name=letter.file_name,
        headers={LANGUAGE: letter.language, **letter.headers},
    )
    mail.public_id = queries.new_public_id()
    mail.message_id = f"<{mail.public_id}@{domain}>"
    session.add(mail)
    session.flush()
    _deliver_after_commit(session)
    return mail


def send_without(session: Session, keys: Sequence[str]) -> None:
    """These files are given out no longer: what has not left yet leaves without them."""
    session.execute(update(Mail).where(Mail.file_key.in_(keys)).values(file_key=""))


def domain_of(sender: str) -> str:
    """Of the address that mail is sent from, for the Message-ID."""
    return parseaddr(sender)[1].rpartition("@")[2] or "because.invalid"


def send_again(session: Session, actor: Actor, mail: Mail) -> None:
    """Try once more, under the same Message-ID. Raises NotStuck."""
    _check_stuck(mail)
    mail.state = MailState.QUEUED
    mail.attempts = 0
    mail.due_at = clock.now()
    audit.record(session, actor, "mail.sent_again", mail)
    _deliver_after_commit(session)


def take_as_sent(session: Session, actor: Actor, mail: Mail) -> None:
    """A person found out that it arrived. Raises NotStuck."""
    _check_stuck(mail)
    mail.state = MailState.SENT
    mail.sent_at = mail.claimed_at
    audit.record(session, actor, "mail.taken_as_sent", mail)


def cancel(session: Session, actor: Actor, mail: Mail) -> None:
    """Do not send it. Raises NotStuck for one that left, or may have left."""
    if mail.state not in (MailState.QUEUED, MailState.FAILED):
        raise NotStuck("This mail is on its way, or has left.")
    mail.state = MailState.CANCELLED
    audit.record(session, actor, "mail.cancelled", mail)


def note_taken(mail: IncomingMail, reader: str, became: str) -> None:
    mail.reader, mail.became, mail.read_at = reader, became, clock.now()


def note_failed(session: Session, mail: IncomingMail, reader: str) -> None:
    """A reader stumbled over it: it waits for somebody to have it read again."""
    row = queries.incoming_known_as(session, mail.fingerprint)
    if row is None:
        row = IncomingMail(
            fingerprint=mail.fingerprint,
            sender=mail.sender,
            subject=mail.subject,
            sent_at=mail.sent_at,
        )
        session.add(row)
    note_taken(row, reader, "failed")


def note_place(session: Session, key: str, place: Place | None) -> None:
    """So far the mailbox has been read."""
    if place is not None:
        row = _mailbox(session, key)
        row.validity, row.uid = place.validity, place.uid


def note_reading(session: Session, key: str, problem: str) -> None:
    """The mailbox was read just now, or could not be."""
    row = _mailbox(session, key)
    row.problem = problem
    if not problem:
        row.read_at = clock.now()


def forget_strangers(session: Session) -> None:
    """Whoever wrote what nobody took is not named here for ever."""
    session.execute(
        update(IncomingMail)
        .where(
            IncomingMail.reader == "",
            IncomingMail.sender != "",
            IncomingMail.read_at < clock.now() - _LISTED_FOR,
        )
        .values(sender="", subject="")
    )


def _mailbox(session: Session, key: str) -> MailboxPlace:
    row = queries.mailbox(session, key)
    if row is None:
        row = MailboxPlace(key=key)
        session.add(row)
    return row


def _check_stuck(mail: Mail) -> None:
    if mail.state not in (MailState.FAILED, MailState.DOUBTFUL):
        raise NotStuck("This mail is not stuck: nothing needs to be decided.")


def _deliver_after_commit(session: Session) -> None:
    """One job, however many letters the transaction writes."""
    if session.info.get(_WILL_DELIVER) is not session.get_transaction():
        enqueue(session, DELIVER, SYSTEM)
        session.info[_WILL_DELIVER] = session.get_transaction()
