"""A decision keeps its evidence, and its theme is counted again once it has shipped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.actions import operations
from app.actions.evidence import remeasured
from app.actions.goals import GoalState, goal_state
from app.actions.models import DecisionState
from app.actions.operations import GoalIsFixed, NotYetShipped, Plan
from app.actions.showing import change_words, shown_decision
from app.core.access import SYSTEM
from app.tagging.models import Direction
from tests.actions.conftest import TODAY, Buyers

SHIPPED = date(2026, 6, 1)


def test_the_evidence_stays_as_it_stood(session: Session, buyers: Buyers) -> None:
    buyers.spring(said=4, of=10)
    decision = buyers.decide()
    buyers.spring(said=0, of=10)
    kept = decision.evidence
    assert (kept["share"]["count"], kept["share"]["n"]) == (4, 10)
    assert kept["last_day"] == "2026-09-30"
    assert kept["verdict"] == "act"


def test_only_deals_opened_after_shipping_are_counted_again(
    session: Session, buyers: Buyers
) -> None:
    buyers.spring(said=6, of=10)
    for number in range(8):
        buyers.heard(
            date(2026, 8, 1) + timedelta(days=number),
            says_it=number < 2,
            opened_on=SHIPPED + timedelta(days=number),
        )
    buyers.heard(date(2026, 8, 20), says_it=True, opened_on=date(2026, 3, 1))
    again = remeasured(session, buyers.theme, SHIPPED, TODAY)
    assert (again.before.count, again.before.n) == (6, 10)
    assert (again.after.count, again.after.n) == (2, 8)
    assert again.left_out == 1


def test_a_deal_of_which_nobody_knows_when_it_was_opened_is_left_out_and_counted(
    session: Session, buyers: Buyers
) -> None:
    buyers.heard(date(2026, 8, 1), says_it=True).deal.opened_on = None
    again = remeasured(session, buyers.theme, SHIPPED, TODAY)
    assert (again.after.n, again.left_out) == (0, 1)
    assert change_words(again) == "nobody heard yet who evaluated it after that day"


def test_a_difference_that_may_be_chance_is_no_reliable_change_yet(
    session: Session, buyers: Buyers
) -> None:
    buyers.spring(said=5, of=10)
    for number in range(6):
        buyers.heard(date(2026, 8, 1), says_it=number < 2, opened_on=SHIPPED)
    words = change_words(remeasured(session, buyers.theme, SHIPPED, TODAY))
    assert words.startswith("no reliable change yet (−17 points, ")


def test_a_difference_beyond_chance_is_told(session: Session, buyers: Buyers) -> None:
    buyers.spring(said=18, of=20)
    for _ in range(12):
        buyers.heard(date(2026, 8, 1), says_it=False, opened_on=SHIPPED)
    words = change_words(remeasured(session, buyers.theme, SHIPPED, TODAY))
    assert words.startswith("less often than before (−90 points, ")


def test_four_heard_are_too_few_to_compare(session: Session, buyers: Buyers) -> None:
    buyers.spring(said=5, of=10)
    for _ in range(4):
        buyers.heard(date(2026, 8, 1), says_it=False, opened_on=SHIPPED)
    again = remeasured(session, buyers.theme, SHIPPED, TODAY)
    assert change_words(again) == "too few heard yet to compare"


@pytest.mark.parametrize(
    ("says", "of", "by", "expected"),
    [
        (0, 6, date(2026, 12, 31), GoalState.REACHED),
        (6, 6, date(2026, 12, 31), GoalState.AHEAD),
        (6, 6, date(2026, 9, 29), GoalState.MISSED),
        (0, 3, date(2026, 9, 29), GoalState.TOO_FEW),
    ],
)
def test_a_goal_is_held_against_the_deals_since(
    session: Session, buyers: Buyers, says: int, of: int, by: date, expected: GoalState
) -> None:
    for number in range(of):
        buyers.heard(date(2026, 8, 1), says_it=number < says, opened_on=SHIPPED)
    again = remeasured(session, buyers.theme, SHIPPED, TODAY)
    found = goal_state(again, percent=20, direction=Direction.AGAINST, by=by, today=TODAY)
    assert found is expected


def test_what_did_not_ship_in_time_missed_its_goal() -> None:
    found = goal_state(
        None, percent=20, direction=Direction.AGAINST, by=date(2026, 9, 1), today=TODAY
    )
    assert found is GoalState.MISSED


def test_a_goal_is_given_before_the_work_begins(session: Session, buyers: Buyers) -> None:
    decision = buyers.decide(goal_percent=20, goal_by=date(2026, 12, 31))
    easier = Plan("Answer within a week.", goal_percent=40, goal_by=date(2026, 12, 31))
    operations.move(session, SYSTEM, decision, DecisionState.UNDER_WAY)
    with pytest.raises(GoalIsFixed):
        operations.change(session, SYSTEM, decision, easier)
    assert decision.goal_percent == 20


@pytest.mark.parametrize("day", [None, TODAY + timedelta(days=1)])
def test_shipping_has_its_day_and_it_has_come(
    session: Session, buyers: Buyers, day: date | None
) -> None:
    with pytest.raises(NotYetShipped):
        operations.move(session, SYSTEM, buyers.decide(), DecisionState.SHIPPED, shipped_on=day)


def test_a_decision_follows_its_reason_into_another(session: Session, buyers: Buyers) -> None:
    buyers.spring(said=4, of=10)
    decision = buyers.decide()
    other = buyers.make.reason("Slow answers")
    decision.reason.merged_into_id = other.id  # type: ignore[union-attr]
    session.flush()
    found = shown_decision(session, decision, TODAY)
    assert found.theme is not None
    assert found.theme.subject_id == other.id
