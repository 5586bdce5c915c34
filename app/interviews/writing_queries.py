"""Reading what is about to be written: the interview, locked, and its answers as they are now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased, contains_eager, load_only

from app.core.access import NotFound, Viewer
from app.deals.models import Deal, Seller
from app.interviews.models import Answer, AnswerRevision, Interview
from app.interviews.queries import may_write

_LOCK = "interview_locked"

# Built once, for they are asked with every save.
_TO_WRITE = (
    select(Interview)
    .join(Interview.deal)
    .outerjoin(Deal.seller)
    .where(Interview.public_id == bindparam("public_id"))
    .options(
        load_only(
            Interview.interviewer_id,
            Interview.scope,
            Interview.seller_may_read,
            Interview.state,
            Interview.taken,
        ),
        contains_eager(Interview.deal).options(
            load_only(Deal.seller_id), contains_eager(Deal.seller).load_only(Seller.user_id)
        ),
    )
)
_TO_WRITE_LOCKED = _TO_WRITE.with_for_update(of=Interview)
_ANSWER_TO = (
    select(Answer)
    .where(
        Answer.interview_id == bindparam("interview_id"),
        Answer.question_id == bindparam("question_id"),
    )
    .execution_options(populate_existing=True)
)
_numbered = aliased(AnswerRevision)
_ANSWER_TO_REVISE = (
    select(
        Answer,
        AnswerRevision.id,
        select(func.max(_numbered.number))
        .where(_numbered.answer_id == Answer.id)
        .scalar_subquery(),
    )
    .outerjoin(AnswerRevision, AnswerRevision.public_id == bindparam("public_id"))
    .where(
        Answer.interview_id == bindparam("interview_id"),
        Answer.question_id == bindparam("question_id"),
    )
    .options(
        load_only(
            Answer.interview_id,
            Answer.question_id,
            Answer.question,
            Answer.kind,
            Answer.taken,
            Answer.position,
            Answer.is_skipped,
            Answer.revision,
            Answer.text,
        )
    )
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Found:
    """An answer that a revision of this id is about to be written of."""

    answer: Answer
    revision_id: str
    #: The row of that id, where it was written before, perhaps of another answer.
    repeated_id: int | None
    #: The highest number given, also to a revision that was set aside; 0 for none.
    last: int


def get_interview_to_write(
    session: Session, viewer: Viewer, public_id: str, *, lock: bool = False
) -> Interview:
    """The interview for whoever writes its answers down, with what decides on that and no more: it
    is asked for with every save, and locked for it in the same statement. Whoever may write sees
    the deal too: they hold an interview of it, or assign interviews."""
    statement = _TO_WRITE_LOCKED if lock else _TO_WRITE
    interview = session.scalar(statement, {"public_id": public_id})
    if interview is None or not may_write(viewer, interview):
        raise NotFound
    if lock:
        session.info[_LOCK] = (interview.id, session.get_transaction())
    return interview


def lock_interview(session: Session, interview: Interview) -> None:
    """Let one writer at a time at this interview's answers, until the transaction ends."""
    lock = (interview.id, session.get_transaction())
    if session.info.get(_LOCK) == lock:
        return
    session.info[_LOCK] = lock
    session.execute(select(Interview.id).where(Interview.id == interview.id).with_for_update())


def answer_to(session: Session, interview: Interview, question_id: str) -> Answer | None:
    """The answer as it is in the database now."""
    return session.scalar(_ANSWER_TO, {"interview_id": interview.id, "question_id": question_id})


def revision_by_public_id(session: Session, public_id: str) -> AnswerRevision | None:
    return session.scalar(select(AnswerRevision).where(AnswerRevision.public_id == public_id))


def answer_to_revise(
    session: Session, interview: Interview, question_id: str, revision_id: str
) -> Found | None:
    """The answer as it is in the database now, with what a further revision of it must know."""
    values = {"interview_id": interview.id, "question_id": question_id, "public_id": revision_id}
    row = session.execute(_ANSWER_TO_REVISE, values).one_or_none()
    return Found(row[0], revision_id, row[1], row[2] or 0) if row else None


def revision_numbered(session: Session, answer: Answer, number: int) -> AnswerRevision | None:
    return session.scalar(
        select(AnswerRevision).where(
            AnswerRevision.answer_id == answer.id, AnswerRevision.number == number
        )
    )


def last_revision_number(session: Session, answer: Answer) -> int:
    """The highest number given, also to a revision that was set aside."""
    last = session.scalar(
        select(func.max(AnswerRevision.number)).where(AnswerRevision.answer_id == answer.id)
    )
    return last or 0
