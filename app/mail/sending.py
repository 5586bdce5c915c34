"""Handing queued mail to the server: claimed before it is sent, so that none goes out twice.

A worker that dies leaves the one mail it had claimed. Nobody can tell whether the server took it,
so it is shown as doubtful and a person decides; it is never sent again by itself.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

import structlog
from sqlalchemy import select, update

from app.core import clock
from app.core.db import Database
from app.core.storage import Storage
from app.mail import paper
from app.mail.models import Mail, MailState
from app.mail.transport import Connection, Doubtful, Refused, Server, Unreachable

log = structlog.get_logger()

#: After how long each refusal 'for now' is tried again; after the last the mail has failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
#: A claim this old has lost its worker; longer than any conversation with a server may last.
LOST_AFTER = timedelta(minutes=10)

#: The header that says in which language a mail is.
LANGUAGE = "Content-Language"
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)

#: One conversation in a process at a time, so that a kill leaves one doubtful mail at the most.
_talking = threading.Lock()


@dataclass
class Delivery:
    """What became of the mails of one run."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    doubtful: int = 0
    #: Why the run broke off; the mails that were left wait as they were.
    unreachable: str = ""


def deliver_due(
    db: Database,
    server: Server,
    sender: str,
    beat: Callable[[int], None] = lambda _done: None,
    storage: Storage | None = None,
) -> Delivery:
    """Send what is due, one mail at a time. `sender` is our address, with or without a name;
    `beat` is called now and then with how many were done; `storage` has the files that go
    along."""
    done = Delivery()
    if not _talking.acquire(blocking=False):
        return done
    try:
        _mark_lost(db)
        with Connection(server, parseaddr(sender)[1]) as connection:
            while (mail := _claim(db)) is not None:
                _send(db, connection, mail, sender, done, storage)
                if done.unreachable:
                    break
                if (done.sent + done.put_off + done.failed) % 50 == 0:
                    beat(done.sent)
    finally:
        _talking.release()
    return done


def composed(mail: Mail, sender: str, storage: Storage | None = None) -> EmailMessage:
    """The mail as it travels. The writer's name stands before our address; replies go to them."""
    own_name, own_address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.created_at)
    message["From"] = _address(mail.from_name or own_name, own_address)
    message["To"] = _address(mail.to_name, mail.to_address)
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Subject"] = mail.subject
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    body = mail.html or paper.body_of(mail.text)
    document = paper.page(mail.subject, mail.headers.get(LANGUAGE, "en"), body)
    message.add_alternative(document, subtype="html")
    if mail.calendar:
        _add_calendar(message, mail.calendar)
    if mail.file_key and storage is not None and storage.has(mail.file_key):
        content = b"".join(storage.open_range(mail.file_key))
        message.add_attachment(
            content, maintype="application", subtype="pdf", filename=mail.file_name
        )
    return message


def _add_calendar(message: EmailMessage, calendar: str) -> None:
    """As one more form of the text, which mail programs offer as a meeting (RFC 6047), and as a
    file for those that only know files."""
    method = _METHOD.search(calendar)
    content = calendar.encode()
    message.add_alternative(
        content,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"charset": "utf-8", **({"method": method.group(1)} if method else {})},
    )
    message.add_attachment(
        content, maintype="application", subtype="ics", filename="invite.ics", cte="base64"
    )


def _address(name: str, address: str) -> Address:
    return Address(display_name=name, addr_spec=address)


def _claim(db: Database) -> Mail | None:
    """Take the next mail that is due: nobody else gets it."""
    now = clock.now()
    with db.writing() as session:
        due = (
            select(Mail.id)
            .where(Mail.state == MailState.QUEUED, Mail.due_at <= now)
            .order_by(Mail.due_at, Mail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        return session.scalar(
            update(Mail)
            .where(Mail.id == due, Mail.state == MailState.QUEUED)
            .values(state=MailState.SENDING, claimed_at=now, attempts=Mail.attempts + 1)
            .returning(Mail)
        )


def _send(
    db: Database,
    connection: Connection,
    mail: Mail,
    sender: str,
    done: Delivery,
    storage: Storage | None,
) -> None:
    try:
        message = composed(mail, sender, storage)
    except (ValueError, IndexError) as fault:
        # An address that cannot be written as one; HeaderParseError is a ValueError's cousin.
        done.failed += 1
        _settle(db, mail, MailState.FAILED, words=f"This cannot be written as a mail: {fault}")
        return
    try:
        words = connection.send(message, mail.to_address)
    except Unreachable as trouble:
        done.unreachable = str(trouble)
        _give_back(db, mail, str(trouble))
    except Doubtful as trouble:
        done.doubtful += 1
        _settle(db, mail, MailState.DOUBTFUL, words=str(trouble))
    except Refused as refusal:
        pause = None if refusal.for_good else _pause_after(mail.attempts)
        if pause is None:
            done.failed += 1
            _settle(db, mail, MailState.FAILED, words=str(refusal))
        else:
            done.put_off += 1
            _put_off(db, mail, str(refusal), pause)
    else:
        done.sent += 1
        _settle(db, mail, MailState.SENT, words=words)


def _pause_after(attempts: int) -> timedelta | None:
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def _settle(db: Database, mail: Mail, state: MailState, *, words: str) -> None:
    sent_at = clock.now() if state is MailState.SENT else None
    _change(db, mail, state=state, server_words=words, sent_at=sent_at)


def _put_off(db: Database, mail: Mail, words: str, pause: timedelta) -> None:
    _change(db, mail, state=MailState.QUEUED, server_words=words, due_at=clock.now() + pause)


def _give_back(db: Database, mail: Mail, words: str) -> None:
    """It was not the mail's fault: the attempt does not count."""
    _change(db, mail, state=MailState.QUEUED, server_words=words, attempts=mail.attempts - 1)


def _change(db: Database, mail: Mail, **values: object) -> None:
    with db.writing() as session:
        session.execute(
            update(Mail).where(Mail.id == mail.id, Mail.state == MailState.SENDING).values(**values)
        )


def _mark_lost(db: Database) -> None:
    with db.writing() as session:
        session.execute(
            update(Mail)
            .where(Mail.state == MailState.SENDING, Mail.claimed_at < clock.now() - LOST_AFTER)
            .values(
                state=MailState.DOUBTFUL,
                server_words="The worker ended while it was handing this over.",
            )
        )
