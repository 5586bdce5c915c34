"""At which of four questions a decision stopped, and whether the deal was worth taking on."""

from __future__ import annotations

import pytest

from app.analytics.four_questions import Against, Question, lacking, question_of, stopped_at


@pytest.mark.parametrize(
    ("keys", "question"),
    [
        (("good_enough", "staying_put"), Question.ANYTHING),
        (("build_it", "staying_put"), Question.THIS),
        (("timing", "decision_and_organisation"), Question.NOW),
        (("sponsor", "decision_and_organisation"), Question.ANYTHING),
        (("security", "technology_and_security"), Question.US),
        (("our_own_reason", "price_and_terms"), Question.US),
        (("our_own_reason",), None),
    ],
)
def test_a_reason_belongs_to_a_question_by_itself_or_by_its_category(
    keys: tuple[str, ...], question: Question | None
):
    assert question_of(keys) is question


def test_a_deal_stopped_at_the_first_question_that_decided():
    reasons = [
        Against(1, ("security", "technology_and_security"), is_decisive=True),
        Against(1, ("timing", "decision_and_organisation"), is_decisive=True),
        Against(1, ("good_enough", "staying_put"), is_decisive=False),
        Against(2, ("build_it", "staying_put"), is_decisive=False),
        Against(2, ("price", "price_and_terms"), is_decisive=False),
        Against(9, ("price", "price_and_terms"), is_decisive=True),
    ]
    found = stopped_at(reasons, heard={1, 2, 3})
    assert found.at == {
        Question.ANYTHING: 0,
        Question.THIS: 1,
        Question.NOW: 1,
        Question.US: 0,
    }
    assert (found.unplaced, found.heard) == (1, 3)


def test_what_a_deal_needs_is_counted_beside_the_deals_won_without_it():
    reasons = [
        Against(1, ("sponsor",), is_decisive=True),
        Against(1, ("budget",), is_decisive=False),
        Against(2, ("budget",), is_decisive=True),
        Against(7, ("budget",), is_decisive=False),
        Against(3, ("price",), is_decisive=True),
    ]
    lacks, undecided, won = lacking(reasons, undecided={1, 2, 3}, won={7, 8})
    assert (undecided, won) == (2, 1)
    assert [(lack.words, lack.undecided, lack.won) for lack in lacks[:2]] == [
        ("no money set aside", 2, 1),
        ("nobody senior behind it", 1, 0),
    ]
