"""What a question takes for granted: a mere event is a doubt, blame and praise are an error."""

from __future__ import annotations

import pytest

from app.guides.linting import Level, lint


def levels(text: str, kind: str | None = None) -> dict[str, Level]:
    return {finding.rule: finding.level for finding in lint(text, kind)}


@pytest.mark.parametrize(
    "text",
    [
        "Which of our weaknesses weighed most?",
        "What made you lose trust in our project manager?",
        "How did you survive two years on spreadsheets?",
        "What frustrated you about our portal?",
        "What put you off?",
        "Which deadlines did we miss?",
        "Who on the committee was against us?",
    ],
)
def test_blame_and_praise_lead(text: str):
    assert levels(text) == {"leading": Level.ERROR}


@pytest.mark.parametrize(
    "text",
    [
        "What problems did you have with us?",
        "What worried you about switching?",
    ],
)
def test_that_something_was_is_only_presumed(text: str):
    assert levels(text) == {"presuming": Level.WARNING}


@pytest.mark.parametrize(
    "text",
    [
        "What, if anything, weighed against us?",
        "What, if anything, was painful about the switch?",
        "You called the move a nightmare. What happened?",
        "What had gone wrong, by the fitter's own report?",
    ],
)
def test_room_left_and_words_handed_back_are_spared(text: str):
    assert levels(text) == {}


def test_room_left_does_not_spare_a_judgement_that_stands_with_its_thing():
    assert levels("What, if anything, did you like in our superb training?", "think") == {
        "loaded": Level.ERROR
    }
    handed_back = "You said the screens were small. What did you think of those ridiculous menus?"
    assert levels(handed_back, "think") == {"loaded": Level.ERROR}


@pytest.mark.parametrize(
    "text", ["Who approved it, on what grounds?", "Who climbed the roof with whose permission?"]
)
def test_a_second_question_may_hide_behind_a_preposition(text: str):
    assert levels(text) == {"double_barrelled": Level.ERROR}


@pytest.mark.parametrize(
    "text",
    [
        "When did you stop reading our updates?",
        "How much friendlier is the new front desk?",
        "By how many hours did our crew shorten the shutdown?",
        "How did you get your team to accept the change?",
        "How often did you have to chase us for the invoice?",
        "What could only we have given you?",
        "Who admitted that the tender was written for one bidder?",
    ],
)
def test_what_is_said_to_have_changed_leads(text: str):
    assert levels(text) == {"leading": Level.ERROR}


@pytest.mark.parametrize(
    "text",
    [
        "When did you stop for petrol?",
        "How did you get the piano up the stairs?",
        "How long did you have to wait, in minutes?",
        "By how much did the water rise, according to the gauge?",
        "Who said it was too much?",
    ],
)
def test_a_plain_change_does_not(text: str):
    assert levels(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Unlike those who panicked, how did you handle the bank run?",
        "Nine in ten of our guests love the breakfast. How was yours?",
        "Frankly, I would have walked out. What did you do?",
        "Now that the cloud edition costs no more, what keeps you on your own servers?",
    ],
)
def test_a_claim_before_the_question_leads(text: str):
    assert "leading" in levels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who ordered the samples, tested them?",
        "How do you rate the recruiters, the portal?",
        "Name the bidders and say what each one asked.",
        "Tell me about the voyage out. Then about the way home.",
        "How do you find the new teacher's manner and marking?",
    ],
)
def test_two_things_may_stand_side_by_side(text: str):
    assert "double_barrelled" in levels(text, "think")


def test_a_fact_does_not_suit_a_view():
    text = "How many rooms did the hotel sell in August?"
    assert levels(text, "think") == {"knowledge": Level.WARNING}
    assert levels(text, "fact") == {}
    assert levels("Who saw it differently?", "think") == {}
