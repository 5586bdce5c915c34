"""The pages: programmes, the queue, who is left alone, and what is said on a deal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.core.db import Database
from app.deals.models import Outcome
from app.identity.models import Role
from app.programmes import queries
from app.programmes.models import (
    Exclusion,
    KeptDeal,
    Nomination,
    Objection,
    Programme,
    Selection,
    SelectionState,
    Verdict,
)
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

Browse = Callable[..., FlaskClient]


@pytest.fixture
def browse(app: Flask, db: Database, make: Factory) -> Browse:
    """A client in which somebody of this role is signed in; commits what was made."""

    def as_role(role: str = "programme_manager", **values: Any) -> FlaskClient:
        user = values.pop("user", None) or make.user(role, **values)
        make.commit()
        return sign_in_as(app, db, user)

    return as_role


def form(**changes: Any) -> dict[str, Any]:
    """A programme as the form sends it."""
    return {
        "name": "Enterprise losses, Europe",
        "node": ["0", "0-0"],
        "join.0": "all",
        "field.0-0": "outcome",
        "was.0-0": "outcome",
        "test.0-0": "is",
        "value.0-0": ["lost"],
        "per_week": "5",
        "mix_lost": "40",
        "mix_won": "40",
        "mix_no_decision": "20",
        "mix_renewed": "0",
        "mix_churned": "0",
        "way": "call",
        "minutes": "30",
        "guide": "",
        "languages": "en, de",
        "sharing": "any",
        "approval": "one_by_one",
        "queue_hours": "48",
        "contact_rest_days": "180",
        "account_rest_days": "30",
        "double_coded_percent": "10",
    } | changes


def only(session: Any, kind: Any) -> Any:
    return session.scalars(select(kind)).one()


def test_a_programme_is_made_and_changed(browse: Browse, make: Factory, db: Database):
    interviewer = make.user(name="Jonas Weber")
    client = browse()
    assert client.get("/programmes/new").status_code == 200
    answer = client.post("/programmes/new", data=form(interviewers=[str(interviewer.id)]))
    assert answer.status_code == 302
    with db.reading() as session:
        programme = only(session, Programme)
        assert programme.rule == {
            "join": "all",
            "of": [{"field": "outcome", "test": "is", "values": ["lost"]}],
        }
        assert programme.languages == ["en", "de"]
        assert queries.interviewers_by_programme(session)[programme.id][0].name == "Jonas Weber"
    page = client.get(answer.location).text
    assert "Outcome is Lost" in page
    assert "40 % lost" in page

    edit = f"{answer.location}/edit"
    assert "Jonas Weber" in client.get(edit).text
    client.post(edit, data=form(per_week="9"))
    with db.reading() as session:
        assert only(session, Programme).per_week == 9


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter a name"),
        ({"mix_lost": "50"}, "The shares are 110 % together. Make them 100."),
        ({"per_week": "many"}, "Enter a number from 1 to 500"),
        ({"languages": "German"}, "Enter short codes"),
        ({"value.0-0": []}, "Outcome: say which."),
    ],
)
def test_what_cannot_be_is_said_at_its_place_and_what_was_typed_stays(
    browse: Browse, changes: dict[str, Any], message: str
):
    answer = browse().post("/programmes/new", data=form(minutes="25") | changes)
    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="25"' in answer.text


def test_the_rule_is_built_in_place_with_what_it_catches(browse: Browse, make: Factory):
    for outcome in ("lost", "lost", "won"):
        make.deal(outcome, closed_on=clock.now().date() - timedelta(days=3))
    client = browse()
    page = client.post("/programmes/rule", data=form()).text
    assert "Catches 2 deals" in page
    page = client.post("/programmes/rule", data=form(do="add 0")).text
    assert 'name="field.0-1"' in page
    page = client.post("/programmes/rule", data=form(do="group 0")).text
    assert 'name="join.0-1"' in page
    assert 'name="field.0-1-0"' in page
    page = client.post("/programmes/rule", data=form(do="remove 0-0")).text
    assert "Every closed deal" in page
    assert "Catches 3 deals" in page


def test_without_a_script_the_same_buttons_work(browse: Browse, db: Database):
    answer = browse().post("/programmes/new", data=form(do="add 0"))
    assert answer.status_code == 200
    assert 'name="field.0-1"' in answer.text
    with db.reading() as session:
        assert session.scalars(select(Programme)).all() == []


def test_a_condition_on_something_else_forgets_what_was_picked(browse: Browse):
    page = browse().post("/programmes/rule", data=form(**{"field.0-0": "amount"})).text
    assert 'name="value.0-0" value=""' in page


def test_a_programme_that_is_paused_says_so_and_runs_again(
    browse: Browse, make: Factory, db: Database
):
    programme = make.programme()
    client = browse()
    address = f"/programmes/{programme.public_id}"
    client.post(f"{address}/pause")
    assert "Paused" in client.get(address).text
    client.post(f"{address}/resume")
    with db.reading() as session:
        assert only(session, Programme).is_active


def test_choosing_now_fills_the_queue(browse: Browse, make: Factory):
    programme = make.programme()
    deal = make.deal(name="Nordwind, Hub", closed_on=clock.now().date() - timedelta(days=3))
    make.deal_contact(deal, make.contact(deal.account, name="Anna Berg"))
    client = browse()
    page = client.get(f"/programmes/{programme.public_id}").text
    assert "Everybody is asked" in page
    answer = client.post(f"/programmes/{programme.public_id}/choose", follow_redirects=True)
    assert "1 buyer to be asked" in answer.text
    assert "Anna Berg" in answer.text
    assert "Nobody waits to be asked" in client.get(f"/programmes/{programme.public_id}").text


def test_one_is_approved_held_let_go_removed_and_put_back(
    browse: Browse, make: Factory, db: Database
):
    selection = make.selection()
    client = browse()
    at = f"/selections/{selection.public_id}"

    def state() -> SelectionState:
        with db.reading() as session:
            return only(session, Selection).state

    assert client.post(f"{at}/hold", data={"why": ""}).status_code == 422
    client.post(f"{at}/hold", data={"why": "Not this week"})
    assert state() is SelectionState.HELD
    client.post(f"{at}/let-go")
    client.post(f"{at}/remove", data={"why": "A friend of the house"})
    assert state() is SelectionState.REMOVED
    assert "A friend of the house" in client.get("/programmes/queue").text
    client.post(f"{at}/let-go")
    client.post(f"{at}/approve")
    assert state() is SelectionState.APPROVED
    again = client.post(f"{at}/approve", follow_redirects=True)
    assert "decided about this one already" in again.text


def test_all_are_approved_at_once_but_for_those_who_cannot_be(
    browse: Browse, make: Factory, db: Database
):
    programme = make.programme()
    good = make.selection(programme)
    bad = make.selection(programme, make.deal(name="Nordwind"))
    bad.contact.do_not_contact = True
    unseen = make.selection(programme)
    client = browse()
    answer = client.post(
        "/programmes/queue/approve",
        data={"selection": [good.public_id, bad.public_id]},
        follow_redirects=True,
    )
    assert "1 approved. Nordwind:" in answer.text
    with db.reading() as session:
        states = {row.id: row.state for row in session.scalars(select(Selection))}
    assert states[good.id] is SelectionState.APPROVED
    assert states[bad.id] is states[unseen.id] is SelectionState.QUEUED


def test_another_contact_is_asked_known_or_new(browse: Browse, make: Factory, db: Database):
    selection = make.selection()
    known = make.contact(selection.deal.account, name="Bo Lind")
    make.deal_contact(selection.deal, known)
    client = browse()
    at = f"/selections/{selection.public_id}/contact"
    assert "Bo Lind" in client.get(at).text
    client.post(at, data={"contact": known.public_id})
    with db.reading() as session:
        assert only(session, Selection).contact_id == known.id
    answer = client.post(at, data={"contact": "", "name": "Eva Roth", "email": "eva@"})
    assert answer.status_code == 422
    assert "Eva Roth" in answer.text
    client.post(at, data={"contact": "", "name": "Eva Roth", "email": "eva@example.com"})
    with db.reading() as session:
        assert only(session, Selection).contact.name == "Eva Roth"
        assert only(session, Nomination).contact.name == "Eva Roth"


def test_the_seller_gives_the_missing_address_in_one_field(
    browse: Browse, make: Factory, db: Database
):
    owner = make.user()
    deal = make.deal(seller=make.seller(user=owner))
    contact = make.contact(deal.account, name="Anna Berg", email="")
    make.deal_contact(deal, contact)
    selection = make.selection(deal=deal, contact=contact, state="needs_contact")
    client = browse(user=owner)
    at = f"/selections/{selection.public_id}/contact"
    assert "Where can we write to Anna Berg?" in client.get(at).text
    assert client.post(at, data={"email": "nothing"}).status_code == 422
    client.post(at, data={"email": "Anna@Example.com"})
    with db.reading() as session:
        row = only(session, Selection)
        assert row.state is SelectionState.QUEUED
        assert row.contact.email == "anna@example.com"


def test_an_account_manager_finds_no_task_of_anothers_deal(browse: Browse, make: Factory):
    selection = make.selection()
    assert (
        browse("interviewer").get(f"/selections/{selection.public_id}/contact").status_code == 404
    )


def test_whoever_is_left_alone_is_listed_and_taken_off(browse: Browse, make: Factory, db: Database):
    client = browse()
    assert "Nobody yet" in client.get("/programmes/left-alone").text
    data = {"email": "Anna@example.com", "how": "on the phone"}
    page = client.post("/programmes/left-alone", data=data, follow_redirects=True).text
    assert "anna@example.com" in page
    with db.reading() as session:
        row = queries.opt_out_of(session, "anna@example.com")
        assert row is not None
    client.post(f"/programmes/left-alone/{row.id}/take-off")
    with db.reading() as session:
        assert not queries.is_opted_out(session, "anna@example.com")


def test_a_seller_objects_and_it_is_decided_about(browse: Browse, make: Factory, db: Database):
    owner = make.user(name="Elif")
    selection = make.selection(deal=make.deal(seller=make.seller(user=owner)))
    seller, manager = browse(user=owner), browse()
    at = f"/deals/{selection.deal.public_id}"
    assert seller.post(f"{at}/objection", data={"reason": ""}).status_code == 422
    page = seller.post(
        f"{at}/objection", data={"reason": "We talk about a renewal"}, follow_redirects=True
    ).text
    assert "Elif objected" in page
    with db.reading() as session:
        assert only(session, Selection).state is SelectionState.HELD
        objection = only(session, Objection)
    assert "We talk about a renewal" in manager.get(f"/objections/{objection.public_id}").text
    manager.post(f"/objections/{objection.public_id}/overrule", data={"answer": "They decided"})
    with db.reading() as session:
        assert only(session, Selection).state is SelectionState.QUEUED
        assert only(session, Objection).verdict is Verdict.OVERRULED
    assert "They decided" in seller.get(at).text


def test_only_who_objected_withdraws(browse: Browse, make: Factory, db: Database):
    owner = make.user()
    deal = make.deal(seller=make.seller(user=owner))
    objection = make.add(
        Objection(deal=deal, user_id=owner.id, user_name=owner.name, reason="Not now")
    )
    seller, other = browse(user=owner), browse()
    assert other.post(f"/objections/{objection.public_id}/withdraw").status_code == 404
    assert seller.post(f"/objections/{objection.public_id}/withdraw").status_code == 302


def test_leaving_a_deal_out_keeps_the_reason_and_can_be_undone(
    browse: Browse, make: Factory, db: Database
):
    deal = make.deal("won")
    client = browse()
    at = f"/deals/{deal.public_id}"
    assert client.post(f"{at}/exclusion", data={"reason": "x"}).status_code == 422
    client.post(f"{at}/exclusion", data={"kind": "duplicate", "reason": "The same as D7"})
    with db.reading() as session:
        row = only(session, Exclusion)
        assert (row.reason, row.deal.outcome) == ("The same as D7", Outcome.INVALID)
    assert "The same as D7" in client.get(at).text
    client.post(f"{at}/exclusion/end")
    with db.reading() as session:
        assert session.get_one(type(deal), deal.id).outcome is Outcome.WON


def test_a_deal_is_kept_and_kept_no_longer(browse: Browse, make: Factory, db: Database):
    deal = make.deal()
    client = browse()
    client.post(f"/deals/{deal.public_id}/keep")
    client.post(f"/deals/{deal.public_id}/keep")
    with db.reading() as session:
        assert only(session, KeptDeal).deal_id == deal.id
    assert "Keep no longer" in client.get(f"/deals/{deal.public_id}").text
    client.post(f"/deals/{deal.public_id}/keep/end")
    with db.reading() as session:
        assert session.scalars(select(KeptDeal)).all() == []


def test_a_seller_names_whom_to_ask(browse: Browse, make: Factory, db: Database):
    owner = make.user(name="Elif")
    deal = make.deal(seller=make.seller(user=owner))
    client = browse(user=owner)
    data = {"name": "Anna Berg", "email": "anna@example.com", "buying_role": "decision_maker"}
    client.post(f"/deals/{deal.public_id}/whom-to-ask", data=data)
    assert "Anna Berg by Elif" in client.get(f"/deals/{deal.public_id}").text
    with db.reading() as session:
        assert only(session, Nomination).contact.email == "anna@example.com"


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP])
def test_only_who_runs_the_programme_sees_its_pages(browse: Browse, make: Factory, role: Role):
    programme = make.programme()
    client = browse(role.value)
    for path in ("", "/new", "/queue", "/left-alone", f"/{programme.public_id}"):
        assert client.get(f"/programmes{path}").status_code == 403


def test_the_pages_ask_a_fixed_number_of_times(browse: Browse, make: Factory, db: Database):
    programme = make.programme()
    for _ in range(5):
        make.selection(programme)
        make.deal(closed_on=clock.now().date())
    client = browse()
    for path, most in (
        ("/programmes", 14),
        ("/programmes/queue", 5),
        (f"/programmes/{programme.public_id}", 36),
        ("/programmes/left-alone", 3),
        ("/programmes/new", 18),
    ):
        with query_budget(db, most):
            client.get(path)
