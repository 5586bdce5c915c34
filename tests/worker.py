"""The worker's part, done by hand in the test's own process."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.db import Database
from app.core.jobs import run_job
from app.core.models import Job, JobState


def work(app: Flask, db: Database) -> None:
    """Do every job that is due, and those that they ask for."""
    done: set[int] = set()
    while True:
        with db.reading() as session:
            due = session.scalars(
                select(Job.id).where(Job.state == JobState.QUEUED, Job.due_at <= clock.now())
            ).all()
        if not set(due) - done:
            return
        for job_id in due:
            run_job(app, db, job_id)
        done |= set(due)
