"""Telling those who keep a search that it finds more: a number and a link, and no buyer's words,
for a mail lies on other people's disks."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM
from app.core.formats import plural
from app.core.jobs import JobContext, enqueue, job
from app.identity.acting import ActingFor
from app.identity.queries import workspace
from app.mail.operations import Letter, write
from app.search import queries
from app.search.asking import read
from app.search.filters import conditions
from app.search.models import SavedSearch

TELL = "search.tell"
PAUSE = timedelta(days=1)
_MOST_COUNTED = 100


@job(TELL)
def tell(context: JobContext, saved_id: int) -> None:
    """Once a day for each search that somebody wants to hear of; ends with their wish."""
    settings = context.app.extensions["because_settings"]
    with context.db.writing() as session:
        saved = session.get(SavedSearch, saved_id)
        if saved is None or not saved.is_subscribed or not saved.user.is_active:
            return
        newest = queries.newest_document(session)
        count = count_new(session, saved)
        if count:
            write(
                session,
                letter_about(saved, count, settings.public_url),
                domain=urlsplit(settings.public_url).hostname or "localhost",
            )
        saved.seen_until = newest
        tell_later(session, saved)


def tell_later(session: Session, saved: SavedSearch) -> None:
    enqueue(session, TELL, SYSTEM, due_at=clock.now() + PAUSE, saved_id=saved.id)


def count_new(session: Session, saved: SavedSearch) -> int:
    """How much it finds, that its owner may read, beyond what it found last time."""
    asked = read(saved.asked)
    narrowed = conditions(session, asked.filters)
    owner = ActingFor.of(saved.user, workspace(session).time_zone)
    pages = (
        queries.find(session, owner, asked, narrowed, kind, size=_MOST_COUNTED)
        for kind in queries.kinds_for(asked)
    )
    return sum(hit.document.id > saved.seen_until for page in pages for hit in page.hits)


def letter_about(saved: SavedSearch, count: int, public_url: str) -> Letter:
    address = f"{public_url}/search?{urlencode({'q': saved.asked})}"
    return Letter(
        to_address=saved.user.email,
        to_name=saved.user.name,
        subject=f"Your search finds {plural(count, 'more place', 'more places')}",
        text=(
            f"Dear {saved.user.name},\n\nyour search '{saved.asked}' finds"
            f" {plural(count, 'place')} that it did not find before:\n\n{address}\n\n"
            "On the same page you can stop these mails.\n"
        ),
        about="kept search",
    )
