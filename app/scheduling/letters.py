"""What the buyer and the interviewer are written about a booking, each by their own clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import flask_babel
from flask_babel import force_locale

from app.buyer import languages
from app.scheduling.models import Booking, LetterKind
from app.scheduling.words import when_words


def gettext(message: str, **values: object) -> str:
    return str(flask_babel.gettext(message, **values))


@dataclass(frozen=True)
class Words:
    """Subject and text of a mail."""

    subject: str
    text: str


@dataclass(frozen=True)
class House:
    """Who writes, and where the buyer's pages are."""

    company: str
    #: The buyer's page of their time; empty where they have no link.
    times: str = ""
    #: Where they answer in writing instead.
    in_writing: str = ""
    #: Our page of the interview.
    interview: str = ""


def language_for(booking: Booking, chosen: str) -> str:
    contact = booking.interview.contact
    return languages.choose(chosen, contact.language if contact is not None else "")


def summary_for_buyer(booking: Booking, house: House, language: str) -> str:
    with force_locale(language):
        return gettext("%(company)s: a talk about your decision", company=house.company)


def summary_for_interviewer(booking: Booking) -> str:
    contact = booking.interview.contact
    account = booking.interview.deal.account
    names = [contact.name if contact else "", account.name if account else ""]
    return "Interview: " + (
        ", ".join(name for name in names if name) or booking.interview.deal.name
    )


def location_of(booking: Booking, language: str = "en") -> str:
    """Where it takes place, as a calendar shows it."""
    with force_locale(language):
        if booking.phone:
            return gettext("By telephone: we call %(number)s", number=booking.phone)
        if booking.place:
            return booking.place
        return gettext("By telephone")


def description_for_buyer(booking: Booking, house: House, language: str) -> str:
    with force_locale(language):
        lines = [_where(booking)]
        if house.times:
            lines.append(
                gettext("To take another time, or to cancel: %(address)s", address=house.times)
            )
        return "\n\n".join(lines)


def to_buyer(
    kind: LetterKind,
    booking: Booking,
    house: House,
    language: str,
    offered: Sequence[tuple[datetime, str]] = (),
) -> Words:
    """`offered` are times that may be taken instead, each with the page on which to do it."""
    contact = booking.interview.contact
    with force_locale(language):
        values = {
            "when": when_words(booking.starts_at, booking.time_zone, language),
            "minutes": booking.minutes,
            "interviewer": booking.user.name,
            "company": house.company,
        }
        subject, first = _OPENINGS[kind](values)
        parts = [gettext("Dear %(name)s,", name=contact.name if contact is not None else ""), first]
        if kind in (LetterKind.CANCELLED, LetterKind.MISSED):
            parts += _other_ways(house, booking.time_zone, language, offered)
        else:
            parts.append(_where(booking))
            if house.times:
                parts.append(
                    gettext(
                        "Something came up? Take another time, or cancel, here:\n%(address)s",
                        address=house.times,
                    )
                )
        parts.append(f"{booking.user.name}\n{house.company}")
        return Words(subject, "\n\n".join(parts) + "\n")


def _booked(values: dict[str, object]) -> tuple[str, str]:
    return (
        gettext("Our talk: %(when)s", **values),
        gettext(
            "thank you. We talk on %(when)s, for %(minutes)s minutes. There is nothing to prepare.",
            **values,
        ),
    )


def _moved(values: dict[str, object]) -> tuple[str, str]:
    return (
        gettext("Our talk is now: %(when)s", **values),
        gettext("our talk is at another time now: %(when)s, with %(interviewer)s.", **values),
    )


def _cancelled(values: dict[str, object]) -> tuple[str, str]:
    return (
        gettext("Cancelled: our talk on %(when)s", **values),
        gettext("our talk on %(when)s is cancelled.", **values),
    )


def _day_before(values: dict[str, object]) -> tuple[str, str]:
    return (
        gettext("Tomorrow: our talk, %(when)s", **values),
        gettext(
            "a short reminder of our talk on %(when)s. It takes %(minutes)s minutes.", **values
        ),
    )


def _hour_before(values: dict[str, object]) -> tuple[str, str]:
    return (
        gettext("In an hour: our talk, %(when)s", **values),
        gettext("we talk in an hour: %(when)s.", **values),
    )


def _missed(values: dict[str, object]) -> tuple[str, str]:
    return (
        gettext("We missed each other"),
        gettext(
            "we did not reach each other on %(when)s. Things come up, and that is quite all right."
            " I would still like to hear how you came to your decision.",
            **values,
        ),
    )


_OPENINGS = {
    LetterKind.BOOKED: _booked,
    LetterKind.MOVED: _moved,
    LetterKind.CANCELLED: _cancelled,
    LetterKind.DAY_BEFORE: _day_before,
    LetterKind.HOUR_BEFORE: _hour_before,
    LetterKind.MISSED: _missed,
}


def _where(booking: Booking) -> str:
    if booking.phone:
        return gettext("We call you at %(number)s.", number=booking.phone)
    if booking.place:
        return gettext("We meet here:\n%(place)s", place=booking.place)
    return gettext("We call you. Reply with the number at which you want to be called.")


def _other_ways(
    house: House, zone_name: str, language: str, offered: Sequence[tuple[datetime, str]]
) -> list[str]:
    if not house.times:
        return []
    parts = []
    if offered:
        lines = (f"{when_words(at, zone_name, language)}\n{page}" for at, page in offered)
        parts.append(gettext("Would one of these suit you?") + "\n\n" + "\n\n".join(lines))
    parts.append(gettext("All times:\n%(address)s", address=house.times))
    parts.append(
        gettext(
            "Or answer three questions in writing, about five minutes, whenever it suits you:"
            "\n%(address)s",
            address=house.in_writing,
        )
    )
    parts.append(gettext("If you would rather not, you need not do anything."))
    return parts


def to_interviewer(kind: LetterKind, booking: Booking, house: House, zone_name: str) -> Words:
    """In English, by the interviewer's clock."""
    when = when_words(booking.starts_at, zone_name)
    who = summary_for_interviewer(booking).removeprefix("Interview: ")
    subject, first = {
        LetterKind.BOOKED: (f"Booked: {when}", f"{who} talks with you on {when}."),
        LetterKind.MOVED: (f"Moved: {when}", f"Your interview with {who} is on {when} now."),
        LetterKind.CANCELLED: (
            f"Cancelled: {who}",
            f"Your interview with {who} on {when} is cancelled. The time is yours again.",
        ),
        LetterKind.DAY_BEFORE: (f"Tomorrow: {who}", f"You talk with {who} on {when}."),
        LetterKind.HOUR_BEFORE: (f"In an hour: {who}", f"You talk with {who}: {when}."),
        LetterKind.REOPENED: (
            f"Open again: the deal of {who}",
            f"The deal was opened again after {who} took {when} for an interview about it. There is"
            " no decision to ask about now. Talk to whoever sells, and cancel the time, or keep it"
            " if the deal closes before.",
        ),
    }[kind]
    parts = [f"Dear {booking.user.name},", first]
    if kind not in (LetterKind.CANCELLED, LetterKind.REOPENED):
        parts.append(_where_for_interviewer(booking))
    if house.interview:
        parts.append(f"The deal, the person and the guide:\n{house.interview}")
    return Words(subject, "\n\n".join(parts) + "\n")


def _where_for_interviewer(booking: Booking) -> str:
    if booking.phone:
        return f"You call {booking.phone}."
    if booking.place:
        return f"You meet here:\n{booking.place}"
    return "You call them. They were asked to reply with their number, if you have none."
