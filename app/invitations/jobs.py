"""Writing the letters that are due, and seeing which were refused at the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.jobs import JobContext, job
from app.invitations import operations, queries, writing
from app.invitations.bounces import says_gone
from app.invitations.operations import WRITE

#: In one transaction: few enough that whoever waits to write waits for moments only.
AT_ONCE = 50


@job(WRITE, every=timedelta(minutes=1))
def write(context: JobContext) -> dict[str, Any]:
    """Without a mail server the letters wait for a person, who sends them."""
    _note_refusals(context)
    settings = context.app.extensions["because_settings"]
    step = writing.write_due if settings.smtp_url else writing.end_unanswered
    done = 0
    with context.app.test_request_context(base_url=settings.public_url):
        while True:
            with context.db.writing() as session:
                looked_at = step(session, clock.now(), AT_ONCE)
            done += looked_at
            if looked_at < AT_ONCE:
                return {"letters": done}
            context.progress(done)


def _note_refusals(context: JobContext) -> None:
    with context.db.writing() as session:
        for letter in queries.letters_refused_at_the_door(session):
            words = letter.mail.server_words if letter.mail is not None else ""
            operations.note_bounce(session, letter, words, is_for_good=says_gone(words))
