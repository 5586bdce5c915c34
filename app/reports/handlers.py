"""What reports do when a buyer changes what may be printed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.core import events
from app.interviews.events import BuyerChangedWords, ScopeChanged
from app.interviews.models import Interview
from app.reports.issuing import take_back
from app.reports.operations import outdate_files


@events.on(BuyerChangedWords)
def stop_serving_changed_words(session: Session, changed: BuyerChangedWords) -> None:
    _outdate(session, changed.interview_id)


@events.on(ScopeChanged)
def stop_serving_what_may_not_be_quoted(session: Session, changed: ScopeChanged) -> None:
    _outdate(session, changed.interview_id)


def _outdate(session: Session, interview_id: int) -> None:
    deal_id = session.get_one(Interview, interview_id).deal_id
    outdate_files(session, deal_id)
    take_back(session, deal_id)
