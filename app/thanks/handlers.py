"""What thanks do when a buyer was heard."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core.events import on
from app.interviews.events import InterviewHeld
from app.interviews.models import Interview
from app.programmes.models import Selection
from app.thanks import operations
from app.thanks.models import ThanksRule

_RULE = (
    select(ThanksRule.programme_id)
    .join(Selection, Selection.programme_id == ThanksRule.programme_id)
    .where(Selection.interview_id == bindparam("interview_id"))
)


@on(InterviewHeld, if_any=_RULE)
def offer(session: Session, event: InterviewHeld) -> None:
    operations.offer_by_rule(session, session.get_one(Interview, event.interview_id))
