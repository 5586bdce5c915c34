"""Decisions on pages: from a reason's page to its re-measurement, and who may do what."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.actions.models import Decision, MayBeTold
from app.core.db import Database
from app.identity.models import Role
from tests.actions.conftest import Buyers
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as


def signed_in(app: Flask, db: Database, make: Factory, role: Role) -> FlaskClient:
    user = make.user(role)
    make.commit()
    return sign_in_as(app, db, user)


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def the_decision(db: Database) -> Decision:
    with db.reading() as session:
        return session.scalars(select(Decision)).one()


def new(buyers: Buyers) -> str:
    return f"/decisions/new?about=reason&id={buyers.reason.public_id}&way=against&to=2026Q3"


def test_a_decision_is_taken_from_a_reasons_page_with_its_evidence(
    app: Flask, db: Database, make: Factory, buyers: Buyers
) -> None:
    buyers.spring(said=4, of=10)
    client = signed_in(app, db, make, Role.PRODUCT)
    page = client.get(f"/figures/reasons/{buyers.reason.public_id}?way=against&to=2026Q3").text
    assert new(buyers).replace("&", "&amp;") in page
    assert "40 %" in text_of(client, new(buyers))
    answer = client.post(
        new(buyers),
        data={"words": "Answer within a week.", "goal_percent": "20", "goal_by": "2026-12-31"},
    )
    assert answer.status_code == 302
    shown = text_of(client, answer.location)
    assert "Answer within a week." in shown
    assert "4 of 10" in shown
    assert "Under 20 %" in shown
    assert "Answer within a week." in text_of(client, "/decisions")


def test_it_ships_and_is_counted_again(
    app: Flask, db: Database, make: Factory, buyers: Buyers
) -> None:
    buyers.spring(said=9, of=10)
    for _ in range(10):
        buyers.heard(date(2026, 9, 1), says_it=False, opened_on=date(2026, 7, 1))
    buyers.decide()
    client = signed_in(app, db, make, Role.LEADERSHIP)
    address = f"/decisions/{the_decision(db).public_id}"
    client.post(f"{address}/state", data={"to": "shipped", "shipped_on": "2026-06-01"})
    shown = text_of(client, address)
    assert "Less often than before" in shown
    assert "0 of 10" in shown


@pytest.mark.parametrize("day", ["", "2027-01-01"])
def test_a_shipping_day_that_cannot_be_is_refused_at_its_place(
    app: Flask, db: Database, make: Factory, buyers: Buyers, day: str
) -> None:
    buyers.decide()
    client = signed_in(app, db, make, Role.PRODUCT)
    address = f"/decisions/{the_decision(db).public_id}/state"
    answer = client.post(address, data={"to": "shipped", "shipped_on": day})
    assert answer.status_code == 422
    assert "Enter the day on which it shipped" in answer.text


def test_a_goal_needs_both_its_share_and_its_day(
    app: Flask, db: Database, make: Factory, buyers: Buyers
) -> None:
    client = signed_in(app, db, make, Role.PRODUCT)
    answer = client.post(new(buyers), data={"words": "Answer faster.", "goal_by": "2026-12-31"})
    assert answer.status_code == 422
    assert "Answer faster." in answer.text
    assert "A goal is a share and the day" in answer.text


def test_an_account_manager_reads_decisions_and_carries_on_their_own_alone(
    app: Flask, db: Database, make: Factory, buyers: Buyers
) -> None:
    owner = make.user(Role.INTERVIEWER)
    buyers.decide(owner=owner)
    make.commit()
    theirs = sign_in_as(app, db, owner)
    others = signed_in(app, db, make, Role.INTERVIEWER)
    address = f"/decisions/{the_decision(db).public_id}"
    assert others.get(address).status_code == 200
    assert others.post(f"{address}/state", data={"to": "under_way"}).status_code == 403
    assert others.get("/decisions/new").status_code == 403
    assert theirs.post(f"{address}/state", data={"to": "under_way"}).status_code == 302


def test_the_letter_to_buyers_is_looked_over_by_who_runs_the_programme(
    app: Flask, db: Database, make: Factory, buyers: Buyers
) -> None:
    interview = buyers.heard(date(2026, 4, 1), says_it=True)
    buyers.decide()
    manager = signed_in(app, db, make, Role.PROGRAMME_MANAGER)
    product = signed_in(app, db, make, Role.PRODUCT)
    manager.post(f"/interviews/{interview.public_id}/may-be-told", data={"allowed": "yes"})
    with db.reading() as session:
        assert session.scalars(select(MayBeTold)).one().allowed
    address = f"/decisions/{the_decision(db).public_id}"
    manager.post(f"{address}/state", data={"to": "shipped", "shipped_on": "2026-06-01"})
    assert product.get(f"{address}/tell").status_code == 403
    letter = text_of(manager, f"{address}/tell")
    assert "Dear {name}," in letter
    assert "Send to 1 buyer" in letter
    sent = manager.post(f"{address}/tell", data={"subject": "Done", "text": "Dear {name}"})
    assert sent.status_code == 302
    assert "1 was told" in text_of(manager, address)


def test_the_programme_is_held_to_its_own_goals(
    app: Flask, db: Database, make: Factory, buyers: Buyers
) -> None:
    buyers.spring(said=1, of=5)
    for _ in range(5):
        make.deal("lost", closed_on=date(2026, 8, 1))
    manager = signed_in(app, db, make, Role.PROGRAMME_MANAGER)
    manager.post("/decisions/goals", data={"share_heard": "60", "days_to_interview": "10"})
    shown = text_of(manager, "/decisions/goals")
    assert "Goal: at least 60 %" in shown
    assert "Not reached" in shown
    assert "Goal: at most 10 days" in shown
    product = signed_in(app, db, make, Role.PRODUCT)
    assert "Goal: at least 60 %" in text_of(product, "/decisions/goals")
    assert product.post("/decisions/goals", data={"share_heard": "1"}).status_code == 403


def test_pages_ask_a_fixed_number_of_times(
    app: Flask, db: Database, make: Factory, buyers: Buyers
) -> None:
    buyers.spring(said=4, of=10)
    for number in range(12):
        buyers.decide(f"Decision {number}.", owner=make.user())
    client = signed_in(app, db, make, Role.PRODUCT)
    with db.reading() as session:
        one = session.scalars(select(Decision.public_id).limit(1)).one()
    for address, most in (("/decisions", 6), (f"/decisions/{one}", 6), (new(buyers), 12)):
        with query_budget(db, most):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("query", ["about=reason&way=against", "about=x", "about=reason&id=1"])
def test_a_theme_that_is_none_is_not_found(
    app: Flask, db: Database, make: Factory, buyers: Buyers, query: str
) -> None:
    client = signed_in(app, db, make, Role.PRODUCT)
    assert client.get(f"/decisions/new?{query}").status_code == 404
