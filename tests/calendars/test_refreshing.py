"""The worker reads calendars and writes booked interviews; what goes wrong is said, and loses
nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.calendars import operations, queries
from app.calendars.fetching import Access
from app.calendars.models import Calendar, CalendarEvent, CalendarKind, WritingState
from app.calendars.operations import PAUSES, WRITE, put_event, remove_event
from app.calendars.refreshing import read_calendar, refresh
from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.core.jobs import enqueue, run_job
from app.core.models import Job, JobState
from config import Settings
from tests.calendars.calendars import MEETING, NOW, WINDOW, calendar, timed
from tests.calendars.calendars import read as read_text
from tests.calendars.radicale import PASSWORD, CaldavServer
from tests.core.outsiders import Outsider
from tests.factories import Factory
from tests.house.running import free_port

Connect = Callable[..., Calendar]


@pytest.fixture(autouse=True)
def workspace(make: Factory) -> None:
    make.workspace()
    make.commit()


@pytest.fixture
def connect(make: Factory, settings: Settings) -> Connect:
    """A calendar of a new user, connected: by an address, or by CalDAV with a user name."""

    def connect(address: str, username: str = "", **values: object) -> Calendar:
        kind = CalendarKind.CALDAV if username else CalendarKind.ICS
        access = Access(kind, address, username, str(values.pop("password", PASSWORD)))
        user_id = values.pop("user_id", None) or make.user().id
        row = operations.connect(
            make.session,
            SYSTEM,
            user_id,  # type: ignore[arg-type]
            access,
            settings.secret_key,
            name="Work",
            writes=bool(values.pop("writes", True)),
        )
        make.commit()
        return row

    return connect


def read(db: Database, settings: Settings, row: Calendar) -> Calendar:
    with clock.frozen(NOW):
        read_calendar(db, settings, row.id)
    with db.reading() as session:
        return session.get_one(Calendar, row.id)


def busy(db: Database, row: Calendar) -> list[str]:
    with db.reading() as session:
        found = queries.busy_times(session, [row.user_id], WINDOW.start, WINDOW.end)
    begins = (datetime.fromtimestamp(begin, UTC) for begin, _ in sorted(found[row.user_id]))
    return [f"{begin:%m-%d %H:%M}" for begin in begins]


def work(app: Flask, db: Database) -> None:
    """Do all that is due."""
    while True:
        with db.reading() as session:
            due = session.scalars(
                select(Job.id).where(Job.state == JobState.QUEUED, Job.due_at <= clock.now())
            ).all()
        if not due:
            return
        for job_id in due:
            run_job(app, db, job_id)


def test_busy_times_are_read_and_follow_the_calendar(
    db: Database, settings: Settings, radicale: CaldavServer, connect: Connect
):
    address = radicale.make_calendar("user5")
    row = connect(address, "user5")
    radicale.put(
        address, "a", calendar(timed("20260303T090000Z", "20260303T100000Z", uid="a")), "user5"
    )
    assert read(db, settings, row).last_read_at == NOW
    assert busy(db, row) == ["03-03 09:00"]
    assert radicale.ask("DELETE", "/user5/work/a.ics", "user5") == 200
    radicale.put(
        address, "b", calendar(timed("20260304T090000Z", "20260304T100000Z", uid="b")), "user5"
    )
    read(db, settings, row)
    assert busy(db, row) == ["03-04 09:00"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/huge", "more than 10 MB"),
        ("/garbage", "does not answer"),
        ("/login", "leads to a web page"),
        ("/plain", "no calendar"),
        ("/circling", "leads on more than"),
    ],
)
def test_trouble_is_said_and_the_last_busy_times_stay(
    db: Database,
    settings: Settings,
    session: Session,
    outsider: Outsider,
    connect: Connect,
    path: str,
    words: str,
):
    row = connect(outsider.at(path))
    with clock.frozen(NOW - timedelta(hours=1)):
        operations.keep_reading(session, row, read_text(MEETING))
    session.commit()
    now = read(db, settings, row)
    assert words in now.problem
    assert now.last_read_at == NOW - timedelta(hours=1)
    assert busy(db, row) == ["03-03 09:00"]


def test_a_wrong_password_and_a_server_that_is_down(
    db: Database, settings: Settings, radicale: CaldavServer, connect: Connect
):
    address = radicale.make_calendar("user6")
    wrong = read(db, settings, connect(address, "user6", password="wrong"))
    assert "does not take this name and password" in wrong.problem
    down = read(db, settings, connect(f"http://127.0.0.1:{free_port()}/a.ics"))
    assert "does not answer" in down.problem


def test_a_calendar_inside_this_network_is_refused_without_the_setting(
    db: Database, settings: Settings, outsider: Outsider, connect: Connect
):
    row = connect(outsider.at("/plain"))
    strict = type(settings)(**{**vars(settings), "outside_private": False})
    outsider.asked.clear()
    assert "inside this network" in read(db, strict, row).problem
    assert outsider.asked == []


def test_another_secret_key_is_said(db: Database, settings: Settings, connect: Connect):
    row = connect("https://calendar.example/secret.ics")
    other = type(settings)(**{**vars(settings), "secret_key": "x" * 40})
    assert "server's key was changed" in read(db, other, row).problem


def test_the_secrets_are_not_in_the_database_as_they_are(
    db: Database, connect: Connect, session: Session
):
    connect("https://calendar.example/private-0123456789/basic.ics")
    connect("https://dav.example/", "ada", password="hunter2")
    rows = str(session.execute(text("SELECT * FROM calendars")).all())
    assert "0123456789" not in rows
    assert "hunter2" not in rows


def test_a_calendar_that_cannot_be_read_is_asked_less_and_less(
    db: Database, settings: Settings, connect: Connect
):
    row = connect(f"http://127.0.0.1:{free_port()}/a.ics")
    pauses = [read(db, settings, row).next_read_at - NOW for _ in range(7)]
    assert [pause // timedelta(minutes=10) for pause in pauses] == [1, 2, 4, 8, 16, 32, 32]


def test_the_regular_job_reads_what_is_due_and_nobody_who_left(
    app: Flask, db: Database, make: Factory, outsider: Outsider, connect: Connect
):
    connect(outsider.at("/plain"))
    connect(outsider.at("/plain"), user_id=make.user(is_active=False).id)
    later = connect(outsider.at("/plain"))
    later.next_read_at = clock.now() + timedelta(hours=1)
    with db.writing() as session:
        job = enqueue(session, "calendars.read_all", SYSTEM)
    make.commit()
    outsider.asked.clear()
    run_job(app, db, job.id)
    assert len(outsider.asked) == 1


def test_only_what_is_old_is_refreshed_on_demand(
    db: Database, settings: Settings, outsider: Outsider, connect: Connect, make: Factory
):
    fresh, old = connect(outsider.at("/plain")), connect(outsider.at("/plain"))
    fresh.last_read_at = clock.now()
    old.last_read_at = clock.now() - timedelta(minutes=11)
    make.commit()
    outsider.asked.clear()
    refresh(db, settings, [fresh.user_id, old.user_id])
    assert len(outsider.asked) == 1


INTERVIEW = calendar("METHOD:REQUEST", timed("20260303T090000Z", "20260303T100000Z", uid="i@h"))
MOVED = INTERVIEW.replace("20260303", "20260305")


def test_a_booked_interview_is_written_moved_and_gone_when_it_is_cancelled(
    app: Flask, db: Database, settings: Settings, radicale: CaldavServer, connect: Connect
):
    address = radicale.make_calendar("user7")
    row = connect(address, "user7")
    for ics, day in ((INTERVIEW, "20260303"), (MOVED, "20260305")):
        with db.writing() as session:
            put_event(session, row.user_id, "i@h", ics)
        work(app, db)
        [there] = radicale.events(address, "user7")
        assert f"DTSTART:{day}T090000Z" in there
    read(db, settings, row)
    assert busy(db, row) == []
    with db.writing() as session:
        remove_event(session, row.user_id, "i@h")
    work(app, db)
    assert radicale.events(address, "user7") == []
    with db.reading() as session:
        assert session.scalars(select(CalendarEvent)).all() == []


def test_only_one_calendar_is_written_and_an_interview_stays_where_it_is(
    app: Flask, db: Database, radicale: CaldavServer, connect: Connect
):
    first = connect(radicale.make_calendar("user8", "First"), "user8")
    with db.writing() as session:
        put_event(session, first.user_id, "i@h", INTERVIEW)
    second = connect(radicale.make_calendar("user8", "Second"), "user8", user_id=first.user_id)
    with db.writing() as session:
        put_event(session, first.user_id, "i@h", MOVED)
        put_event(session, first.user_id, "j@h", INTERVIEW.replace("i@h", "j@h"))
    work(app, db)
    assert "20260305" in radicale.events(first.address, "user8")[0]
    assert "UID:j@h" in radicale.events(second.address, "user8")[0]


def test_nothing_is_written_for_somebody_without_such_a_calendar(
    db: Database, connect: Connect, make: Factory
):
    row = connect("https://calendar.example/a.ics", writes=False)
    other = make.user()
    make.commit()
    with db.writing() as session:
        put_event(session, row.user_id, "i@h", INTERVIEW)
        put_event(session, other.id, "i@h", INTERVIEW)
        remove_event(session, row.user_id, "unknown@h")
        assert session.scalars(select(CalendarEvent)).all() == []


def event_now(db: Database) -> CalendarEvent:
    with db.reading() as session:
        return session.scalars(select(CalendarEvent)).one()


def test_a_server_that_is_down_is_tried_again_with_growing_pauses_and_then_left_to_its_owner(
    app: Flask, db: Database, connect: Connect
):
    row = connect(f"http://127.0.0.1:{free_port()}/work/", "ada")
    now = clock.now()
    with clock.frozen(now), db.writing() as session:
        put_event(session, row.user_id, "i@h", INTERVIEW)
    for pause in PAUSES:
        with clock.frozen(now):
            work(app, db)
            assert event_now(db).state is WritingState.WAITING
            assert "does not answer" in event_now(db).problem
        now += pause
    with clock.frozen(now):
        work(app, db)
    assert event_now(db).state is WritingState.FAILED
    with db.writing() as session:
        operations.write_again(session, session.scalars(select(CalendarEvent)).one())
    assert event_now(db).state is WritingState.WAITING


def test_a_wish_that_came_while_another_was_written_is_written_too(
    app: Flask, db: Database, radicale: CaldavServer, connect: Connect
):
    address = radicale.make_calendar("user9")
    row = connect(address, "user9")
    with db.writing() as session:
        put_event(session, row.user_id, "i@h", INTERVIEW)
        first = operations.claim(session, session.scalars(select(CalendarEvent.id)).one())
        assert first is not None
        version = first.version
    with db.writing() as session:
        put_event(session, row.user_id, "i@h", MOVED)
    work(app, db)
    assert radicale.events(address, "user9") == []
    with db.writing() as session:
        operations.settle(session, event_now(db).id, version, "")
    work(app, db)
    assert "20260305" in radicale.events(address, "user9")[0]


def test_an_event_whose_worker_died_is_written_by_the_next(
    app: Flask, db: Database, radicale: CaldavServer, connect: Connect
):
    address = radicale.make_calendar("user10")
    row = connect(address, "user10")
    with db.writing() as session:
        put_event(session, row.user_id, "i@h", INTERVIEW)
        operations.claim(session, session.scalars(select(CalendarEvent.id)).one())
    work(app, db)
    assert event_now(db).state is WritingState.WRITING
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        work(app, db)
    assert event_now(db).state is WritingState.DONE
    assert len(radicale.events(address, "user10")) == 1


def test_what_waits_for_a_calendar_that_was_disconnected_is_given_up(
    app: Flask, db: Database, connect: Connect
):
    row = connect(f"http://127.0.0.1:{free_port()}/work/", "ada")
    with db.writing() as session:
        put_event(session, row.user_id, "i@h", INTERVIEW)
        operations.disconnect(session, SYSTEM, session.get_one(Calendar, row.id))
    work(app, db)
    with db.reading() as session:
        states = session.scalars(select(Job.state).where(Job.name == WRITE)).all()
    assert set(states) == {JobState.DONE}
