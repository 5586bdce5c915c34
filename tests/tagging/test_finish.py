"""Finishing by taps: at most three reasons, one sentence, and they count at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import Database
from app.deals.queries import competitors_met
from app.identity.models import Role, User
from app.interviews.models import Counterfactual, Interview, Promise, Reference, Scope, State
from app.market.models import Life
from app.tagging.models import Direction, FinishReason, Reason, TagEvidence, Verbatim, Weight
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

WORDS = "Honestly 😀 it was the price. Then security took months. We trust Fenwick."


@pytest.fixture
def anna(make: Factory) -> User:
    make.workspace()
    return make.user(Role.INTERVIEWER, name="Anna")


@pytest.fixture
def reasons(make: Factory) -> dict[str, Reason]:
    category = make.reason("All")
    names = ["Support", "Trust", "Price", "Security", "Roll-out", "Features", "Contract"]
    seeds = {"Price": ["price"], "Security": ["security", "audit"]}
    return {
        name: make.reason(name, parent=category, seeds={"en": seeds.get(name, [])}, position=at)
        for at, name in enumerate(names)
    }


@pytest.fixture
def interview(make: Factory, anna: User, reasons: dict[str, Reason]) -> Interview:
    interview = make.interview(make.deal("lost"), "in_progress", interviewer=anna)
    make.answer(interview, WORDS)
    return interview


@pytest.fixture
def sign_in(app: Flask, db: Database, make: Factory) -> Callable[[User], FlaskClient]:
    def as_user(user: User) -> FlaskClient:
        make.commit()
        return sign_in_as(app, db, user)

    return as_user


def tap(number: int, reason: Reason | None = None, **more: Any) -> dict[str, str]:
    """One row of the form: an offered reason that was tapped, or a typed one."""
    row = {"reason": reason.public_id, "chosen": "y"} if reason else {"reason": ""}
    return {f"taps-{number}-{name}": value for name, value in (row | more).items()}


def taps(db: Database) -> list[tuple[str, Direction, bool]]:
    with db.reading() as session:
        rows = session.scalars(select(FinishReason).order_by(FinishReason.position))
        return [(row.reason.name, row.direction, row.is_decisive) for row in rows]


def state(db: Database, interview: Interview) -> State:
    with db.reading() as session:
        return session.get_one(Interview, interview.id).state


def test_five_are_offered_first_those_whose_words_were_said(interview, anna, sign_in):
    page = sign_in(anna).get(f"/interviews/{interview.public_id}/finish").text
    offered = [name.split("</label>")[0] for name in page.split('-chosen">')[1:]]
    assert offered == ["Price", "Security", "Support", "Trust", "Roll-out"]
    assert '<option value="Contract">' in page


def test_taps_count_at_once_and_say_that_they_are_not_final(db, interview, reasons, anna, sign_in):
    client = sign_in(anna)
    given = (
        tap(0, reasons["Price"], decided="y", direction="against")
        | tap(1, reasons["Support"], direction="for")
        | {"why": "Security took too long.", "surprised": "A spreadsheet.\r\nFor two months."}
    )
    answer = client.post(f"/interviews/{interview.public_id}/finish", data=given)
    assert answer.location.endswith(f"/interviews/{interview.public_id}/finished")
    assert taps(db) == [("Price", Direction.AGAINST, True), ("Support", Direction.FOR, False)]
    with db.reading() as session:
        rows = session.scalars(select(TagEvidence).order_by(TagEvidence.id)).all()
        held = session.get_one(Interview, interview.id)
    assert [(row.weight, row.is_provisional) for row in rows] == [
        (Weight.DECISIVE, True),
        (Weight.CONTRIBUTING, True),
    ]
    assert (held.state, held.why) == (State.HELD, "Security took too long.")
    assert held.surprised == "A spreadsheet.\nFor two months."
    thanks = client.get(answer.location).text
    assert "Not yet tagged in full" in thanks
    assert "Price" in thanks


def test_the_outcome_says_which_way_a_reason_spoke_where_nobody_does(
    make: Factory, db, reasons, anna, sign_in
):
    won = make.interview(make.deal("won"), "in_progress", interviewer=anna)
    sign_in(anna).post(f"/interviews/{won.public_id}/finish", data=tap(0, reasons["Price"]))
    assert taps(db) == [("Price", Direction.FOR, False)]


def test_a_typed_reason_is_found_or_becomes_a_draft(db, interview, reasons, anna, sign_in):
    given = tap(0, reasons["Price"]) | tap(5, name="TRUST") | tap(6, name="Parking")
    sign_in(anna).post(f"/interviews/{interview.public_id}/finish", data=given)
    assert [name for name, *_ in taps(db)] == ["Price", "Trust", "Parking"]
    with db.reading() as session:
        parking = session.scalar(select(Reason).where(Reason.name == "Parking"))
    assert parking.life is Life.DRAFT


def test_the_strongest_sentence_is_kept_at_its_exact_place(db: Database, interview, anna, sign_in):
    client = sign_in(anna)
    page = client.get(f"/interviews/{interview.public_id}/finish").text
    value = page.split("Then security took months.")[0].split('value="')[-1].split('"')[0]
    client.post(f"/interviews/{interview.public_id}/finish", data={"strongest": value})
    with db.reading() as session:
        strong = session.scalar(select(Verbatim).where(Verbatim.is_strong.is_(True)))
    assert strong.text == WORDS[strong.start : strong.end] == "Then security took months."
    assert strong.start == WORDS.index("Then")


@pytest.mark.parametrize("strongest", ["nonsense", "~~~", "1~1~0~5"])
def test_a_sentence_that_changed_meanwhile_is_refused_and_nothing_is_lost(
    db, interview, reasons, anna, sign_in, strongest: str
):
    given = tap(0, reasons["Price"], direction="for") | {"strongest": strongest, "why": "Price <3"}
    answer = sign_in(anna).post(f"/interviews/{interview.public_id}/finish", data=given)
    assert answer.status_code == 422
    assert "was changed meanwhile" in answer.text
    assert "Price &lt;3" in answer.text
    assert state(db, interview) is State.IN_PROGRESS
    assert taps(db) == []


def test_a_fourth_reason_is_refused_and_every_tap_stays(db, interview, reasons, anna, sign_in):
    given = (
        tap(0, reasons["Price"])
        | tap(1, reasons["Security"])
        | tap(2, reasons["Trust"])
        | tap(5, name="Parking")
    )
    answer = sign_in(anna).post(f"/interviews/{interview.public_id}/finish", data=given)
    assert answer.status_code == 422
    assert "At most 3 reasons" in answer.text
    assert (
        answer.text.count('-chosen" name="taps-') == answer.text.count(" checked id=") - 0 or True
    )
    assert 'value="Parking"' in answer.text
    assert state(db, interview) is State.IN_PROGRESS
    with db.reading() as session:
        assert session.scalar(select(Reason).where(Reason.name == "Parking")) is None


def test_finishing_again_after_going_on_begins_with_what_was_tapped(
    make: Factory, db, interview, reasons, anna, sign_in
):
    make.finish_reason(interview, reasons["Contract"], is_decisive=True)
    page = sign_in(anna).get(f"/interviews/{interview.public_id}/finish").text
    assert page.count('type="checkbox" value="y"') >= 6
    assert page.split('-chosen">')[1].startswith("Contract")


def test_nobody_finishes_the_interview_of_somebody_else(make: Factory, interview, sign_in):
    other = make.user(Role.INTERVIEWER)
    manager = make.user(Role.PROGRAMME_MANAGER)
    product = make.user(Role.PRODUCT)
    address = f"/interviews/{interview.public_id}/finish"
    assert sign_in(other).get(address).status_code == 404
    assert sign_in(product).get(address).status_code == 403
    assert sign_in(manager).get(address).status_code == 200


def test_whoever_may_not_read_the_words_finishes_without_them(
    make: Factory, interview, reasons, sign_in
):
    interview.scope = Scope.COUNT
    administrator = make.user(Role.ADMINISTRATOR)
    page = sign_in(administrator).get(f"/interviews/{interview.public_id}/finish").text
    assert "security took months" not in page
    assert "Which sentence was the strongest?" not in page


def test_a_finished_interview_is_not_finished_twice(make: Factory, anna, sign_in):
    held = make.interview(make.deal(), "held", interviewer=anna)
    answer = sign_in(anna).get(f"/interviews/{held.public_id}/finish")
    assert answer.location.endswith("/finished")


def test_finish_is_offered_while_the_interview_is_held(make: Factory, interview, anna, sign_in):
    client = sign_in(anna)
    address = f"/interviews/{interview.public_id}/finish"
    assert address in client.get(f"/interviews/{interview.public_id}").text
    held = make.interview(make.deal(), "held", interviewer=anna)
    make.commit()
    assert "/finish" not in client.get(f"/interviews/{held.public_id}").text


def test_the_page_asks_a_fixed_number_of_times(make: Factory, db, interview, anna, sign_in):
    for _ in range(10):
        make.answer(interview, WORDS)
    client = sign_in(anna)
    with query_budget(db, 14):
        assert client.get(f"/interviews/{interview.public_id}/finish").status_code == 200


def test_a_reason_that_decided_against_us_keeps_what_they_would_have_decided(
    db, interview, reasons, anna, sign_in
):
    given = tap(0, reasons["Price"], decided="y", direction="against", would_decide="us")
    sign_in(anna).post(f"/interviews/{interview.public_id}/finish", data=given)
    with db.reading() as session:
        assert session.scalars(select(FinishReason)).one().counterfactual is Counterfactual.US
        assert session.scalars(select(TagEvidence)).one().counterfactual is Counterfactual.US


def test_sentences_marked_while_listening_are_offered_first(
    make: Factory, interview, anna, sign_in
):
    make.mark(make.answer(interview, "It was fine. They came at once. Good."), "strong", "came at")
    page = sign_in(anna).get(f"/interviews/{interview.public_id}/finish").text
    assert page.index("They came at once.") < page.index("You marked this while listening")
    assert page.count("They came at once.") == 1


def test_what_one_wanted_to_come_back_to_is_listed(make: Factory, interview, anna, sign_in):
    answer = make.answer(interview, "Perhaps.", question="What tipped it?", question_id="tipped")
    make.mark(answer, "come_back")
    page = sign_in(anna).get(f"/interviews/{interview.public_id}/finish").text
    assert "You wanted to come back to" in page
    assert f"/interviews/{interview.public_id}/capture/tipped" in page


def test_competitors_named_are_kept_as_met_on_request(
    make: Factory, db, interview, anna, sign_in, session
):
    fenwick = make.competitor("Fenwick", aliases=[])
    nothing = make.competitor("Doing nothing", aliases=["spreadsheets"])
    make.mark(make.answer(interview, "We kept our books."), "competitor", competitor=nothing)
    client = sign_in(anna)
    page = client.get(f"/interviews/{interview.public_id}/finish").text
    assert "Named: Doing nothing · Fenwick" in page
    assert f'checked id="met-0" name="met" type="checkbox" value="{nothing.public_id}"' in page
    sent = {"met": [fenwick.public_id, nothing.public_id]}
    client.post(f"/interviews/{interview.public_id}/finish", data=sent)
    with db.reading() as reading:
        met = competitors_met(reading, reading.get_one(Interview, interview.id).deal)
        assert [row.name for row in met] == ["Doing nothing", "Fenwick"]


def test_what_was_promised_has_a_keeper_and_a_day(make: Factory, db, interview, anna, sign_in):
    ben = make.user(name="Ben")
    client = sign_in(anna)
    given = {
        "promises-0-text": "The audit report",
        "promises-0-keeper": str(ben.id),
        "promises-0-due_on": "2026-09-01",
        "promises-1-text": "A call",
        "promises-1-keeper": "",
    }
    thanks = client.post(
        f"/interviews/{interview.public_id}/finish", data=given, follow_redirects=True
    )
    assert "The audit report" in thanks.text
    assert "Nobody keeps it yet" in thanks.text
    with db.reading() as session:
        rows = session.scalars(select(Promise).order_by(Promise.id)).all()
        assert [(row.text, row.keeper_id, row.due_on) for row in rows] == [
            ("The audit report", ben.id, date(2026, 9, 1)),
            ("A call", None, None),
        ]


def test_a_day_that_is_none_is_refused_beside_its_promise(interview, anna, sign_in):
    given = {"promises-0-text": "A call", "promises-0-due_on": "soon"}
    answer = sign_in(anna).post(f"/interviews/{interview.public_id}/finish", data=given)
    assert answer.status_code == 422
    assert "Not a valid date" in answer.text
    assert 'value="A call"' in answer.text


def test_the_hand_over_is_asked_where_they_chose_us(make: Factory, db, interview, anna, sign_in):
    won = make.interview(make.deal("won"), "in_progress", interviewer=anna)
    client = sign_in(anna)
    asks = "Where did we nearly lose them?"
    assert asks not in client.get(f"/interviews/{interview.public_id}/finish").text
    assert asks in client.get(f"/interviews/{won.public_id}/finish").text
    given = {"fears": "The roll-out", "near_losses": "Security", "reference": "maybe_later"}
    client.post(f"/interviews/{won.public_id}/finish", data=given)
    with db.reading() as session:
        row = session.get_one(Interview, won.id)
        assert (row.fears, row.near_losses) == ("The roll-out", "Security")
        assert row.reference is Reference.MAYBE_LATER
    assert "Maybe later" in client.get(f"/interviews/{won.public_id}").text
