"""Reading the outgoing mail."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.access import NotFound
from app.mail.mailboxes import Place
from app.mail.models import IncomingMail, Mail, MailboxPlace, MailState

PAGE = 50
STUCK = (MailState.DOUBTFUL, MailState.FAILED)


@dataclass(frozen=True)
class Page:
    mails: Sequence[Mail]
    #: What `before` takes for the page that follows; None on the last.
    next_before: int | None


def new_public_id() -> str:
    return str(uuid.uuid4())


def get_mail(session: Session, public_id: str) -> Mail:
    """Raises NotFound. Whoever may see outgoing mail may see all of it."""
    mail = session.scalar(select(Mail).where(Mail.public_id == public_id))
    if mail is None:
        raise NotFound
    return mail


def list_mails(
    session: Session, *, states: Sequence[MailState] = (), before: int | None = None
) -> Page:
    """The latest first, of these states or of all."""
    statement = select(Mail).order_by(Mail.id.desc()).limit(PAGE + 1)
    if states:
        statement = statement.where(Mail.state.in_(states))
    if before is not None:
        statement = statement.where(Mail.id < before)
    rows = session.scalars(statement).all()
    return Page(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def counts(session: Session) -> dict[MailState, int]:
    """How many mails are in each state; a state without any is not named."""
    rows = session.execute(select(Mail.state, func.count()).group_by(Mail.state)).all()
    return dict(rows)


def next_due(session: Session) -> datetime | None:
    """When the first of those that wait is due."""
    return session.scalar(select(func.min(Mail.due_at)).where(Mail.state == MailState.QUEUED))


def incoming_known_as(session: Session, fingerprint: str) -> IncomingMail | None:
    return session.scalar(select(IncomingMail).where(IncomingMail.fingerprint == fingerprint))


def list_incoming(session: Session) -> Sequence[IncomingMail]:
    """What came in, the latest first, one page of it."""
    return session.scalars(select(IncomingMail).order_by(IncomingMail.id.desc()).limit(PAGE)).all()


def mailbox(session: Session, key: str) -> MailboxPlace | None:
    return session.scalar(select(MailboxPlace).where(MailboxPlace.key == key))


def place_in(session: Session, key: str) -> Place | None:
    """How far the mailbox has been read; None before the first time."""
    row = mailbox(session, key)
    return Place(row.validity, row.uid) if row is not None and row.uid else None
