"""Nobody reads, stops or readdresses another one's letters by the ids of their rows."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.db import Database
from app.identity.models import Role
from app.invitations.models import Invitation, Needs
from app.invitations.wording import Step
from tests.factories import Factory, sign_in_as


@pytest.fixture
def invitation(make: Factory) -> Invitation:
    make.workspace()
    interviewer = make.user()
    deal = make.deal()
    interview = make.interview(
        deal, "planned", contact=make.contact(deal.account), interviewer=interviewer, scope=None
    )
    row: Invitation = make.add(
        Invitation(interview=interview, next_step=Step.INVITATION, needs=Needs.ADDRESS)
    )
    make.commit()
    return row


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP])
def test_another_ones_letters_are_not_found(
    app: Flask, db: Database, make: Factory, invitation: Invitation, role: Role
):
    address = f"/invitations/{invitation.public_id}"
    interview = invitation.interview.public_id
    stranger = make.user(role)
    make.commit()
    client = sign_in_as(app, db, stranger)
    for page in (address, f"{address}/contact"):
        assert client.get(page).status_code in (403, 404), page
    given = {"email": "thief@example.com", "step": "invitation", "who": "same", "name": "Thief"}
    for what in ("contact", "sent", "stop"):
        assert client.post(f"{address}/{what}", data=given).status_code in (403, 404), what
    assert client.post(f"/interviews/{interview}/invite").status_code in (403, 404)
    with db.reading() as session:
        row = session.query(Invitation).one()
        assert (row.ended, row.needs) == (None, Needs.ADDRESS)


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP])
def test_only_those_who_run_the_programme_reword_letters(
    app: Flask, db: Database, make: Factory, role: Role
):
    make.workspace()
    user = make.user(role)
    make.commit()
    client = sign_in_as(app, db, user)
    assert client.get("/letters").status_code in (403, 404)
    assert client.post("/letters/lost/en/invitation", data={}).status_code in (403, 404)
