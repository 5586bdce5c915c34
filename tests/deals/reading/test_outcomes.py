"""A stage becomes an outcome only where its meaning is known."""

import pytest

from app.deals.reading.answers import BadOption, read_answers
from app.deals.reading.outcomes import decide_outcome


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        ("Won", "won"),
        ("Closed Won", "won"),
        ("closedwon", "won"),
        ("6 - Closed/Won", "won"),
        ("Closed Won (Sales Pipeline)", "won"),
        ("Closed Lost", "lost"),
        ("LOST", "lost"),
        ("Closed - No Decision", "no_decision"),
        ("Renewed", "renewed"),
        ("Churned", "churned"),
        ("Duplicate", "invalid"),
        ("Engaging", "open"),
        ("Proposal/Price Quote", "open"),
        ("Id. Decision Makers", "open"),
        ("appointmentscheduled", "open"),
    ],
)
def test_known_stages(stage: str, outcome: str) -> None:
    assert decide_outcome(stage, "", "", {}).outcome == outcome


@pytest.mark.parametrize("stage", ["Closed", "Parked", "Closed Lost (no budget)", "Won't do"])
def test_an_unknown_stage_is_asked_about(stage: str) -> None:
    decision = decide_outcome(stage, "", "", {})
    assert decision.outcome is None
    assert decision.ask


@pytest.mark.parametrize(
    ("stage", "won", "closed", "outcome"),
    [
        ("Signed by legal", "1", "1", "won"),
        ("In talks", "", "false", "open"),
        ("", "0", "1", "lost"),
        ("", "true", "true", "won"),
    ],
)
def test_the_crms_own_marks_decide_where_the_stage_says_nothing(
    stage: str, won: str, closed: str, outcome: str
) -> None:
    assert decide_outcome(stage, won, closed, {}).outcome == outcome


def test_closed_without_being_won_under_an_unknown_stage_is_asked_about() -> None:
    assert decide_outcome("Went quiet", "0", "1", {}).ask


@pytest.mark.parametrize(
    ("stage", "won", "closed"),
    [("Closed Lost", "1", "1"), ("Closed Won", "0", "1"), ("Negotiation", "0", "1")],
)
def test_a_contradiction_is_refused(stage: str, won: str, closed: str) -> None:
    decision = decide_outcome(stage, won, closed, {})
    assert decision.outcome is None
    assert "says otherwise" in decision.why


def test_a_persons_answer_goes_before_everything() -> None:
    answers = read_answers(
        currency="eur", outcomes=["Closed Lost=no decision", "a=b=won", "(blank)=open"]
    )
    assert answers.currency == "EUR"
    assert decide_outcome("closed lost", "1", "1", answers.outcomes).outcome == "no_decision"
    assert decide_outcome("a=b", "", "", answers.outcomes).outcome == "won"
    assert decide_outcome(" ", "", "", answers.outcomes).outcome == "open"


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"currency": "Euros"}, "--currency"),
        ({"currency": "EUR", "outcomes": ["Won"]}, "--outcome"),
        ({"currency": "EUR", "outcomes": ["Won=victory"]}, "--outcome"),
        ({"currency": "EUR", "date_format": "%d/%m"}, "--date-format"),
        ({"currency": "EUR", "date_format": "dd/mm/yyyy"}, "--date-format"),
        ({"currency": "EUR", "date_format": "%Q"}, "--date-format"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, object], option: str) -> None:
    with pytest.raises(BadOption) as caught:
        read_answers(**options)  # type: ignore[arg-type]
    assert caught.value.option == option
