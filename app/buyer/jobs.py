"""Counting what a buyer wrote who left without saying that they were done."""

from __future__ import annotations

from app.buyer import operations, queries
from app.buyer.operations import CLOSE
from app.core.jobs import JobContext, job
from app.interviews.queries import last_written_at


@job(CLOSE)
def close(context: JobContext, link_id: int) -> None:
    with context.db.writing() as session:
        link = queries.link_by_id(session, link_id)
        if link is not None:
            written_at = last_written_at(session, link.interview)
            operations.close_if_left(session, link, written_at)
