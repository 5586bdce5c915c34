"""Who is where at the moment, in a small table that every web process reads.

It is written in short transactions of their own, after the answer is sent; a page that no longer
asks is gone by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Database
from app.core.models import Presence

#: A page in the background asks every 15 s.
GONE_AFTER = timedelta(seconds=40)
#: One that stays where it is need not be written each time it asks.
TOLD_AGAIN_AFTER = timedelta(seconds=10)

#: (key, user_id, name, spot, seen_at)
Page = Row[str, int, str, str, datetime]

# Built once, for it is asked with every save and every two seconds.
_PRESENT = (
    select(Presence.key, Presence.user_id, Presence.name, Presence.spot, Presence.seen_at)
    .where(Presence.place == bindparam("place"), Presence.seen_at > bindparam("since"))
    .order_by(Presence.name, Presence.key)
)


def present(session: Session, place: str) -> Sequence[Page]:
    """The pages open at this place."""
    return session.execute(_PRESENT, {"place": place, "since": clock.now() - GONE_AFTER}).all()


def is_told(pages: Sequence[Page], key: str, spot: str) -> bool:
    """Whether that page is known to be at that spot, and lately was."""
    fresh = clock.now() - TOLD_AGAIN_AFTER
    return any(page.key == key and page.spot == spot and page.seen_at > fresh for page in pages)


def arrive(db: Database, key: str, place: str, spot: str, user_id: int, name: str) -> None:
    """The page is at this spot, now. Pages long gone are cleared on the way."""
    insert = sqlite.insert if db.is_sqlite else postgresql.insert
    now = clock.now()
    values = {
        "place": place,
        "user_id": user_id,
        "name": name,
        "spot": spot,
        "seen_at": now,
    }
    with db.writing() as session:
        session.execute(delete(Presence).where(Presence.seen_at <= now - GONE_AFTER))
        session.execute(
            insert(Presence)
            .values(key=key, **values)
            .on_conflict_do_update(index_elements=[Presence.key], set_=values)
        )


def leave(db: Database, key: str) -> None:
    with db.writing() as session:
        session.execute(delete(Presence).where(Presence.key == key))
