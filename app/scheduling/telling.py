"""Telling people and calendars of a booking, in the worker: each change once, the newest alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import quote, urlsplit

from sqlalchemy.orm import Session

from app.buyer import operations as buyer_links
from app.buyer.models import BuyerLink
from app.buyer.queries import link_of
from app.buyer.tokens import token_of
from app.calendars.operations import put_event, remove_event
from app.calendars.queries import writing_calendar
from app.core.access import SYSTEM
from app.core.formats import zone
from app.core.jobs import enqueue
from app.identity.models import User
from app.identity.queries import workspace
from app.interviews.moves import CALLED_OFF
from app.mail.operations import Letter, write
from app.scheduling import letters, offers, queries
from app.scheduling.invitations import Meeting, Method, Person, invitation
from app.scheduling.letters import House, Words
from app.scheduling.models import (
    Booking,
    BookingLetter,
    BookingState,
    LetterKind,
    Recipient,
)
from config import Settings

TELL = "scheduling.tell"
#: What a change of the booking tells both of them, and their calendars.
CHANGES = (LetterKind.BOOKED, LetterKind.MOVED, LetterKind.CANCELLED, LetterKind.MISSED)
_NO_HOST = "localhost"


def tell_later(
    session: Session, booking: Booking, kind: LetterKind, *, left_user_id: int | None = None
) -> None:
    """Let the worker tell; `left_user_id` held it before and does no longer."""
    session.flush()
    enqueue(
        session,
        TELL,
        SYSTEM,
        booking_id=booking.id,
        kind=kind.value,
        sequence=booking.sequence,
        left_user_id=left_user_id,
    )


def tell(session: Session, settings: Settings, booking: Booking, kind: LetterKind) -> None:
    """Write what this kind of letter says, to whom it was not written yet."""
    written = queries.letters_of(session, booking)
    if kind is LetterKind.MOVED and not written:
        # Moved before anybody was told: it is news all the same.
        kind = LetterKind.BOOKED
    _tell_calendars(session, settings, booking, kind)
    for recipient in _recipients(booking, kind, written):
        session.add(
            BookingLetter(
                booking_id=booking.id, sequence=booking.sequence, kind=kind, recipient=recipient
            )
        )
        if recipient is Recipient.BUYER:
            _write_buyer(session, settings, booking, kind)
        else:
            _write_interviewer(session, settings, booking, kind)


def _recipients(
    booking: Booking, kind: LetterKind, written: Sequence[BookingLetter]
) -> list[Recipient]:
    contact = booking.interview.contact
    wanted = []
    knows = any(one.recipient is Recipient.BUYER for one in written)
    # Who was never told of a time is not told that it is off.
    if (
        contact is not None
        and contact.email
        and kind is not LetterKind.REOPENED
        and (knows or kind is not LetterKind.CANCELLED)
    ):
        wanted.append(Recipient.BUYER)
    if booking.user.is_active and kind is not LetterKind.MISSED:
        wanted.append(Recipient.INTERVIEWER)
    now = (kind, booking.sequence)
    done = {one.recipient for one in written if (one.kind, one.sequence) == now}
    return [recipient for recipient in wanted if recipient not in done]


def _write_buyer(session: Session, settings: Settings, booking: Booking, kind: LetterKind) -> None:
    contact = booking.interview.contact
    assert contact is not None
    link = _open_link(session, settings, booking)
    house = house_for(session, settings, booking, link)
    language = letters.language_for(booking, link.language if link is not None else "")
    offered: list[tuple[datetime, str]] = []
    if kind is LetterKind.MISSED and house.times:
        offered = [
            (slot.starts_at, page_for(house.times, slot.starts_at))
            for slot in offers.three_times(session, booking.interview)
        ]
    words = letters.to_buyer(kind, booking, house, language, offered)
    meeting = meeting_for_buyer(booking, house, settings, language)
    _write(
        session,
        settings,
        booking,
        words,
        Person(contact.name, contact.email),
        invitation(meeting, _method(kind)) if kind in CHANGES else "",
        language,
    )


def _write_interviewer(
    session: Session, settings: Settings, booking: Booking, kind: LetterKind
) -> None:
    user = booking.user
    house = house_for(session, settings, booking, None)
    zone_name = user.time_zone or workspace(session).time_zone
    words = letters.to_interviewer(kind, booking, house, zone_name)
    calendar = ""
    # Where we write into their calendar ourselves, an invitation would stand there twice.
    if kind in CHANGES and writing_calendar(session, user.id) is None:
        meeting = meeting_for_interviewer(booking, house, settings, zone_name)
        calendar = invitation(meeting, _method(kind))
    _write(session, settings, booking, words, Person(user.name, user.email), calendar)


def _write(
    session: Session,
    settings: Settings,
    booking: Booking,
    words: Words,
    to: Person,
    calendar: str,
    language: str = "en",
) -> None:
    write(
        session,
        Letter(
            to_address=to.email,
            to_name=_line(to.name),
            from_name=_line(booking.user.name),
            reply_to=booking.user.email,
            subject=_line(words.subject),
            text=words.text,
            language=language,
            calendar=calendar,
            about="booking",
        ),
        domain=urlsplit(settings.public_url).hostname or _NO_HOST,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _method(kind: LetterKind) -> Method:
    off = kind in (LetterKind.CANCELLED, LetterKind.MISSED)
    return Method.CANCEL if off else Method.REQUEST


def _tell_calendars(
    session: Session, settings: Settings, booking: Booking, kind: LetterKind
) -> None:
    if kind not in CHANGES:
        return
    if booking.state is BookingState.CANCELLED:
        remove_event(session, booking.user_id, booking.public_id)
    elif booking.is_booked:
        house = house_for(session, settings, booking, None)
        zone_name = booking.user.time_zone or workspace(session).time_zone
        meeting = meeting_for_interviewer(booking, house, settings, zone_name)
        text = invitation(meeting, Method.REQUEST)
        put_event(session, booking.user_id, booking.public_id, text)


def house_for(
    session: Session, settings: Settings, booking: Booking, link: BuyerLink | None
) -> House:
    company = workspace(session).company or urlsplit(settings.public_url).hostname or _NO_HOST
    interview = f"{settings.public_url}/interviews/{booking.interview.public_id}"
    # Whoever did not come may take another time; where we called it off there is none.
    is_off = booking.interview.state in CALLED_OFF and booking.state is not BookingState.MISSED
    if link is None or is_off:
        return House(company, interview=interview)
    times = f"{settings.public_url}/b/{token_of(settings.secret_key, link.public_id)}/times"
    return House(company, times, f"{times}/in-writing", interview)


def page_for(times: str, starts_at: datetime) -> str:
    """Where this one time is taken."""
    return f"{times}?at={quote(f'{starts_at:%Y-%m-%dT%H:%MZ}')}"


def _open_link(session: Session, settings: Settings, booking: Booking) -> BuyerLink | None:
    """The buyer's link; a new one where they have none that is open, so that they can move."""
    link = link_of(session, booking.interview)
    if link is not None and link.is_open:
        return link
    if booking.interview.state in CALLED_OFF:
        return None
    return buyer_links.make_link(
        session, SYSTEM, booking.interview, days=settings.buyer_link_days, in_writing=False
    )


def organizer_of(settings: Settings, user: User) -> Person:
    """The one that answers go to: our mailbox where we have one, in the interviewer's name, so that
    it stays the same whoever holds the interview."""
    return Person(user.name, parseaddr(settings.mail_from)[1] or user.email)


def meeting_for_buyer(booking: Booking, house: House, settings: Settings, language: str) -> Meeting:
    return _meeting(
        booking,
        settings,
        booking.time_zone,
        letters.summary_for_buyer(booking, house, language),
        letters.description_for_buyer(booking, house, language),
        letters.location_of(booking, language),
    )


def meeting_for_interviewer(
    booking: Booking, house: House, settings: Settings, zone_name: str
) -> Meeting:
    return _meeting(
        booking,
        settings,
        zone_name,
        letters.summary_for_interviewer(booking),
        f"The deal, the person and the guide: {house.interview}",
        letters.location_of(booking),
    )


def _meeting(
    booking: Booking,
    settings: Settings,
    zone_name: str,
    summary: str,
    description: str,
    location: str,
) -> Meeting:
    contact = booking.interview.contact
    has_address = contact is not None and bool(contact.email)
    return Meeting(
        uid=booking.public_id,
        sequence=booking.sequence,
        starts_at=booking.starts_at,
        minutes=booking.minutes,
        zone=zone(zone_name),
        summary=summary,
        description=description,
        location=location,
        organizer=organizer_of(settings, booking.user),
        buyer=Person(contact.name, contact.email) if contact is not None and has_address else None,
        interviewer=Person(booking.user.name, booking.user.email),
        created_at=booking.created_at,
        changed_at=booking.changed_at,
        is_cancelled=not booking.is_booked,
    )
