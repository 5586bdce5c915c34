"""An administrator takes an empty workspace through its five steps."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.home.steps import Step
from app.identity import queries as identity
from app.identity.models import Role
from app.market import queries as market
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

COMPANY = {
    "company": "Halden",
    "product": "Halden Freight",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
    "fiscal_year_first_month": "4",
}


@pytest.fixture
def admin(app: Flask, db: Database, make: Factory) -> FlaskClient:
    make.workspace(company="")
    ana = make.user(Role.ADMINISTRATOR, email="ana@halden.example")
    make.commit()
    return sign_in_as(app, db, ana)


def steps_of(db: Database) -> tuple[list[str], list[str]]:
    with db.reading() as session:
        workspace = identity.workspace(session)
        return workspace.steps_done, workspace.steps_skipped


def test_the_start_page_leads_to_the_first_open_step(admin: FlaskClient):
    assert admin.get("/").location == "/first-steps/company"
    admin.post("/first-steps/company/skip")
    assert admin.get("/").location == "/first-steps/market"


def test_the_company_is_kept_and_the_next_step_follows(admin: FlaskClient, db: Database):
    assert admin.post("/first-steps/company", data=COMPANY).location == "/first-steps/market"
    with db.reading() as session:
        workspace = identity.workspace(session)
    assert (workspace.company, workspace.fiscal_year_first_month) == ("Halden", 4)
    assert workspace.steps_done == ["company"]


def test_a_refused_company_loses_nothing_and_finishes_nothing(admin: FlaskClient, db: Database):
    page = admin.post("/first-steps/company", data=COMPANY | {"time_zone": "Atlantis"})
    assert page.status_code == 422
    assert 'id="time_zone-error"' in page.text
    assert 'value="Halden Freight"' in page.text
    assert steps_of(db) == ([], [])


def test_pasted_lists_become_competitors_and_strengths(admin: FlaskClient, db: Database):
    pasted = {
        "competitors": "- Fenwick: FWL, Fenwick Logistics\r\n- Orbis\r\n\r\n- fenwick",
        "differentiators": "Customs filing: filed from the same screen",
    }
    page = admin.post("/first-steps/market", data=pasted, follow_redirects=False)
    assert page.location == "/first-steps/deals"
    with db.reading() as session:
        assert {row.name for row in market.competitors(session)} >= {"Fenwick", "Orbis"}
        assert [row.claim for row in market.differentiators(session)] == [
            "filed from the same screen"
        ]


def test_two_empty_lists_are_not_a_step_done(admin: FlaskClient, db: Database):
    page = admin.post("/first-steps/market", data={"competitors": " \n ", "differentiators": ""})
    assert page.status_code == 422
    assert "or skip this step" in page.text
    assert steps_of(db) == ([], [])


def test_colleagues_are_invited_on_the_spot(admin: FlaskClient, db: Database):
    typed = {"emails": "jo@halden.example\nkim@halden.example", "role": "interviewer"}
    page = admin.post("/first-steps/colleagues", data=typed)
    assert page.text.count("http://127.0.0.1:8000/join/") == 2
    assert steps_of(db) == (["colleagues"], [])


def test_a_wrong_address_is_said_at_its_place(admin: FlaskClient, db: Database):
    page = admin.post("/first-steps/colleagues", data={"emails": "jo", "role": "interviewer"})
    assert page.status_code == 422
    assert 'id="emails-error"' in page.text
    assert steps_of(db) == ([], [])


def test_skipping_twice_is_skipping_once(admin: FlaskClient, db: Database):
    admin.post("/first-steps/market/skip")
    admin.post("/first-steps/market/skip")
    assert steps_of(db) == ([], ["market"])


def test_there_is_no_sixth_step(admin: FlaskClient):
    assert admin.post("/first-steps/party/skip").status_code == 404


def test_the_rest_may_be_left_for_later_and_is_remembered(admin: FlaskClient, db: Database):
    admin.post("/first-steps/company", data=COMPANY)
    assert admin.post("/first-steps/leave").location == "/"
    assert admin.get("/").status_code == 200
    assert steps_of(db) == (["company"], ["market", "deals", "colleagues", "interview"])


def test_a_planned_interview_ends_the_beginning(admin: FlaskClient, make: Factory):
    make.interview(state="planned")
    make.commit()
    page = admin.get("/")
    assert page.status_code == 200
    assert "Left from the first steps" in page.text
    assert "/first-steps/company" in page.text
    assert "/first-steps/deals" not in page.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_others_begin_with_their_day(app: Flask, db: Database, make: Factory, role: Role):
    make.workspace()
    user = make.user(role)
    make.commit()
    client = sign_in_as(app, db, user)
    assert client.get("/").status_code == 200
    assert client.get("/first-steps/company").status_code == 403
    assert client.post("/first-steps/company/skip").status_code == 403


@pytest.mark.parametrize("step", ["company", "market", "colleagues"])
def test_a_step_costs_few_queries(admin: FlaskClient, db: Database, step: str):
    with query_budget(db, 8):
        assert admin.get(f"/first-steps/{Step(step).value}").status_code == 200


def test_the_last_step_leads_to_planning_an_interview(admin: FlaskClient):
    page = admin.get("/first-steps/interview")
    assert page.status_code == 200
    assert 'href="/interviews/new"' in page.text


def test_the_deals_step_tells_the_clicks_and_then_what_to_expect(admin: FlaskClient, make: Factory):
    page = admin.get("/first-steps/deals").text
    assert "HubSpot: which clicks" in page
    assert "Opportunities with Contact Roles" in page
    assert "expect about" not in page
    for outcome in ("won", "won", "lost", "lost", "open"):
        make.deal_contact(make.deal(outcome), make.contact())
    make.deal_contact(make.deal("lost"), make.contact(email=""))
    make.deal_contact(make.deal("lost"), make.contact(do_not_contact=True))
    make.commit()
    page = admin.get("/first-steps/deals").text
    assert "Of 6 closed, 4 have an e-mail: expect about 1 interview" in page
