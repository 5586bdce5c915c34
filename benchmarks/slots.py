"""Times of ten interviewers with 2,000 events each within 30 days.

`python -m benchmarks.slots [INTERVIEWERS] [EVENTS]` prints the figures of docs/performance.md, on
SQLite, or on the DATABASE_URL of an empty database.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from app import create_app
from app.calendars.models import BusyTime, Calendar, CalendarKind
from app.core import clock, migrations
from app.core.db import Database
from app.identity.models import User
from app.interviews.models import Interview
from app.scheduling import finding, offers
from app.scheduling.finding import slots_for
from config import load_settings
from tests.factories import Factory

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
AHEAD = timedelta(days=30)
_TIMES = 11


def fill(db: Database, interviewers: int, events: int) -> tuple[list[int], int]:
    """Short events that do not touch, so that none is joined with another."""
    # Of 66 times of day 12 are left free, another part of each day.
    numbers = [number for number in range(events * 66 // 54) if number % 66 < 54]
    step = AHEAD / (numbers[-1] + 1)
    with db.writing() as session:
        make = Factory(session)
        make.workspace()
        users = [make.user(time_zone="Europe/Berlin") for _ in range(interviewers)]
        for user in users:
            calendar = make.add(
                Calendar(
                    user_id=user.id,
                    kind=CalendarKind.ICS,
                    name="Work",
                    address="x",
                    secret="x",
                )
            )
            session.execute(
                insert(BusyTime),
                [
                    {
                        "calendar_id": calendar.id,
                        "starts_at": NOW + number * step,
                        "ends_at": NOW + number * step + timedelta(minutes=10),
                    }
                    for number in numbers
                ],
            )
        interview = make.interview(state="planned", interviewer=users[0])
        return [user.id for user in users], interview.id


def main() -> None:
    interviewers = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    events = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    with tempfile.TemporaryDirectory() as folder, clock.frozen(NOW):
        url = os.environ.get("DATABASE_URL", "")
        settings = load_settings({"BECAUSE_INSTANCE": folder, "DATABASE_URL": url})
        db: Database = create_app(settings).extensions["because_database"]
        migrations.upgrade(db)
        user_ids, interview_id = fill(db, interviewers, events)
        measure(db, user_ids, interview_id)


def measure(db: Database, user_ids: list[int], interview_id: int) -> None:
    taken, count = [], 0
    for _ in range(_TIMES):
        with db.reading() as session:
            users = [session.get_one(User, user_id) for user_id in user_ids]
            interview = session.get_one(Interview, interview_id)
            finding.interviewers_of = lambda *_, users=users: users
            began = time.process_time()
            count = len(slots_for(session, interview, NOW, NOW + offers.AHEAD))
            taken.append(time.process_time() - began)
    best, median = min(taken), statistics.median(taken)
    print(
        f"{count} times, processor time: median {median * 1000:.0f} ms, best {best * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
