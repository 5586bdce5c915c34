"""What pages send while an interview is held: each change counts once, and others are told."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import Database
from app.identity.models import Role
from app.interviews import changes
from app.interviews.change_fields import Fields
from app.interviews.changes import Sitting
from app.interviews.models import Answer, AnswerRevision, Interview, InterviewChange, Scope
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

QUESTION = "what_changed"


def words(text: str, *, base: int = 0, **more: Any) -> dict[str, Any]:
    change = {"id": str(uuid.uuid4()), "do": "answer", "question": QUESTION}
    return change | {"text": text, "base": base} | more


class Page:
    """A page at an interview, as its script speaks with the server."""

    def __init__(self, client: FlaskClient, interview: str, user_id: int) -> None:
        self.client, self.user_id = client, user_id
        self.address = f"/interviews/{interview}/changes"
        self.id = str(uuid.uuid4())
        self.seen: int | None = None

    def send(self, *sent: dict[str, Any], here: str | None = QUESTION) -> dict[str, Any]:
        body = {"changes": list(sent), "seen": self.seen, "page": self.id, "here": here}
        return self._take(self.client.post(self.address, json=body | {"as": self.user_id}))

    def ask(self, here: str = QUESTION) -> dict[str, Any]:
        about = {"seen": self.seen, "page": self.id, "here": here, "as": self.user_id}
        asked = {name: value for name, value in about.items() if value is not None}
        return self._take(self.client.get(self.address, query_string=asked))

    def _take(self, response: Any) -> dict[str, Any]:
        assert response.status_code == 200, response.text
        told: dict[str, Any] = response.json
        response.close()  # what is done after the answer is sent
        self.seen = told["seen"]
        return told


class House:
    def __init__(self, app: Flask, db: Database, make: Factory) -> None:
        self.app, self.db, self.make = app, db, make
        make.workspace()
        self.ada = make.user(Role.INTERVIEWER, name="Ada")
        self.ben = make.user(Role.PROGRAMME_MANAGER, name="Ben")
        self.interview = make.interview(state="in_progress", interviewer=self.ada, scope=Scope.NAME)
        make.answer(self.interview, "", question_id=QUESTION).revision = 0
        make.session.execute(AnswerRevision.__table__.delete())
        make.commit()

    def page_of(self, user: Any) -> Page:
        client = sign_in_as(self.app, self.db, user)
        return Page(client, self.interview.public_id, user.id)

    def answer(self) -> Answer:
        with self.db.reading() as session:
            return session.scalars(select(Answer)).one()

    def revisions(self) -> list[tuple[str, bool]]:
        with self.db.reading() as session:
            rows = session.scalars(select(AnswerRevision).order_by(AnswerRevision.number))
            return [(row.text, row.is_aside) for row in rows]


@pytest.fixture
def house(app: Flask, db: Database, make: Factory) -> House:
    return House(app, db, make)


def only(told: dict[str, Any]) -> dict[str, Any]:
    """The one result."""
    (result,) = told["results"].values()
    return result  # type: ignore[no-any-return]


def test_words_are_saved_and_told_to_the_others(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ben.ask()
    assert only(ada.send(words("We moved."))) == {"number": 1}
    (told,) = ben.ask()["others"]
    assert (told["part"], told["question"]) == ("answer", QUESTION)
    assert (told["is"]["text"], told["is"]["author"]) == ("We moved.", "Ada")


def test_a_page_is_not_told_what_it_sent_itself_and_nothing_twice(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ada.ask()
    assert ada.send(words("We moved."))["others"] == []
    assert ada.ask()["others"] == []
    ben.ask()
    assert ben.ask()["others"] == []


def test_what_two_wrote_at_once_each_is_told_of_the_other(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ada.ask()
    ben.ask()
    ben.send({"id": str(uuid.uuid4()), "do": "note", "question": QUESTION, "text": "Ask again."})
    assert [told["part"] for told in ada.send(words("We moved."))["others"]] == ["notes"]
    assert ada.ask()["others"] == []
    assert [told["part"] for told in ben.ask()["others"]] == ["answer"]


def test_the_same_change_sent_again_counts_once_and_is_answered_the_same(house: House):
    ada = house.page_of(house.ada)
    change = words("We moved.")
    first, again = only(ada.send(change)), only(ada.send(change))
    assert first == again
    assert house.revisions() == [("We moved.", False)]


def test_a_late_repetition_does_not_bring_old_words_back(house: House):
    ada = house.page_of(house.ada)
    early = words("We")
    ada.send(early)
    ada.send(words("We moved.", base=1))
    assert only(ada.send(early)) == {"number": 1}
    assert house.answer().text == "We moved."


def test_words_made_from_what_stands_no_more_are_made_anew(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ada.ask()
    ben.send(words("We moved."))
    told = ada.send(words("We grew."))
    assert only(told) == {"stale": True}
    assert told["others"][0]["is"]["text"] == "We moved."
    assert house.revisions() == [("We moved.", False)]
    assert only(ada.send(words("We moved. We grew.", base=1))) == {"number": 2}


def test_where_another_wrote_meanwhile_the_words_wait_and_everybody_sees_both(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ada.ask()
    ben.ask()
    ben.send(words("We moved."))
    told = ada.send(words("We grew.", beside=1))
    assert only(told) == {"number": 1, "aside": 2}
    for stands in (told["others"][0]["is"], ben.ask()["others"][0]["is"]):
        assert stands["text"] == "We moved."
        assert [(one["text"], one["author"]) for one in stands["aside"]] == [("We grew.", "Ada")]


def test_who_goes_on_typing_meanwhile_has_one_version_waiting(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ben.send(words("We moved."))
    first = words("We gr", beside=1)
    ada.send(first)
    ada.send(words("We grew.", beside=1, over=[first["id"]]))
    assert house.revisions() == [("We moved.", False), ("We gr", False), ("We grew.", True)]


def test_nobody_decides_on_a_version_that_went_on_meanwhile(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ben.send(words("We moved."))
    first = words("We gr", beside=1)
    ada.send(first)
    ada.send(words("We grew.", beside=1, over=[first["id"]]))
    told = ben.send(words("We moved. We gr", base=1, over=[first["id"]]))
    assert only(told) == {"stale": True}
    assert [one["text"] for one in told["others"][0]["is"]["aside"]] == ["We grew."]


def test_a_page_that_sends_a_change_again_is_told_what_came_of_it(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    early = words("We moved.")
    ada.send(early)
    ben.send(words("We moved twice.", base=1))
    ada.ask()
    told = ada.send(early)
    assert only(told) == {"number": 1}
    assert told["others"][0]["is"]["text"] == "We moved twice."


def test_words_made_from_both_settle_it(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ben.send(words("We moved."))
    aside = words("We grew.", beside=1)
    ada.send(aside)
    ben.ask()
    assert only(ben.send(words("We moved. We grew.", base=1, over=[aside["id"]]))) == {"number": 3}
    (told,) = ada.ask()["others"]
    assert (told["is"]["text"], told["is"]["aside"]) == ("We moved. We grew.", [])


def test_keeping_what_stands_settles_it_too(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ben.send(words("We moved."))
    aside = words("We grew.", beside=1)
    ada.send(aside)
    ben.send(words("We moved.", base=1, over=[aside["id"]]))
    assert house.revisions() == [("We moved.", False), ("We grew.", False)]
    assert house.answer().text == "We moved."


def test_one_refused_change_does_not_hold_up_the_others(house: House):
    ada = house.page_of(house.ada)
    strange = {"id": str(uuid.uuid4()), "do": "dance", "question": QUESTION}
    long = words("x" * 200_001)
    fine = words("We moved.")
    results = ada.send(strange, long, fine)["results"]
    assert "does not know this kind" in results[strange["id"]]["refused"]
    assert "longer than can be kept" in results[long["id"]]["refused"]
    assert results[fine["id"]] == {"number": 1}


def test_a_change_that_fails_is_undone_and_tried_again_later(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    def stumble(sitting: Sitting, fields: Fields) -> dict[str, Any]:
        sitting.session.add(InterviewChange(public_id="half done", interview_id=1, do="", part=""))
        raise ZeroDivisionError

    monkeypatch.setitem(changes._kinds, "stumble", changes.Kind(stumble, "answer"))
    ada = house.page_of(house.ada)
    bad, fine = {"id": str(uuid.uuid4()), "do": "stumble"}, words("We moved.")
    results = ada.send(bad, fine)["results"]
    assert results[bad["id"]] == {"failed": True}
    assert results[fine["id"]] == {"number": 1}
    with house.db.reading() as session:
        assert len(session.scalars(select(InterviewChange)).all()) == 1


def test_a_change_that_fails_alone_is_undone_too(house: House, monkeypatch: pytest.MonkeyPatch):
    def stumble(sitting: Sitting, fields: Fields) -> dict[str, Any]:
        sitting.session.add(InterviewChange(public_id="half done", interview_id=1, do="", part=""))
        raise ZeroDivisionError

    monkeypatch.setitem(changes._kinds, "stumble", changes.Kind(stumble, "answer"))
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ada.ask()
    ben.send(words("We moved."))
    told = ada.send({"id": str(uuid.uuid4()), "do": "stumble"})
    assert only(told) == {"failed": True}
    assert told["others"][0]["is"]["text"] == "We moved."
    with house.db.reading() as session:
        assert len(session.scalars(select(InterviewChange)).all()) == 1


def test_a_question_of_the_guide_needs_no_answer_before_it_is_answered(house: House):
    ada = house.page_of(house.ada)
    nowhere = words("We moved.") | {"question": "never asked"}
    assert "not asked in this interview" in only(ada.send(nowhere))["refused"]


def test_how_it_was_taken_and_passing_over(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    ben.ask()
    about = {"question": QUESTION}
    ada.send({"id": str(uuid.uuid4()), "do": "taken", "taken": "notes", **about})
    ada.send({"id": str(uuid.uuid4()), "do": "skip", **about})
    (told,) = ben.ask()["others"]
    assert (told["is"]["taken"], told["is"]["skipped"]) == ("notes", True)


def test_nothing_is_written_into_a_closed_interview(house: House):
    with house.db.writing() as session:
        session.get_one(Interview, house.interview.id).state = "closed"  # type: ignore[assignment]
    assert "it is closed" in only(house.page_of(house.ada).send(words("We moved.")))["refused"]


def test_each_sees_who_else_is_here_and_where(house: House):
    ada, ben = house.page_of(house.ada), house.page_of(house.ben)
    assert ada.ask("pain")["present"] == []
    assert ben.ask()["present"] == [{"name": "Ada", "question": "pain", "self": False}]
    assert ada.ask("pain")["present"] == [{"name": "Ben", "question": QUESTION, "self": False}]
    ben.send(here=None)
    assert ada.ask("pain")["present"] == []


def test_words_typed_by_one_are_not_sent_as_anothers(house: House):
    ben = house.page_of(house.ben)
    ben.user_id = house.ada.id
    for answer in (
        ben.client.post(ben.address, json={"changes": [], "as": house.ada.id}),
        ben.client.get(ben.address, query_string={"as": house.ada.id}),
    ):
        assert (answer.status_code, answer.json) == (409, {"as": house.ben.id})


def test_who_is_signed_out_is_told_so(house: House):
    stranger = sign_in_as(house.app, house.db, house.ada)
    stranger.post("/sign-out")
    address = f"/interviews/{house.interview.public_id}/changes"
    for answer in (
        stranger.get(address, headers={"Accept": "application/json"}),
        stranger.post(address, json={"changes": []}, headers={"Accept": "application/json"}),
    ):
        assert answer.status_code == 401


@pytest.mark.parametrize("body", [None, [], {}, {"changes": "x"}, {"changes": [1]}])
def test_what_is_no_list_of_changes_is_refused(house: House, body: Any):
    ada = house.page_of(house.ada)
    assert ada.client.post(ada.address, json=body).status_code == 422


def test_nobody_else_sees_or_writes_words(house: House):
    seller = house.make.user(Role.INTERVIEWER)
    house.make.commit()
    stranger = house.page_of(seller)
    assert stranger.client.get(stranger.address).status_code == 404
    assert stranger.client.post(stranger.address, json={"changes": []}).status_code == 404


def test_a_token_of_before_is_refused_and_a_fresh_one_is_had_for_the_asking(house: House):
    ada = house.page_of(house.ada)
    house.app.config["WTF_CSRF_ENABLED"] = True
    sent = {"json": {"changes": [words("We moved.")]}}
    assert ada.client.post(ada.address, **sent).status_code == 400
    session = ada.client.get("/session").json
    assert (session["user"], session["name"]) == (house.ada.id, "Ada")
    fresh = {"X-CSRFToken": session["token"]}
    assert ada.client.post(ada.address, headers=fresh, **sent).status_code == 200


def test_saving_and_asking_are_cheap(house: House):
    ada = house.page_of(house.ada)
    ada.send(words("We"))
    with query_budget(house.db, 9):
        ada.send(words("We moved.", base=1))
    with query_budget(house.db, 5):
        ada.ask()
