"""The worker delivers after the commit, and comes back for what waits."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from app.core import clock
from app.core.db import Database
from app.core.jobs import run_job
from app.core.models import Job, JobState
from app.mail import operations
from app.mail.operations import Letter
from config import Settings
from tests.conftest import settings_for
from tests.house.running import free_port
from tests.mail.postbox import Postbox


def app_with(settings: Settings, smtp_url: str) -> tuple[Flask, Database]:
    app = create_app(
        settings_for(
            settings.instance,
            DATABASE_URL=settings.database_url,
            SMTP_URL=smtp_url,
            MAIL_FROM="interviews@halden.example",
        )
    )
    return app, app.extensions["because_database"]


def write(session: Session) -> None:
    operations.write(
        session,
        Letter("ilse@ferrow.example", "Your decision", "How did you come to it?\n"),
        domain="halden.example",
    )


def jobs(db: Database) -> list[Job]:
    with db.reading() as reader:
        return list(reader.scalars(select(Job).order_by(Job.id)))


def test_letters_of_one_transaction_ask_for_one_delivery(db: Database, session: Session):
    write(session)
    write(session)
    session.commit()
    write(session)
    session.commit()
    assert len(jobs(db)) == 2


def test_the_job_delivers(settings: Settings, postbox: Postbox):
    app, db = app_with(settings, postbox.url)
    with db.writing() as session:
        write(session)
    run_job(app, db, jobs(db)[0].id)
    assert [mail["Subject"] for mail in postbox.arrived] == ["Your decision"]
    assert [job.state for job in jobs(db)] == [JobState.DONE]


def test_a_silent_server_is_asked_again_a_little_later_each_time(settings: Settings):
    app, db = app_with(settings, f"smtp://127.0.0.1:{free_port()}")
    now = clock.now()
    with clock.frozen(now), db.writing() as session:
        write(session)
    pauses = []
    for _ in range(3):
        with clock.frozen(now):
            run_job(app, db, jobs(db)[-1].id)
        pauses.append(jobs(db)[-1].due_at - now)
        now = jobs(db)[-1].due_at
    assert pauses == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]


def test_without_a_server_mail_waits(app: Flask, db: Database):
    with db.writing() as session:
        write(session)
    run_job(app, db, jobs(db)[0].id)
    assert [job.state for job in jobs(db)] == [JobState.DONE]
