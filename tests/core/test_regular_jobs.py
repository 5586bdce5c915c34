"""Jobs that run by themselves, again and again: one run ahead, and no trail of those behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock, jobs
from app.core.access import SYSTEM, Actor
from app.core.db import Database
from app.core.jobs import JobContext, Queue, enqueue, job, run_job
from app.core.models import Job, JobState

EVERY = timedelta(minutes=10)
NAME = "tests.look"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The job looks, and keeps when it did."""
    monkeypatch.setattr(jobs, "_regular", {})
    done: list[int] = []

    @job(NAME, every=EVERY)
    def look(context: JobContext, **_: object) -> None:
        done.append(context.job_id)

    yield done
    jobs._functions.pop(NAME)


@pytest.fixture
def queue(app: Flask) -> Queue:
    found: Queue = app.extensions["because_queue"]
    return found


def rows(db: Database) -> list[Job]:
    with db.reading() as session:
        return list(session.scalars(select(Job).where(Job.name == NAME).order_by(Job.id)))


def test_a_regular_job_is_due_at_once_and_then_so_long_after_it_ended(
    app: Flask, db: Database, queue: Queue, runs: list[int]
):
    assert queue.plan_regular(db) == 1
    run_job(app, db, rows(db)[0].id)
    assert len(runs) == 1
    assert queue.plan_regular(db) == 1
    done, ahead = rows(db)
    assert done.finished_at is not None
    assert ahead.due_at == done.finished_at + EVERY


def test_it_is_asked_for_once(db: Database, queue: Queue, runs: list[int]):
    assert [queue.plan_regular(db) for _ in range(3)] == [1, 0, 0]


def test_the_runs_behind_are_forgotten(app: Flask, db: Database, queue: Queue, runs: list[int]):
    now = clock.now()
    for number in range(4):
        with clock.frozen(now + number * EVERY):
            queue.plan_regular(db)
            run_job(app, db, rows(db)[-1].id)
    assert len(runs) == 4
    assert len(rows(db)) == 2


def test_it_goes_on_after_a_failure(app: Flask, db: Database, queue: Queue, runs: list[int]):
    queue.plan_regular(db)
    with db.writing() as session:
        row = session.get_one(Job, rows(db)[0].id)
        row.state, row.finished_at = JobState.FAILED, clock.now()
    assert queue.plan_regular(db) == 1


def test_what_a_person_asked_for_is_no_regular_run(db: Database, queue: Queue, runs: list[int]):
    with db.writing() as session:
        enqueue(session, NAME, Actor(1, "Ada Ling"))
        enqueue(session, NAME, SYSTEM, only=3)
    assert queue.plan_regular(db) == 1
