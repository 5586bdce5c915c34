"""What double coding does when an interview is tagged in full, or an answer is changed."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.interviews.events import AnswerRevised, InterviewMoved
from app.tagging.carrying import carry_over
from app.tagging.double_coding import operations
from app.tagging.double_coding.models import SecondCoding, SecondTag

_HALF_DONE = select(SecondCoding).where(
    SecondCoding.interview_id == bindparam("interview_id"),
    SecondCoding.finished_at.is_not(None),
    SecondCoding.compared_at.is_(None),
)
_PLACED = select(SecondTag).where(
    SecondTag.answer_id == bindparam("answer_id"), SecondTag.has_lost_place.is_(False)
)


@events.on(InterviewMoved, if_any=_HALF_DONE)
def compare(session: Session, moved: InterviewMoved) -> None:
    for coding in session.scalars(_HALF_DONE, {"interview_id": moved.interview_id}).all():
        operations.compare_if_both_are_done(session, SYSTEM, coding)


@events.on(AnswerRevised, if_any=_PLACED)
def carry_second_tags_over(session: Session, event: AnswerRevised) -> None:
    carry_over(session, event, session.scalars(_PLACED, {"answer_id": event.answer_id}).all())
