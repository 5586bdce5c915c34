"""Deleting what a buyer said, because the buyer wants it so. It cannot be undone."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.events import publish
from app.interviews.events import BuyerChangedWords, WordsDeleted
from app.interviews.models import Answer, Interview, Scope
from app.interviews.operations import keep_deal_anonymous

_WRITTEN_ABOUT_IT = ("why", "surprised", "follow_up", "fears", "near_losses")


def delete_words(session: Session, actor: Actor, interview: Interview) -> None:
    """Delete the answers with every revision, quote and mark, and what was written about them.

    That the interview took place stays, and what we promised in it.
    """
    # Quotes, tags, marks, notes and places hang on the answers and go with them.
    session.execute(delete(Answer).where(Answer.interview_id == interview.id))
    session.expire_all()
    for field in _WRITTEN_ABOUT_IT:
        setattr(interview, field, "")
    interview.scope = Scope.COUNT
    audit.record(session, actor, "interview.words_deleted", interview)
    keep_deal_anonymous(session, interview)
    publish(session, WordsDeleted(interview.id))
    publish(session, BuyerChangedWords(interview.id))
