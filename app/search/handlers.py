"""What search does when an earlier room tells something.

While an interview is held nothing is indexed, so that a save stays quick: what is said is found
once the conversation is over. Whatever is many is the worker's.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.core.jobs import enqueue
from app.deals.events import AccountChanged, DealsChanged, NamesChanged
from app.interviews.events import AnswerRevised, InterviewHeld
from app.interviews.models import HEARD, Answer, Interview
from app.search import indexing
from app.search.jobs import INDEX_DEALS, INDEX_INTERVIEW
from app.tagging.events import QuotesMade
from app.transcripts.events import TranscriptKept

_AT_ONCE = 20


@events.on(InterviewHeld)
def find_what_was_said(session: Session, held: InterviewHeld) -> None:
    enqueue(session, INDEX_INTERVIEW, SYSTEM, interview_id=held.interview_id)


@events.on(TranscriptKept)
def find_the_transcript(session: Session, kept: TranscriptKept) -> None:
    enqueue(session, INDEX_INTERVIEW, SYSTEM, interview_id=kept.interview_id)


_HEARD = (
    select(Answer)
    .join(Answer.interview)
    .where(Answer.id == bindparam("answer_id"), Interview.state.in_(HEARD))
)


@events.on(AnswerRevised, if_any=_HEARD)
def find_the_new_words(session: Session, revised: AnswerRevised) -> None:
    indexing.index_answers(session, [revised.answer_id])


@events.on(QuotesMade)
def find_the_quotes(session: Session, made: QuotesMade) -> None:
    indexing.index_quotes(session, made.quotes)


@events.on(DealsChanged)
def find_the_deals(session: Session, changed: DealsChanged) -> None:
    if len(changed.deal_ids) > _AT_ONCE:
        enqueue(session, INDEX_DEALS, SYSTEM, deal_ids=list(changed.deal_ids))
    else:
        indexing.index_deals(session, changed.deal_ids)


@events.on(NamesChanged)
def find_by_the_new_names(session: Session, changed: NamesChanged) -> None:
    indexing.index_deals(session, changed.deal_ids)


@events.on(AccountChanged)
def find_by_the_accounts_name(session: Session, changed: AccountChanged) -> None:
    indexing.index_account(session, changed.account_id)
