"""Reading what a capture page is told: answers as they stand, versions that wait, and changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session, aliased

from app.interviews.models import Answer, AnswerRevision, Interview, InterviewChange

#: After every change that there can be.
_NEVER = 2**31 - 1
# Built once, for it is asked with every save.
_SENT_OR_UNTOLD = (
    select(
        InterviewChange.id,
        InterviewChange.public_id,
        InterviewChange.interview_id,
        InterviewChange.part,
        InterviewChange.question_id,
        InterviewChange.result,
    )
    .where(
        InterviewChange.public_id.in_(bindparam("ids", expanding=True))
        | (
            (InterviewChange.interview_id == bindparam("interview_id"))
            & (InterviewChange.id > bindparam("seen"))
        )
    )
    .order_by(InterviewChange.id)
)

#: (id, public_id, interview_id, part, question_id, result) of a change that was applied.
Applied = Row[int, str, int, str, str, dict[str, Any]]


def answers_to(
    session: Session, interview: Interview, questions: Collection[str] | None
) -> Sequence[Answer]:
    """The answers to these questions, or to all (None), as they are in the database now."""
    statement = select(Answer).where(Answer.interview_id == interview.id).order_by(Answer.position)
    if questions is not None:
        statement = statement.where(Answer.question_id.in_(questions))
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def standing_authors(
    session: Session, answer_ids: Sequence[int]
) -> Mapping[int, Row[int, int | None, str]]:
    """(answer_id, author_id, author_name) of the words that stand, by answer."""
    columns = (AnswerRevision.answer_id, AnswerRevision.author_id, AnswerRevision.author_name)
    rows = session.execute(
        select(*columns)
        .join(AnswerRevision.answer)
        .where(Answer.id.in_(answer_ids), AnswerRevision.number == Answer.revision)
    )
    return {row.answer_id: row for row in rows}


def revisions_aside(
    session: Session, answer_ids: Sequence[int]
) -> Sequence[Row[AnswerRevision, str]]:
    """Revisions that wait for a decision, the oldest first, each with the words it changed."""
    before = aliased(AnswerRevision)
    return session.execute(
        select(AnswerRevision, before.text)
        .outerjoin(
            before,
            (before.answer_id == AnswerRevision.answer_id)
            & (before.number == AnswerRevision.based_on),
        )
        .where(AnswerRevision.answer_id.in_(answer_ids), AnswerRevision.is_aside)
        .order_by(AnswerRevision.number)
    ).all()


def changes_sent_and_untold(
    session: Session, interview: Interview, ids: Sequence[str], seen: int | None
) -> tuple[Mapping[str, Applied], list[Applied]]:
    """Those of these ids that were applied before, by id; and the interview's changes after the
    one last `seen`, in their order (none where that is None)."""
    since = _NEVER if seen is None else seen
    values = {"ids": list(ids), "interview_id": interview.id, "seen": since}
    rows = session.execute(_SENT_OR_UNTOLD, values).all()
    untold = [row for row in rows if row.interview_id == interview.id and row.id > since]
    return {row.public_id: row for row in rows if row.public_id in ids}, untold


def changes_after(
    session: Session, interview: Interview, seen: int | None
) -> Sequence[Row[int, str, str, str]]:
    """(id, public_id, part, question_id) of the interview's changes after this one. A page that
    comes new is told everything anyway: the latest alone says how far that goes."""
    columns = (
        InterviewChange.id,
        InterviewChange.public_id,
        InterviewChange.part,
        InterviewChange.question_id,
    )
    statement = select(*columns).where(InterviewChange.interview_id == interview.id)
    if seen is None:
        return session.execute(statement.order_by(InterviewChange.id.desc()).limit(1)).all()
    return session.execute(
        statement.where(InterviewChange.id > seen).order_by(InterviewChange.id)
    ).all()
