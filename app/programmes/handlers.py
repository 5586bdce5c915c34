"""What programmes do when deals change and interviews begin."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.core.jobs import enqueue
from app.deals.events import DealsChanged
from app.interviews.events import InterviewMoved
from app.interviews.models import HEARD, Interview, State
from app.programmes import asking_queries, objections, operations, queries, seller_views
from app.programmes.models import SellerView

SELECT = "programmes.select"
_UNSEALED = (
    select(SellerView.id)
    .join(Interview, Interview.deal_id == SellerView.deal_id)
    .where(
        Interview.id == bindparam("interview_id"),
        SellerView.sealed_at.is_(None),
    )
)


@events.on(DealsChanged)
def look_at_them_again(session: Session, changed: DealsChanged) -> None:
    """What does not count stays so, what is undecided again is not asked about, and what was
    decided may be."""
    for exclusion in asking_queries.exclusions_from_count(session, changed.deal_ids):
        objections.keep_out_of_the_count(session, SYSTEM, exclusion)
    for selection in queries.undecided_again(session, changed.deal_ids):
        operations.drop(session, selection, "The deal is open again, or does not count.")
    if queries.has_active_programme(session) and not queries.is_job_waiting(session, SELECT):
        enqueue(session, SELECT, SYSTEM, woken=True)


@events.on(InterviewMoved, if_any=_UNSEALED)
def seal_the_sellers_view(session: Session, moved: InterviewMoved) -> None:
    interview = session.get_one(Interview, moved.interview_id)
    if interview.state in (State.IN_PROGRESS, *HEARD):
        seller_views.seal(session, interview.deal_id)
