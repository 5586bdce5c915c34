"""What an interviewer does beside the words reaches the server as changes, each once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from app.deals.models import Contact, DealContact
from app.deals.queries import competitors_met
from app.interviews.models import (
    Answer,
    Counterfactual,
    Interview,
    Kind,
    Mark,
    Note,
    SkipReason,
)
from tests.interviews.test_changes import QUESTION, House, words
from tests.interviews.test_changes import house as house

SAID = "Fenwick was dearer. With them we had an answer in a week."


def change(do: str, **fields: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "do": do, "question": QUESTION} | fields


def told(answer: dict[str, Any], part: str) -> Any:
    """What another page is told of this part, by question."""
    return {one["question"]: one["is"] for one in answer["others"] if one["part"] == part}


def only(house: House, table: type) -> Any:
    with house.db.reading() as session:
        return session.scalars(select(table)).one()


def test_a_mark_keeps_its_place_and_is_told_to_the_other_page(house: House):
    ada, bo = house.page_of(house.ada), house.page_of(house.ada)
    bo.ask()
    made = change("mark", kind="strong", start=0, end=19, words="Fenwick was dearer.", seconds=61)
    ada.send(words(SAID), made)
    mark = only(house, Mark)
    assert (mark.start, mark.end, mark.seconds) == (0, 19, 61)
    marks = told(bo.ask(), "marks")[QUESTION]
    assert [(one["kind"], one["words"]) for one in marks] == [("strong", "Fenwick was dearer.")]


def test_a_question_of_ones_own_is_asked_once_and_told_with_its_answer(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ben.ask()
    own = "own-0123456789ab"
    asked = change("question", say=" Who called? ", kind="fact", position=100) | {"question": own}
    answer = words("The depot.") | {"question": own}
    ada.send(asked, answer)
    assert ada.send(asked)["results"] == {asked["id"]: {}}
    news = ben.ask()
    assert [one["part"] for one in news["others"]] == ["questions", "answer"]
    assert told(news, "questions") == {own: {"say": "Who called?", "kind": "fact", "position": 101}}
    assert told(news, "answer")[own]["text"] == "The depot."


@pytest.mark.parametrize("wrong", [{"question": "what_changed"}, {"say": " "}, {"kind": "guess"}])
def test_what_is_no_question_of_ones_own_is_refused(house: House, wrong: dict[str, str]):
    asked = change("question", say="Who called?", kind="fact") | {"question": "own-0123456789ab"}
    (result,) = house.page_of(house.ada).send(asked | wrong)["results"].values()
    assert "refused" in result


def test_a_mark_taken_back_is_shown_nowhere(house: House):
    ada, bo = house.page_of(house.ada), house.page_of(house.ada)
    made = change("mark", kind="come_back", start=0, end=0)
    ada.send(words(SAID), made)
    bo.ask()
    ada.send(change("unmark", mark=made["id"]))
    assert told(bo.ask(), "marks") == {QUESTION: []}


def test_a_name_that_was_said_becomes_a_draft_where_nobody_knows_it(house: House):
    house.page_of(house.ada).send(words(SAID), change("mark", kind="competitor", name="Osprey"))
    with house.db.reading() as session:
        mark = session.scalars(select(Mark)).one()
        assert mark.competitor is not None
        assert mark.competitor.name == "Osprey"


def test_a_name_must_be_said(house: House):
    made = change("mark", kind="competitor")
    answer = house.page_of(house.ada).send(words(SAID), made)
    assert "which name" in answer["results"][made["id"]]["refused"]


def test_a_note_to_self_is_its_authors(house: House):
    ada = house.page_of(house.ada)
    ada.send(words(SAID), change("note", text="Ask about the audit."))
    note = only(house, Note)
    assert (note.text, note.author_id) == ("Ask about the audit.", house.ada.id)
    ada.send(change("note", text=""))
    with house.db.reading() as session:
        assert session.scalars(select(Note)).all() == []


@pytest.mark.parametrize("reason", [*SkipReason, None])
def test_a_question_is_passed_over_with_a_reason_or_without(
    house: House, reason: SkipReason | None
):
    house.page_of(house.ada).send(change("skip", reason=reason and reason.value))
    answer = only(house, Answer)
    assert (answer.is_skipped, answer.skip_reason) == (True, reason)


def test_the_kind_is_changed_by_who_wants_to(house: House):
    house.page_of(house.ada).send(words(SAID), change("kind", kind="feel"))
    assert only(house, Answer).kind is Kind.FEEL


def test_what_they_would_have_decided_is_a_field_of_its_own(house: House):
    ada = house.page_of(house.ada)
    asked = change("would", question=f"{QUESTION}~price_same", would="us")
    result = ada.send(words(SAID), asked)
    assert result["results"][asked["id"]] == {}
    with house.db.reading() as session:
        first, behind = session.scalars(select(Answer).order_by(Answer.id))
        assert behind.counterfactual is Counterfactual.US
        assert behind.follows_id == first.id
        assert first.text == SAID


def test_competitors_that_were_named_are_kept_as_met(house: House):
    house.make.competitor("Fenwick")
    house.make.commit()
    house.page_of(house.ada).send(change("met", names="Fenwick\nNobody of ours"))
    with house.db.reading() as session:
        interview = session.get_one(Interview, house.interview.id)
        assert [row.name for row in competitors_met(session, interview.deal)] == ["Fenwick"]


def test_somebody_who_was_mentioned_becomes_a_contact_once(house: House):
    ada = house.page_of(house.ada)
    person = {
        "name": "Tom Reed",
        "job_title": "Finance director",
        "buying_role": "economic_buyer",
        "stakes": "One supplier less",
        "fears": "Another migration",
    }
    ada.send(change("person", **person))
    ada.send(change("person", name="Tom Reed"))
    row, contact = only(house, DealContact), only(house, Contact)
    assert (contact.name, contact.job_title) == ("Tom Reed", "Finance director")
    assert (row.buying_role, row.stakes, row.fears) == (
        "economic_buyer",
        "One supplier less",
        "Another migration",
    )


def test_a_person_without_a_name_is_refused(house: House):
    made = change("person", name=" ")
    answer = house.page_of(house.ada).send(made)
    assert "name" in answer["results"][made["id"]]["refused"]
