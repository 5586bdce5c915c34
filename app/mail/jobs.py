"""The worker's part: delivering what is due, coming back for what waits, reading what comes in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM
from app.core.jobs import JobContext, JobRefused, enqueue, job
from app.mail import operations, queries
from app.mail.incoming import go_on_reading, read_path, readers
from app.mail.mailboxes import MailboxTrouble, read_address
from app.mail.operations import DELIVER
from app.mail.sending import deliver_due
from app.mail.transport import read_server

READ = "mail.read"
#: How long a server that does not answer is left alone, a little longer each time.
_PAUSES_FOR_A_SERVER = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 600))


@job(DELIVER)
def deliver(context: JobContext, times_unreachable: int = 0) -> dict[str, Any]:
    """Send what is due. Without a mail server mails wait, and the page of outgoing mail says so."""
    settings = context.app.extensions["because_settings"]
    if not settings.smtp_url:
        return {}
    done = deliver_due(
        context.db,
        read_server(settings.smtp_url),
        settings.mail_from,
        context.progress,
        context.app.extensions["because_storage"],
    )
    with context.db.writing() as session:
        _come_back(session, times_unreachable + 1 if done.unreachable else 0)
    return vars(done)


def _come_back(session: Session, times_unreachable: int) -> None:
    """Ask for the next run, when the first of those that wait is due."""
    due_at = queries.next_due(session)
    if due_at is None:
        return
    if times_unreachable:
        pause = _PAUSES_FOR_A_SERVER[min(times_unreachable, len(_PAUSES_FOR_A_SERVER)) - 1]
        due_at = max(due_at, clock.now() + pause)
    enqueue(session, DELIVER, SYSTEM, due_at=due_at, times_unreachable=times_unreachable)


@job(READ, every=timedelta(minutes=2))
def read(context: JobContext) -> dict[str, Any]:
    """Read what came into MAILBOX_URL since the last time."""
    settings = context.app.extensions["because_settings"]
    if not settings.mailbox_url:
        return {}
    mailbox = read_address(settings.mailbox_url)
    if isinstance(mailbox, Path):
        try:
            outcomes = read_path(context.db, mailbox, readers(), again=False)
        except (MailboxTrouble, OSError) as trouble:
            raise JobRefused(str(trouble)) from trouble
    else:
        outcomes = go_on_reading(context.db, mailbox)
    with context.db.writing() as session:
        operations.forget_strangers(session)
    return {"taken": sum(outcome.is_taken for outcome in outcomes)}
