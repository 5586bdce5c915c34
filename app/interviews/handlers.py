"""What interviews do when something is told: marks follow their words and their names."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.core import events
from app.interviews import writing_queries
from app.interviews.events import AnswerRevised
from app.interviews.models import Answer, Mark
from app.interviews.spans import moved_span
from app.market.events import CompetitorMerged, DifferentiatorMerged

_PLACED_MARKS = select(Mark).where(
    Mark.answer_id == bindparam("answer_id"), Mark.start.is_not(None)
)


@events.on(AnswerRevised, if_any=_PLACED_MARKS)
def carry_marks_over(session: Session, event: AnswerRevised) -> None:
    """Move each mark to the new revision where its words stand unchanged; the others stay on the
    answer without a place."""
    answer = session.get_one(Answer, event.answer_id)
    for mark in session.scalars(_PLACED_MARKS, {"answer_id": answer.id}).all():
        was = writing_queries.revision_numbered(session, answer, mark.revision or 0)
        new = writing_queries.revision_numbered(session, answer, event.number)
        if was is None or new is None or mark.start is None or mark.end is None:
            continue
        place = moved_span(was.text, new.text, mark.start, mark.end)
        mark.start, mark.end = place or (None, None)
        mark.revision = event.number if place else None


@events.on(CompetitorMerged)
def move_marks_to_the_other_competitor(session: Session, merged: CompetitorMerged) -> None:
    session.execute(
        update(Mark)
        .where(Mark.competitor_id == merged.merged_id)
        .values(competitor_id=merged.into_id)
    )


@events.on(DifferentiatorMerged)
def move_marks_to_the_other_differentiator(session: Session, merged: DifferentiatorMerged) -> None:
    session.execute(
        update(Mark)
        .where(Mark.differentiator_id == merged.merged_id)
        .values(differentiator_id=merged.into_id)
    )
