"""Jobs: rows written with the change that asks for them, done after it by the worker.

The queue carries a job row's id and nothing else. A sweep finds what was lost: queued rows whose
time has come, and running rows whose worker no longer beats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.db import Database
from app.core.models import Job, JobState
from config import Settings

if TYPE_CHECKING:
    from huey import RedisHuey, SqliteHuey

log = structlog.get_logger()

MOST_ATTEMPTS = 3
LOST_AFTER = timedelta(minutes=5)
_ENQUEUED = "enqueued_jobs"


@dataclass(frozen=True)
class JobContext:
    """What a job gets: it opens its own short transactions on `db`."""

    app: Flask
    db: Database
    job_id: int
    actor: Actor

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far it is; also the heartbeat that keeps it from being taken for lost."""
        with self.db.writing() as session:
            session.execute(
                update(Job)
                .where(Job.id == self.job_id)
                .values(
                    done_count=done, total_count=total, message=message, heartbeat_at=clock.now()
                )
            )


class JobRefused(Exception):
    """The job cannot be done, and trying again would not help; the message is for a person."""


JobFunction = Callable[..., dict[str, Any] | None]
_functions: dict[str, JobFunction] = {}
_regular: dict[str, timedelta] = {}


def job(name: str, *, every: timedelta | None = None) -> Callable[[JobFunction], JobFunction]:
    """Register a function `(context, **payload)` as the job of this name. It may run twice.

    With `every` it also runs by itself, so long after its last run ended.
    """

    def register(function: JobFunction) -> JobFunction:
        _functions[name] = function
        if every is not None:
            _regular[name] = every
        return function

    return register


def enqueue(
    session: Session, name: str, actor: Actor, *, due_at: datetime | None = None, **payload: Any
) -> Job:
    """Ask for a job in the current transaction; the worker is woken after the commit, or finds it
    in the sweep once it is due."""
    if name not in _functions:
        raise LookupError(f"no job is called {name}")
    row = Job(name=name, payload=payload, asked_by_id=actor.id, asked_by_name=actor.name)
    session.add(row)
    if due_at is None:
        session.flush()
        session.info.setdefault(_ENQUEUED, []).append(row.id)
    else:
        row.due_at = due_at
        session.flush()
    return row


def make_queue(settings: Settings) -> SqliteHuey | RedisHuey:
    # Loaded with the first job: it brings every kind of queue, which a start need not wait for.
    from huey import RedisHuey, SqliteHuey

    if settings.redis_url:
        return RedisHuey("because", url=settings.redis_url, results=False)
    return SqliteHuey("because", filename=str(settings.instance / "queue.db"), results=False)


class Queue:
    """The queue of job ids, and the task that runs one."""

    def __init__(self, app: Flask, db: Database, settings: Settings) -> None:
        self._app, self._db, self._settings = app, db, settings
        db.after_commit(self._send)

    @cached_property
    def _queue_and_task(self) -> tuple[SqliteHuey | RedisHuey, Callable[[int], object]]:
        huey = make_queue(self._settings)
        return huey, huey.task()(lambda job_id: run_job(self._app, self._db, job_id))

    @property
    def huey(self) -> SqliteHuey | RedisHuey:
        """The queue with its one task, which a worker must know before it begins."""
        return self._queue_and_task[0]

    def send(self, job_id: int) -> None:
        self._queue_and_task[1](job_id)

    def _send(self, session: Session) -> None:
        for job_id in session.info.pop(_ENQUEUED, []):
            self.send(job_id)

    def plan_regular(self, db: Database) -> int:
        """Ask for the next run of each regular job that has none ahead; returns for how many."""
        with db.writing() as session:
            return sum(_plan_next(session, name, every) for name, every in _regular.items())

    def sweep(self, db: Database) -> int:
        """Send again what is due or was lost; returns how many."""
        lost_before = clock.now() - LOST_AFTER
        with db.writing() as session:
            session.execute(
                update(Job)
                .where(Job.state == JobState.RUNNING, Job.heartbeat_at < lost_before)
                .values(state=JobState.QUEUED)
            )
            due = session.scalars(
                select(Job.id).where(Job.state == JobState.QUEUED, Job.due_at <= clock.now())
            ).all()
        for job_id in due:
            self.send(job_id)
        return len(due)


def _plan_next(session: Session, name: str, every: timedelta) -> bool:
    """The runs before are forgotten but for the last, which says when the next one is due."""
    runs = session.scalars(select(Job).where(Job.name == name).order_by(Job.id.desc())).all()
    regular = [run for run in runs if run.asked_by_name == SYSTEM.name and not run.payload]
    if any(not run.is_over for run in regular):
        return False
    ended_at = regular[0].finished_at if regular else None
    for run in regular[1:]:
        session.delete(run)
    enqueue(session, name, SYSTEM, due_at=ended_at + every if ended_at else clock.now())
    return True


def run_job(app: Flask, db: Database, job_id: int) -> None:
    """Claim the job and do it; a second call for the same job does nothing."""
    claimed = _claim(db, job_id)
    if claimed is None:
        return
    name, payload, actor, attempts = claimed
    context = JobContext(app, db, job_id, actor)
    try:
        with app.app_context():
            result = _functions[name](context, **payload) or {}
    except JobRefused as refusal:
        _finish(db, job_id, JobState.FAILED, message=str(refusal))
    except Exception:
        log.exception("job failed", job=name, job_id=job_id, attempt=attempts)
        if attempts >= MOST_ATTEMPTS:
            _finish(db, job_id, JobState.FAILED, message="Something went wrong on the server.")
        else:
            _try_later(db, job_id, attempts)
    else:
        _finish(db, job_id, JobState.DONE, result=result)


def _claim(db: Database, job_id: int) -> tuple[str, dict[str, Any], Actor, int] | None:
    with db.writing() as session:
        row = session.scalar(
            update(Job)
            .where(Job.id == job_id, Job.state == JobState.QUEUED, Job.due_at <= clock.now())
            .values(state=JobState.RUNNING, attempts=Job.attempts + 1, heartbeat_at=clock.now())
            .returning(Job)
        )
        if row is None:
            return None
        actor = Actor(row.asked_by_id, row.asked_by_name) if row.asked_by_name else SYSTEM
        return row.name, dict(row.payload), actor, row.attempts


def _finish(
    db: Database,
    job_id: int,
    state: JobState,
    *,
    result: dict[str, Any] | None = None,
    message: str | None = None,
) -> None:
    with db.writing() as session:
        row = session.get_one(Job, job_id)
        row.state = state
        row.finished_at = clock.now()
        if result is not None:
            row.result = result
        if message is not None:
            row.message = message


def _try_later(db: Database, job_id: int, attempts: int) -> None:
    with db.writing() as session:
        row = session.get_one(Job, job_id)
        row.state = JobState.QUEUED
        row.due_at = clock.now() + timedelta(seconds=10 * 4**attempts)


def get_own_job(session: Session, public_id: str, user_id: int) -> Job | None:
    """The job, if this person asked for it."""
    return session.scalar(select(Job).where(Job.public_id == public_id, Job.asked_by_id == user_id))
