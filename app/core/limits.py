"""Limited attempts, such as wrong passwords: counted in short transactions of their own, so that
a refused request, which is rolled back, still counts."""

from __future__ import annotations

from datetime import timedelta

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
    """Count one more attempt; the window begins with the first. Returns the count."""
    with db.writing() as session:
        attempt = session.get(Attempt, key)
        if attempt is None:
            attempt = Attempt(key=key, count=0, window_ends_at=clock.now() + window)
            session.add(attempt)
        elif attempt.window_ends_at <= clock.now():
            attempt.count = 0
            attempt.window_ends_at = clock.now() + window
        attempt.count += 1
        return attempt.count


def forget_attempts(db: Database, key: str) -> None:
    with db.writing() as session:
        attempt = session.get(Attempt, key)
        if attempt is not None:
            session.delete(attempt)
