"""Attempts are counted in a window of time, each of them, also at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from app.core import clock, limits
from app.core.db import Database

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_attempts_are_exhausted_until_the_window_ends(db: Database):
    with clock.frozen(NOON):
        counts = [limits.count_attempt(db, "sign-in:a", HOUR) for _ in range(3)]
        assert counts == [1, 2, 3]
        assert limits.is_exhausted(db, "sign-in:a", most=3)
        assert not limits.is_exhausted(db, "sign-in:b", most=3)
    with clock.frozen(NOON + HOUR):
        assert not limits.is_exhausted(db, "sign-in:a", most=3)
        assert limits.count_attempt(db, "sign-in:a", HOUR) == 1


def test_attempts_are_forgotten_after_a_success(db: Database):
    limits.count_attempt(db, "sign-in:a", HOUR)
    limits.forget_attempts(db, "sign-in:a")
    assert limits.count_attempt(db, "sign-in:a", HOUR) == 1


def test_attempts_at_the_same_moment_are_each_counted(db: Database):
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: limits.count_attempt(db, "a", HOUR), range(24)))
    assert sorted(counts) == list(range(1, 25))
