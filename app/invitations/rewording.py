"""Changing what our letters say, and trying it on oneself."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.identity.models import User
from app.invitations import queries
from app.invitations.composing import Composed
from app.invitations.models import BookingAddress, LetterWording
from app.invitations.wording import About, Step, Wording, shipped
from app.mail import operations as mail
from app.mail.models import Mail
from app.mail.operations import Letter


def save(
    session: Session, actor: Actor, about: About, language: str, step: Step, words: Wording
) -> None:
    """These words from the next letter on; what is shipped needs no row."""
    row = queries.changed_wording(session, about, language, step)
    if words == shipped(about, language, step):
        if row is not None:
            restore(session, actor, row)
        return
    if row is None:
        row = LetterWording(about=about, language=language, step=step, subject="", text="")
        session.add(row)
    changed = audit.changes(row, subject=words.subject, text=words.text)
    if changed:
        row.changed_by_name, row.changed_at = actor.name, clock.now()
        audit.record(session, actor, "letter.reworded", row, changes=changed)


def restore(session: Session, actor: Actor, row: LetterWording) -> None:
    """Back to what is shipped."""
    audit.record(
        session,
        actor,
        "letter.restored",
        row,
        letter=[row.about.value, row.language, row.step.value],
    )
    session.delete(row)


def send_test(
    session: Session, user: User, letter: Composed, *, language: str, domain: str
) -> Mail:
    """The letter as a buyer would get it, to whoever wrote it."""
    return mail.write(
        session,
        Letter(
            to_address=user.email,
            to_name=user.name,
            from_name=user.name,
            reply_to=user.email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=language,
            about="test of a letter",
        ),
        domain=domain,
    )


def set_booking_address(session: Session, actor: Actor, user: User, address: str) -> None:
    """Where buyers pick a time with this user; empty: here."""
    row = queries.booking_address(session, user.id)
    if not address:
        if row is not None:
            session.delete(row)
            audit.record(session, actor, "booking_address.removed", user)
        return
    if row is None:
        session.add(BookingAddress(user_id=user.id, address=address))
    elif row.address == address:
        return
    else:
        row.address = address
    audit.record(session, actor, "booking_address.set", user, address=address)
