"""Choosing by itself: regularly, and whenever a deal closes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.core.jobs import JobContext, job
from app.programmes import candidates, running
from app.programmes.asking_sellers import ask_sellers
from app.programmes.handlers import SELECT

_AT_ONCE = 100


@job(SELECT, every=timedelta(hours=1))
def select(context: JobContext, woken: bool = False) -> dict[str, Any]:
    """Drop what is too old, choose, and let leave what has been in the queue for long enough."""
    with context.db.writing() as session:
        dropped = running.drop_what_is_too_old(session)
        chosen = running.run_all(session)
    return {"chosen": chosen, "dropped": dropped, "left": _let_leave(context)}


@job("programmes.let_leave", every=timedelta(minutes=5))
def let_leave(context: JobContext) -> dict[str, Any]:
    return {"left": _let_leave(context)}


@job("programmes.ask_sellers", every=timedelta(minutes=30))
def ask_for_contacts(context: JobContext) -> dict[str, Any]:
    """Without a mail server they find it on their own page alone."""
    settings = context.app.extensions["because_settings"]
    if not settings.smtp_url:
        return {}
    with context.db.writing() as session:
        return {"told": ask_sellers(session, settings)}


def _let_leave(context: JobContext) -> int:
    """Each in a transaction of its own: one that fails keeps none of the others back."""
    with context.db.reading() as session:
        due = candidates.due_to_leave(session, _AT_ONCE)
    for selection_id in due:
        with context.db.writing() as session:
            running.let_leave(session, selection_id)
    return len(due)
