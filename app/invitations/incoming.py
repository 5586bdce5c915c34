"""What comes back to the mailbox of a letter: it did not arrive, or a machine answered."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

from sqlalchemy.orm import Session

from app.buyer import queries as links
from app.buyer import tokens
from app.buyer.reading import Mail, NotAMail, read_mail
from app.core import clock
from app.core.edge import settings
from app.invitations import operations, queries
from app.invitations.bounces import read_bounce
from app.invitations.models import Invitation
from app.invitations.returning import back_on, has_left
from app.mail import incoming
from app.mail.incoming import BOUNCES

AUTOMATIC = "automatic replies"
_STOPPED, _NOTED, _UNKNOWN = "stopped", "noted", "unknown"
_WAITS, _AWAY, _LEFT = "waits", "away", "left_company"


def register_readers() -> None:
    incoming.register(
        BOUNCES,
        take_bounce,
        order=10,
        label="Undelivered",
        says={
            _STOPPED: "the address is no more; another contact is asked for",
            _NOTED: "noted; the letters go on",
            _UNKNOWN: "of no letter that asks somebody",
        },
    )
    incoming.register(
        AUTOMATIC,
        take_automatic,
        order=20,
        label="Automatic reply",
        says={
            _WAITS: "the next letter waits until they are back",
            _AWAY: "no answer; it names no day",
            _LEFT: "they work there no more; another contact is asked for",
        },
    )


def take_bounce(session: Session, message: EmailMessage, _raw: bytes) -> str | None:
    """A notice that mail was not delivered; also of mail that is none of our letters."""
    bounce = read_bounce(message)
    if bounce is None:
        return None
    letter = queries.letter_of_mail(session, bounce.message_ids)
    if letter is None:
        return _UNKNOWN
    operations.note_bounce(session, letter, bounce.words, is_for_good=bounce.is_for_good)
    return _STOPPED if bounce.is_for_good else _NOTED


def take_automatic(session: Session, message: EmailMessage, raw: bytes) -> str | None:
    """Out of office, or gone for good. It never counts as an answer."""
    try:
        mail = read_mail(raw)
    except NotAMail:
        return None
    if not mail.is_automatic:
        return None
    invitation = _whose(session, message, mail)
    if invitation is None:
        return None
    subject = incoming.header(message, "Subject")
    text = f"{subject}\n{mail.words}"
    if has_left(text):
        operations.note_left(session, invitation)
        return _LEFT
    day = back_on(text, _sent_on(mail))
    if day is None:
        return _AWAY
    operations.note_away(session, invitation, day)
    return _WAITS


def _whose(session: Session, message: EmailMessage, mail: Mail) -> Invitation | None:
    """By the letter it names, by the link it quotes, else by who sent it."""
    named = " ".join(incoming.header(message, name) for name in ("In-Reply-To", "References"))
    letter = queries.letter_of_mail(session, named.split())
    if letter is not None:
        return letter.invitation
    for token in mail.tokens:
        public_id = tokens.public_id_in(settings().secret_key, token)
        link = links.link_by_public_id(session, public_id) if public_id else None
        if link is not None:
            return queries.invitation_of(session, link.interview)
    return queries.asking(session, mail.sender)


def _sent_on(mail: Mail) -> date:
    """Nobody is back before now, whatever the clock of their server says."""
    return max((mail.sent_at or clock.now()).date(), clock.now().date())
