"""Limited attempts, such as wrong passwords: counted in short transactions of their own, so that
a refused request, which is rolled back, still counts."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite

from app.core import clock
from app.core.db import Database
from app.core.models import Attempt


def is_exhausted(db: Database, key: str, most: int) -> bool:
    with db.reading() as session:
        attempt = session.get(Attempt, key)
        return (
            attempt is not None and attempt.count >= most and attempt.window_ends_at > clock.now()
        )


def count_attempt(db: Database, key: str, window: timedelta) -> int:
    """Count one more attempt; the window begins with the first. Returns the count.

    One statement, so that attempts at the same moment are each counted.
    """
    insert = sqlite.insert if db.is_sqlite else postgresql.insert
    now = clock.now()
    is_over = Attempt.window_ends_at <= now
    one_more = (
        insert(Attempt)
        .values(key=key, count=1, window_ends_at=now + window)
        .on_conflict_do_update(
            index_elements=[Attempt.key],
            set_={
                "count": case((is_over, 1), else_=Attempt.count + 1),
                "window_ends_at": case((is_over, now + window), else_=Attempt.window_ends_at),
            },
        )
        .returning(Attempt.count)
    )
    with db.writing() as session:
        return session.scalars(one_more).one()


def forget_attempts(db: Database, key: str) -> None:
    with db.writing() as session:
        attempt = session.get(Attempt, key)
        if attempt is not None:
            session.delete(attempt)
