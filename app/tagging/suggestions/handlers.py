"""What becomes of suggestions when words change or go."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app.core import events
from app.interviews.events import AnswerRevised, WordsDeleted
from app.interviews.models import Answer
from app.tagging.suggestions import learning
from app.tagging.suggestions.models import Decision, SuggestedInterview, Suggestion

_SUGGESTED_FOR = (
    select(SuggestedInterview)
    .join(Answer, Answer.interview_id == SuggestedInterview.interview_id)
    .where(Answer.id == bindparam("answer_id"))
)


@events.on(AnswerRevised, if_any=_SUGGESTED_FOR)
def suggest_anew(session: Session, event: AnswerRevised) -> None:
    """The words are others now: what was open goes, and the interview waits for the worker."""
    session.execute(
        delete(Suggestion).where(
            Suggestion.answer_id == event.answer_id, Suggestion.decision == Decision.OPEN
        )
    )
    for marker in session.scalars(_SUGGESTED_FOR, {"answer_id": event.answer_id}):
        session.delete(marker)


@events.on(WordsDeleted)
def unlearn(session: Session, _deleted: WordsDeleted) -> None:
    """Suggestions went with the answers; what was learnt from them is learnt anew."""
    learning.forget_words(session)
