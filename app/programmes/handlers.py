"""What programmes do when deals change and interviews begin."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.core.jobs import enqueue
from app.deals.events import DealsChanged
from app.interviews.events import InterviewHeld, InterviewMoved
from app.interviews.models import HEARD, Interview, State
from app.programmes import asking_queries, objections, operations, queries, seller_views
from app.programmes.models import Selection, SellerView
from app.tagging.double_coding import operations as double_coding

SELECT = "programmes.select"
_UNSEALED = (
    select(SellerView.id)
    .join(Interview, Interview.deal_id == SellerView.deal_id)
    .where(
        Interview.id == bindparam("interview_id"),
        SellerView.sealed_at.is_(None),
    )
)
_TAGGED_TWICE = select(Selection.id).where(
    Selection.interview_id == bindparam("interview_id"), Selection.is_double_coded
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


@events.on(InterviewHeld, if_any=_TAGGED_TWICE)
def have_it_tagged_twice(session: Session, held: InterviewHeld) -> None:
    """The lot fell on it when the deal was chosen, before anybody was heard."""
    interview = session.get_one(Interview, held.interview_id)
    if double_coding.may_be_picked(session, interview):
        double_coding.pick(session, SYSTEM, interview, by_lot=True)
