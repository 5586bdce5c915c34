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
    ],
)
def test_blame_and_praise_lead(text: str):
    assert levels(text) == {"leading": Level.ERROR}


@pytest.mark.parametrize(
    "text",
    [
        "What problems did you have with us?",
        "What worried you about switching?",
        "Who on the committee was against us?",
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
