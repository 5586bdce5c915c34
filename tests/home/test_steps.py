"""Which first step comes next."""

from __future__ import annotations

import pytest

from app.deals.expectation import ClosedDeals, expect
from app.deals.models import Outcome
from app.home.steps import Progress, Step


def progress(done: str = "", skipped: str = "", *, deals: bool = False, interviews: bool = False):
    return Progress.of(done.split(), skipped.split(), deals=deals, interviews=interviews)


def test_an_empty_workspace_has_all_five_ahead():
    assert progress().open == list(Step)
    assert progress().is_beginning


def test_what_was_done_or_skipped_is_not_asked_again():
    here = progress("company", "market")
    assert here.open == [Step.DEALS, Step.COLLEAGUES, Step.INTERVIEW]
    assert (here.state_of(Step.COMPANY), here.state_of(Step.MARKET)) == ("done", "skipped")
    assert here.state_of(Step.DEALS) is None


def test_deals_and_interviews_count_however_they_came():
    assert progress(deals=True).state_of(Step.DEALS) == "done"
    assert progress(interviews=True).state_of(Step.INTERVIEW) == "done"


def test_a_step_done_after_it_was_skipped_is_done():
    assert progress("", "deals", deals=True).state_of(Step.DEALS) == "done"


def test_after_a_step_comes_the_next_open_one_then_what_was_left_before_it():
    assert progress("market").after(Step.COMPANY) is Step.DEALS
    assert progress("interview", "market deals").after(Step.COLLEAGUES) is Step.COMPANY
    assert progress("company market deals colleagues").after(Step.INTERVIEW) is None


def test_with_an_interview_planned_the_first_steps_stand_in_nobodys_way():
    assert not progress(interviews=True).is_beginning
    assert not progress("", "company market deals colleagues interview").is_beginning


def closed(outcome: str, deals: int, with_email: int) -> ClosedDeals:
    return ClosedDeals(Outcome(outcome), deals, with_email)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], (0, 0, 0)),
        ([closed("won", 10, 10)], (10, 10, 4)),
        ([closed("lost", 20, 20)], (20, 20, 5)),
        (
            [closed("won", 50, 47), closed("lost", 60, 37), closed("no_decision", 8, 0)],
            (118, 84, 28),
        ),
        ([closed("renewed", 10, 10), closed("churned", 4, 4)], (14, 14, 5)),
        ([closed("won", 3, 0)], (3, 0, 0)),
    ],
)
def test_customers_agree_more_often_than_the_others(rows, expected):
    found = expect(rows)
    assert (found.closed, found.with_email, found.interviews) == expected
