"""The demo's letters of the last year: who answered, who said no, and who did not answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.formats import zone
from app.deals.models import DECIDED, Contact, Deal
from app.demo import story
from app.interviews.models import HEARD, Interview, State
from app.invitations.models import Ended, Invitation, Letter
from app.invitations.wording import ABOUT, Step, shipped
from app.invitations.writing import fingerprint

_YEAR, _LATELY = timedelta(days=365), timedelta(days=45)
#: Every third deal that nobody was heard in was asked about.
_ASKED = 3
_SAID_NO, _CAME_BACK = 4, 9


def add_letters(session: Session, until: date) -> None:
    """One letter for whoever was heard, and for some who were not."""
    heard = session.scalars(
        select(Interview)
        .join(Interview.deal)
        .where(Interview.state.in_(HEARD), Deal.closed_on >= until - _YEAR)
        .order_by(Interview.id)
    ).all()
    for number, interview in enumerate(heard):
        ended = Ended.WROTE if interview.channel.value == "written" else Ended.BOOKED
        _write(session, interview, number, ended)
    quiet = session.scalars(
        select(Deal)
        .where(
            Deal.outcome.in_(DECIDED),
            Deal.closed_on.between(until - _YEAR, until - _LATELY),
            Deal.id.not_in(select(Interview.deal_id)),
        )
        .order_by(Deal.id)
    ).all()
    names = story.load_names().last_names
    for number, deal in enumerate(quiet[::_ASKED]):
        said_no = number % _SAID_NO == 0
        contact = Contact(
            account_id=deal.account_id,
            name=names[number % len(names)],
            email=f"asked{number + 1}@customer.example",
        )
        interview = Interview(
            deal=deal,
            contact=contact,
            state=State.DECLINED if said_no else State.CANCELLED,
            time_zone=story.TIME_ZONE,
        )
        letter = _write(session, interview, number, Ended.DECLINED if said_no else Ended.NO_ANSWER)
        if not said_no and number % _CAME_BACK == 1:
            letter.bounced_at = letter.written_at


def _write(session: Session, interview: Interview, number: int, ended: Ended) -> Letter:
    """The letter as it is shipped, sent from somebody's own mail."""
    deal = interview.deal
    assert deal.closed_on is not None
    day = deal.closed_on + timedelta(days=3 + number % 9)
    at = datetime.combine(day, time(9, 30), zone(story.TIME_ZONE))
    words = fingerprint(shipped(ABOUT[deal.outcome.value], "en", Step.INVITATION))
    invitation = Invitation(interview=interview, ended=ended, ended_at=at, created_at=at)
    letter = Letter(
        invitation=invitation,
        step=Step.INVITATION,
        to_address=f"asked{number}@customer.example",
        sent_by_hand_by_name="Miriam Holt",
        wording=words,
        written_at=at,
    )
    session.add_all([invitation, letter])
    return letter
