"""Answers to our invitations among the messages that come in: a buyer pressed 'accept' or 'decline'
in their calendar."""

from __future__ import annotations

import enum
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar
from sqlalchemy.orm import Session

from app.core.access import Actor
from app.mail import incoming
from app.scheduling import queries
from app.scheduling.models import Booking, Reply
from app.scheduling.operations import note_reply

REPLIES = "calendar replies"
#: Before the reader of what people write, who would see words in it.
_ORDER = 50
_LARGEST = 200_000

_BY_PARTSTAT = {
    "ACCEPTED": Reply.ACCEPTED,
    "TENTATIVE": Reply.TENTATIVE,
    "DECLINED": Reply.DECLINED,
}


class Became(enum.StrEnum):
    """What became of an answer."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    OUTDATED = "outdated"
    FROM_ANOTHER = "from_another"


_SAYS = {
    Became.ACCEPTED.value: "will come",
    Became.TENTATIVE.value: "may come",
    Became.DECLINED.value: "cannot come, so the time is free again",
    Became.OUTDATED.value: "about a time that is no longer booked",
    Became.FROM_ANOTHER.value: "from somebody who was not invited",
}


def register_reader() -> None:
    incoming.register(
        REPLIES, read_reply, order=_ORDER, label="Answer to an invitation", says=_SAYS
    )


def read_reply(session: Session, message: EmailMessage, _raw: bytes) -> str | None:
    """What became of the answer; None where the message is none, or not to one of ours."""
    event = _replied(message)
    if event is None:
        return None
    booking = queries.booking_by_uid(session, str(event.get("UID", "")))
    if booking is None:
        return None
    return _taken(session, booking, event).value


def _taken(session: Session, booking: Booking, event: Any) -> Became:
    attendee = _answering(event)
    contact = booking.interview.contact
    invited = contact.email.casefold() if contact is not None else ""
    if attendee is None or not invited or _address(attendee) != invited:
        return Became.FROM_ANOTHER
    reply = _BY_PARTSTAT.get(str(attendee.params.get("PARTSTAT", "")).upper())
    is_current = booking.is_booked and int(event.get("SEQUENCE", 0)) >= booking.sequence
    if reply is None or not is_current:
        return Became.OUTDATED
    note_reply(session, Actor(None, f"{contact.name if contact else ''} (buyer)"), booking, reply)
    return Became(reply.value)


def _replied(message: EmailMessage) -> Any | None:
    """The event of a METHOD:REPLY that the message carries."""
    for part in message.walk():
        if part.get_content_type() not in ("text/calendar", "application/ics"):
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or len(content) > _LARGEST:
            continue
        try:
            calendar: Any = Calendar.from_ical(content)
        except (ValueError, IndexError, KeyError):
            continue
        events = calendar.walk("VEVENT")
        if str(calendar.get("METHOD", "")).upper() == "REPLY" and events:
            return events[0]
    return None


def _answering(event: Any) -> Any | None:
    """Whoever answers; a REPLY names one alone."""
    found = event.get("ATTENDEE")
    listed = found if isinstance(found, list) else [found]
    return listed[0] if len(listed) == 1 else None


def _address(attendee: Any) -> str:
    return str(attendee).strip().casefold().removeprefix("mailto:")
