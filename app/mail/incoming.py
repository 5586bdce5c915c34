"""Messages that come in: each is offered to the readers of the rooms, and the first that knows its
kind takes it. What nobody takes is left alone, and listed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Database
from app.mail import operations, queries
from app.mail.mailboxes import Found, ImapFolder, MailboxTrouble, messages_at
from app.mail.models import IncomingMail

log = structlog.get_logger()

#: What became of a message that no reader took, or at which one stumbled; `KNOWN` is not kept.
LEFT = "left"
FAILED = "failed"
KNOWN = "known"
#: The reader of this name knows the notices of mail that could not be delivered.
BOUNCES = "bounces"
#: How far back a folder is read for the first time.
FIRST_TIME = timedelta(days=30)
#: In one go; the next run goes on behind them.
MOST_AT_ONCE = 200

Read = Callable[[Session, EmailMessage, bytes], str | None]


@dataclass(frozen=True)
class Reader:
    """Knows one kind of message.

    `read` returns a short token for what became of the message, or None where it is none of its
    kind. `says` has words for the tokens.
    """

    name: str
    read: Read
    order: int
    label: str
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of one message: `reader` is empty where nobody took it."""

    mail: str
    sender: str
    subject: str
    reader: str
    became: str

    @property
    def is_taken(self) -> bool:
        return bool(self.reader) and self.became != FAILED

    @property
    def as_json(self) -> dict[str, str]:
        return asdict(self)


_readers: dict[str, Reader] = {}


def register(
    name: str,
    read: Read,
    *,
    order: int = 100,
    label: str = "",
    says: Mapping[str, str] | None = None,
) -> None:
    """Let this reader see what comes in; those of a lower order see it first."""
    _readers[name] = Reader(name, read, order, label or name.capitalize(), says or {})


def readers() -> list[Reader]:
    return sorted(_readers.values(), key=lambda reader: (reader.order, reader.name))


def words_for(reader: str, became: str) -> str:
    """What became of a message, for a person."""
    if became == FAILED:
        return "Could not be read"
    known = _readers.get(reader)
    if known is None:
        return "Left alone"
    said = known.says.get(became, became.replace("_", " "))
    return f"{known.label}: {said}"


def read_path(db: Database, path: Path, of: Sequence[Reader], *, again: bool) -> list[Outcome]:
    """Offer every message there to these readers; `again` also those that were left before.

    Raises MailboxTrouble.
    """
    return _offer(db, messages_at(path), of, again=again)


def read_folder(db: Database, folder: ImapFolder, of: Sequence[Reader]) -> list[Outcome]:
    """Offer what lies in the folder since a month ago, whether or not it was read before.

    Raises MailboxTrouble.
    """
    since = (clock.now() - FIRST_TIME).date()
    return _offer(db, folder.messages(None, since, most=10_000), of, again=True)


def go_on_reading(db: Database, folder: ImapFolder) -> list[Outcome]:
    """Offer what came since the last time, and remember how far that was, or what was wrong."""
    with db.reading() as session:
        place = queries.place_in(session, folder.key)
    outcomes = []
    trouble = ""
    try:
        since = (clock.now() - FIRST_TIME).date()
        for found in folder.messages(place, since, most=MOST_AT_ONCE):
            outcomes.append(offer(db, found, readers(), again=False))
            with db.writing() as session:
                operations.note_place(session, folder.key, found.place)
    except MailboxTrouble as problem:
        trouble = str(problem)
    with db.writing() as session:
        operations.note_reading(session, folder.key, trouble)
    return outcomes


def _offer(
    db: Database, messages: Iterable[Found], of: Sequence[Reader], *, again: bool
) -> list[Outcome]:
    return [offer(db, found, of, again=again) for found in messages]


def offer(db: Database, found: Found, of: Sequence[Reader], *, again: bool) -> Outcome:
    """Let the first reader that knows its kind take the message, in a transaction of its own."""
    message = message_from_bytes(found.content, policy=policy.default)
    row = IncomingMail(
        fingerprint=_fingerprint(message, found.content),
        sender=parseaddr(header(message, "From"))[1].lower()[:320],
        subject=header(message, "Subject")[:500],
        sent_at=_sent_at(message),
    )
    reader, became = _take(db, row, message, found.content, of, again)
    return Outcome(found.name, row.sender, row.subject, reader, became)


def _take(
    db: Database,
    row: IncomingMail,
    message: EmailMessage,
    content: bytes,
    of: Sequence[Reader],
    again: bool,
) -> tuple[str, str]:
    name = ""
    try:
        with db.writing() as session:
            known = queries.incoming_known_as(session, row.fingerprint)
            if known is not None and (known.is_settled or not again):
                return known.reader, KNOWN
            kept = known or row
            # Kept first: of two workers with the same message the other one waits here.
            session.add(kept)
            session.flush()
            for reader in of:
                name = reader.name
                became = reader.read(session, message, content)
                if became is not None:
                    operations.note_taken(kept, name, became)
                    return name, became
            if of != readers():
                # Not everybody has seen it, so nothing can be said of it.
                if known is None:
                    session.delete(kept)
                return "", LEFT
            operations.note_taken(kept, "", LEFT)
            return "", LEFT
    except Exception as error:
        with db.writing() as session:
            known = queries.incoming_known_as(session, row.fingerprint)
            if isinstance(error, IntegrityError) and known is not None:
                return known.reader, KNOWN
            log.exception("a message could not be read", reader=name, mail=row.fingerprint)
            operations.note_failed(session, row, name)
        return name, FAILED


def header(message: EmailMessage, name: str) -> str:
    """All values of a header in one line; empty where a broken one cannot be read."""
    try:
        text = " ".join(str(value) for value in message.get_all(name, []))
    except (ValueError, IndexError, AttributeError, LookupError):
        return ""
    return " ".join(text.replace("\0", "").encode("utf-8", "replace").decode().split())


def _fingerprint(message: EmailMessage, content: bytes) -> str:
    """The same for the same message, whichever way it came."""
    named = header(message, "Message-ID")
    return hashlib.sha256(named.encode() if named else content).hexdigest()


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        sent_at = parsedate_to_datetime(header(message, "Date"))
        return sent_at.astimezone(UTC) if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
