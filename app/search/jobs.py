"""What the worker does for search: documents of many things at once, and telling subscribers."""

from __future__ import annotations

from typing import Any

from app.core.jobs import JobContext, job
from app.search import indexing

INDEX_INTERVIEW = "search.index_interview"
INDEX_DEALS = "search.index_deals"
REBUILD = "search.rebuild"


@job(INDEX_INTERVIEW)
def index_interview(context: JobContext, interview_id: int) -> None:
    with context.db.writing() as session:
        indexing.index_interview(session, interview_id)


@job(INDEX_DEALS)
def index_deals(context: JobContext, deal_ids: list[int]) -> None:
    with context.db.writing() as session:
        indexing.index_deals(session, deal_ids)


@job(REBUILD)
def rebuild(context: JobContext) -> dict[str, Any]:
    return {"documents": indexing.rebuild(context.db, context.progress)}
