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


@pytest.mark.parametrize(
    "text",
    [
        "If the ward had run short, who would have signed off more?",
        "How many teachers will use the platform next September?",
        "Who takes over once the project leader retires?",
        "From next January, how many crews are you running?",
    ],
)
def test_a_case_that_is_about_nobody_s_choice_is_a_guess_whatever_its_kind(text: str):
    assert levels(text).get("hypothetical") == Level.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "If the price had been the same, what would you have decided?",
        "If we had come in a year earlier, how would it have gone?",
        "How do you see the market in five years?",
        "What would have had to be different for you to stay?",
        "If an order is late, what does the system show?",
        "Who else would be good to talk to about this?",
    ],
)
def test_what_may_be_asked_as_a_choice_or_a_view_is_spared_without_a_kind(text: str):
    assert "hypothetical" not in levels(text)


@pytest.mark.parametrize(
    "text",
    [
        "If reliability counted so much, why did you go with a newcomer?",
        "It seems the decision was political. What is your view?",
        "Nobody else answers the phone at night. What is that worth to you?",
        "Who let the deadline slip?",
    ],
)
def test_an_argument_leads(text: str):
    assert levels(text).get("leading") == Level.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "How did the delay change your view of us?",
        "How much over budget did the extension run?",
        "Why was safety the deciding factor?",
        "How did the staff's resistance show?",
    ],
)
def test_that_something_shifted_or_ran_over_is_presumed(text: str):
    assert levels(text).get("presuming") == Level.WARNING


def test_a_thing_left_to_be_filled_in_from_before_is_a_second_question():
    gapped = "What did the surgeons say about the table, and the finance office about the lease?"
    assert levels(gapped) == {"double_barrelled": Level.ERROR}
    at_two_times = "How did you feel during the talks and once they were over?"
    assert levels(at_two_times, "feel") == {"double_barrelled": Level.ERROR}


@pytest.mark.parametrize(
    "text",
    [
        "What documents did you send along with the bid?",
        "In your own words, and in whatever order you like, how did the decision come about?",
        "Should you have the invoice to hand, what is the date on it?",
        "How was it settled who would be on the list and who wouldn't?",
        "How many bidders, if any, never answered?",
        "How does the Hull site handle deliveries?",
        "Do tell me more about that.",
        "Where in the rules, if anywhere, does it say that?",
        "I would be glad to hear how the shortlist came about.",
    ],
)
def test_a_polite_or_a_careful_wording_is_spared(text: str):
    assert levels(text, "fact") == {}
