"""Owners are reminded once of each day; buyers who allowed it are told once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import operations, telling
from app.actions.models import DecisionState
from app.actions.reminding import remind
from app.core.access import SYSTEM
from app.mail.models import Mail
from config import Settings
from tests.actions.conftest import Buyers


def subjects(session: Session) -> list[str]:
    return list(session.scalars(select(Mail.subject).order_by(Mail.id)))


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 10, 20), []),
        (date(2026, 10, 5), ["Due on 5 Oct 2026: Answer within a week."]),
        (date(2026, 9, 29), ["Was due on 29 Sept 2026: Answer within a week."]),
    ],
)
def test_the_owner_is_reminded_a_week_before_and_when_it_is_overdue(
    session: Session, settings: Settings, buyers: Buyers, due_on: date, expected: list[str]
) -> None:
    buyers.decide(owner=buyers.make.user(), due_on=due_on)
    remind(session, settings)
    remind(session, settings)
    assert subjects(session) == expected


def test_another_day_is_reminded_of_anew(
    session: Session, settings: Settings, buyers: Buyers
) -> None:
    decision = buyers.decide(owner=buyers.make.user(), due_on=date(2026, 10, 5))
    remind(session, settings)
    decision.due_on = date(2026, 10, 6)
    assert remind(session, settings) == 1


def test_what_is_finished_is_left_alone(
    session: Session, settings: Settings, buyers: Buyers
) -> None:
    decision = buyers.decide(owner=buyers.make.user(), due_on=date(2026, 9, 1))
    operations.move(session, SYSTEM, decision, DecisionState.DROPPED)
    assert remind(session, settings) == 0


def test_a_missed_goal_asks_what_was_learnt_until_it_is_written(
    session: Session, settings: Settings, buyers: Buyers
) -> None:
    decision = buyers.decide(owner=buyers.make.user(), goal_percent=20, goal_by=date(2026, 9, 1))
    remind(session, settings)
    assert subjects(session) == ["What did we learn? Answer within a week."]
    operations.learn(session, SYSTEM, decision, "A week was not the trouble.")
    decision.goal_by = date(2026, 9, 2)
    assert remind(session, settings) == 0


def test_only_buyers_who_said_it_and_allowed_it_are_told_and_once(
    session: Session, settings: Settings, buyers: Buyers
) -> None:
    willing = buyers.heard(date(2026, 4, 1), says_it=True)
    unwilling = buyers.heard(date(2026, 4, 2), says_it=True)
    silent = buyers.heard(date(2026, 4, 3), says_it=False)
    buyers.heard(date(2026, 4, 4), says_it=True)  # Was never asked.
    for interview, allowed in ((willing, True), (unwilling, False), (silent, True)):
        operations.note_may_be_told(session, SYSTEM, interview, allowed)
    decision = buyers.decide()
    operations.move(session, SYSTEM, decision, DecisionState.SHIPPED, shipped_on=date(2026, 6, 1))

    told = telling.tell(
        session, SYSTEM, settings, decision, subject="Done", text="Dear {name}", sender="Mia"
    )

    assert told == 1
    (mail,) = session.scalars(select(Mail))
    assert willing.contact is not None
    assert (mail.to_address, mail.text) == (willing.contact.email, f"Dear {willing.contact.name}")
    with pytest.raises(telling.NothingToTell):
        telling.tell(session, SYSTEM, settings, decision, subject="x", text="y", sender="Mia")


def test_nobody_is_told_before_it_shipped(
    session: Session, settings: Settings, buyers: Buyers
) -> None:
    interview = buyers.heard(date(2026, 4, 1), says_it=True)
    operations.note_may_be_told(session, SYSTEM, interview, True)
    with pytest.raises(telling.NothingToTell):
        telling.tell(
            session, SYSTEM, settings, buyers.decide(), subject="x", text="y", sender="Mia"
        )


def test_who_wants_no_mail_gets_none(session: Session, settings: Settings, buyers: Buyers) -> None:
    interview = buyers.heard(date(2026, 4, 1), says_it=True)
    operations.note_may_be_told(session, SYSTEM, interview, True)
    assert interview.contact is not None
    interview.contact.do_not_contact = True
    (buyer,) = telling.buyers_of(session, buyers.decide())
    assert not buyer.can_be_told
