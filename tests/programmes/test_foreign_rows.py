"""Whoever neither sold nor interviews finds nothing of a deal by the ids of its rows."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.identity.models import Role
from app.programmes.models import Objection, Selection, SelectionState
from tests.factories import Factory, sign_in_as


@pytest.fixture
def addresses(make: Factory) -> list[str]:
    """The pages and buttons of a deal that another account manager sold."""
    make.workspace()
    owner = make.user()
    deal = make.deal(seller=make.seller(user_id=owner.id))
    selection = make.selection(deal=deal)
    objection = make.add(Objection(deal=deal, user_id=owner.id, reason="Not now"))
    make.commit()
    return [
        f"/selections/{selection.public_id}/contact",
        f"/selections/{selection.public_id}/left-company",
        f"/deals/{deal.public_id}/whom-to-ask",
        f"/deals/{deal.public_id}/objection",
        f"/deals/{deal.public_id}/sellers-view",
        f"/objections/{objection.public_id}/withdraw",
    ]


def stranger(app: Flask, db: Database, make: Factory, role: Role) -> FlaskClient:
    user = make.user(role)
    make.commit()
    return sign_in_as(app, db, user)


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP])
def test_another_ones_rows_are_not_found(
    app: Flask, db: Database, make: Factory, addresses: list[str], role: Role
):
    client = stranger(app, db, make, role)
    for address in addresses:
        assert client.get(address).status_code in (403, 404, 405), address
        given = {"email": "thief@example.com", "reason": "Mine", "name": "Thief"}
        assert client.post(address, data=given).status_code in (403, 404), address
    with db.reading() as session:
        assert session.query(Selection).one().state is SelectionState.QUEUED
        assert session.query(Objection).one().verdict.value == "open"


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP])
def test_only_those_who_run_it_decide_in_the_queue(
    app: Flask, db: Database, make: Factory, role: Role
):
    make.workspace()
    selection = make.selection()
    public_id = selection.public_id
    client = stranger(app, db, make, role)
    for what in ("approve", "hold", "remove", "let-go"):
        address = f"/selections/{public_id}/{what}"
        assert client.post(address, data={"why": "Because"}).status_code in (403, 404), what
    bulk = client.post("/programmes/queue/approve", data={"selection": public_id})
    assert bulk.status_code in (403, 404)
    with db.reading() as session:
        assert session.query(Selection).one().state is SelectionState.QUEUED
