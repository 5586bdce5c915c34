"""Counting agreement in the worker, whenever two codings were laid side by side."""

from __future__ import annotations

from typing import Any

from app.core.jobs import JobContext, job
from app.tagging.double_coding.operations import COUNT


@job(COUNT)
def count_agreement(context: JobContext) -> dict[str, Any]:
    # Brings numpy, which the web process does not need.
    from app.tagging.double_coding import figures

    with context.db.reading() as session:
        interviews = figures.coded_interviews(session)
    counted = figures.count(interviews)
    with context.db.writing() as session:
        figures.keep(session, counted)
    return {"interviews": len(interviews), "reasons": max(len(counted) - 1, 0)}
