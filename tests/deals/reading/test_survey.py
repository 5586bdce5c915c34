"""What cannot be known from a file is asked, with the option that answers it."""

import pytest

from app.deals.reading.answers import read_answers
from app.deals.reading.headers import map_columns
from app.deals.reading.labels import DEAL_LABELS
from app.deals.reading.likeness import likely_matches
from app.deals.reading.survey import survey_deals
from tests.deals.reading.reading import HEADER, csv_table, read_rows


def test_a_plain_file_asks_nothing() -> None:
    result = read_rows(HEADER, ("1", "Won", "100", "1/2/2017", "3/25/2017"))
    assert result.questions == ["date_order:opened_on"]
    result = read_rows(HEADER, ("1", "Won", "100", "1/13/2017", "3/25/2017"))
    assert result.questions == []


def test_dates_with_all_days_under_13_are_asked_about() -> None:
    result = read_rows(HEADER, ("1", "Won", "100", "", "3/4/2017"))
    (question,) = result.survey.questions
    assert question.key == "date_order:closed_on"
    assert "Close Date" in question.text
    assert "3/4/2017" in question.text
    assert [choice.option for choice in question.choices] == [
        "--date-format %d/%m/%Y",
        "--date-format %m/%d/%Y",
    ]
    answered = read_rows(
        HEADER,
        ("1", "Won", "100", "", "3/4/2017"),
        answers=read_answers(currency="EUR", date_format="%d/%m/%Y"),
    )
    assert answered.questions == []
    assert answered.deals[0].closed_on is not None
    assert answered.deals[0].closed_on.isoformat() == "2017-04-03"


def test_an_unknown_stage_is_asked_about_once() -> None:
    rows = [(str(number), "Bob's stage", "5", "", "2017-03-25") for number in range(3)]
    (question,) = read_rows(HEADER, *rows).survey.questions
    assert "3 deals" in question.text
    assert question.choices[0].option == "--outcome 'Bob'\"'\"'s stage=won'"
    answers = read_answers(currency="EUR", outcomes=["Bob's stage=lost"])
    assert read_rows(HEADER, *rows, answers=answers).questions == []


LOSSES = [
    ("1", "Lost", "0", "", "2017-03-25"),
    ("2", "Lost", "$0.00", "", "2017-03-25"),
    ("3", "Lost", "", "", "2017-03-25"),
    ("4", "Won", "50", "", "2017-03-25"),
]


def test_losses_that_all_have_0_are_asked_about() -> None:
    (question,) = read_rows(HEADER, *LOSSES).survey.questions
    assert question.key == "no_amount"
    assert "2 deals" in question.text
    assert [choice.option for choice in question.choices] == [
        "--no-amount 0",
        "--no-amount none",
    ]


@pytest.mark.parametrize(("answer", "amounts"), [("0", 0), ("none", 2)])
def test_the_answer_about_0_is_obeyed(answer: str, amounts: int) -> None:
    answers = read_answers(currency="EUR", no_amount=[answer])
    result = read_rows(HEADER, *LOSSES, answers=answers)
    assert result.questions == []
    lost = [deal for deal in result.deals if deal.outcome == "lost"]
    assert sum(deal.amount is not None for deal in lost) == amounts


def test_one_loss_with_an_amount_settles_the_matter() -> None:
    assert read_rows(HEADER, *LOSSES, ("5", "Lost", "7", "", "2017-03-25")).questions == []


def test_a_file_without_id_or_stage_asks_for_the_columns() -> None:
    table = csv_table([("Nummer", "Ergebnis"), ("1", "gewonnen")])
    mapping = map_columns(table.headers, DEAL_LABELS)
    survey = survey_deals(table, mapping, read_answers(currency="EUR"))
    assert [question.key for question in survey.questions] == ["map:external_id", "map:stage"]
    assert survey.questions[0].choices[0].option == "--map external_id=Nummer"


def test_stages_are_counted_with_their_meaning() -> None:
    survey = read_rows(HEADER, *LOSSES).survey
    assert [(stage.stage, stage.deals, stage.outcome) for stage in survey.stages] == [
        ("Lost", 3, "lost"),
        ("Won", 1, "won"),
    ]


def test_a_name_spelt_two_ways_is_offered_its_likely_match() -> None:
    counts = {"GTX Pro": 3, "GTXPro": 9, "GTX Plus Pro": 4, "MG 1": 2, "MG 2": 2, "Analytcs": 1}
    assert [
        (match.name, match.likely) for match in likely_matches(counts, known=["Analytics"])
    ] == [("GTX Pro", "GTXPro"), ("Analytcs", "Analytics")]
