"""The worker's part: reminding owners."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.actions import reminding
from app.core.jobs import JobContext, job


@job("actions.remind", every=timedelta(hours=6))
def remind(context: JobContext) -> dict[str, Any]:
    """Of what is due within a week, is overdue, or missed its goal."""
    settings = context.app.extensions["because_settings"]
    with context.db.writing() as session:
        return {"written": reminding.remind(session, settings)}
