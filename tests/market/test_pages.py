from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.market import operations, queries
from app.market.models import Life
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

#: Who is signed in, the workspace, and the rows with their standing.
BUDGET = 8


@pytest.fixture
def signed_in(app: Flask, db: Database, make: Factory):
    make.workspace()

    def sign_in(role: str) -> FlaskClient:
        user = make.user(role, name="Ana Ruiz")
        make.commit()
        return sign_in_as(app, db, user)

    return sign_in


@pytest.fixture
def manager(session, signed_in) -> FlaskClient:
    operations.ensure_starting_competitors(session)
    return signed_in("programme_manager")


def names(db: Database, life: Life = Life.ACTIVE) -> list[str]:
    with db.reading() as session:
        return [row.name for row in queries.competitors(session) if row.life is life]


def test_a_pasted_list_becomes_competitors_and_tells_what_was_there(db, manager):
    page = manager.post(
        "/competitors/add",
        data={"lines": "1. Fenwick: FWK\r\n2. Northline\r\ndoing nothing"},
        follow_redirects=True,
    ).text
    assert "2 competitors added." in page
    assert "Already there: Doing nothing." in page
    assert names(db) == ["Built in-house", "Doing nothing", "Fenwick", "Northline"]


@pytest.mark.parametrize("page", ["/competitors/add", "/differentiators/add"])
def test_an_empty_list_is_told_at_its_field(manager, page):
    answer = manager.post(page, data={"lines": ""})
    assert answer.status_code == 422
    assert "Paste or type at least one name." in answer.text


def test_a_name_that_is_taken_keeps_what_was_typed(make, manager):
    make.competitor("Fenwick")
    north = make.competitor("Northline")
    make.commit()
    answer = manager.post(
        f"/competitors/{north.public_id}", data={"name": "Northline", "aliases": "NL\nfenwick"}
    )
    assert answer.status_code == 422
    assert "&#39;fenwick&#39; is already there, as Fenwick." in answer.text
    assert "NL\nfenwick</textarea>" in answer.text


def test_a_draft_is_accepted_merged_or_retired(db, make, manager):
    into = make.competitor("Fenwick")
    accepted, merged, retired = (
        make.competitor(name, life=Life.DRAFT) for name in ("Alfa", "Fenwick Freight", "Nobody")
    )
    make.commit()
    page = manager.get("/competitors").text
    assert page.index("New from imports") < page.index("Alfa") < page.index("Also called")
    manager.post(f"/competitors/{accepted.public_id}/life", data={"life": "active"})
    manager.post(f"/competitors/{retired.public_id}/life", data={"life": "retired"})
    manager.post(f"/competitors/{merged.public_id}/merge", data={"into": into.public_id})
    assert names(db) == ["Alfa", "Built in-house", "Doing nothing", "Fenwick"]
    assert names(db, Life.RETIRED) == ["Nobody"]
    assert "Bring back" in manager.get("/competitors").text


def test_a_starting_competitor_is_not_retired(db, manager):
    with db.reading() as session:
        nothing = queries.find_competitor(session, "doing nothing")
    page = manager.post(
        f"/competitors/{nothing.public_id}/life", data={"life": "retired"}, follow_redirects=True
    ).text
    assert "competes in every deal, so it stays." in page
    assert "Doing nothing" in names(db)


def test_an_unknown_life_is_refused(make, manager):
    row = make.competitor("Fenwick")
    make.commit()
    answer = manager.post(f"/competitors/{row.public_id}/life", data={"life": "gone"})
    assert answer.status_code == 400


def test_a_differentiator_is_edited(make, manager):
    row = make.differentiator("Onboarding")
    make.commit()
    page = manager.post(
        f"/differentiators/{row.public_id}/edit",
        data={
            "name": "Quick start",
            "claim": "Live within two weeks.",
            "uniqueness": "unique",
            "owner_name": "Pia Lind",
            "aliases": "Onboarding, Fast start",
        },
        follow_redirects=True,
    ).text
    for words in ("Quick start", "Live within two weeks.", "nobody else has it", "Pia Lind"):
        assert words in page, words
    assert "Onboarding, Fast start" in page


def test_the_standing_is_set_in_a_grid_and_its_history_read(make, manager):
    row, fenwick = make.differentiator("Onboarding"), make.competitor("Fenwick")
    make.commit()
    address = f"/differentiators/{row.public_id}"
    for value in ("ahead", "behind"):
        manager.post(f"{address}/standing", data={fenwick.public_id: value})
    page = manager.post(
        f"{address}/standing", data={fenwick.public_id: "behind"}, follow_redirects=True
    ).text
    assert "Nothing was different." in page
    assert "set by Ana Ruiz" in page
    chosen = f'name="{fenwick.public_id}" value="behind" checked'
    assert chosen in page
    assert "Behind" in manager.get("/differentiators").text


def test_the_lists_ask_a_fixed_number_of_times(db, make, manager):
    for _ in range(12):
        make.competitor()
        make.differentiator()
    make.commit()
    for address in ("/competitors", "/differentiators"):
        with query_budget(db, BUDGET):
            assert manager.get(address).status_code == 200


@pytest.mark.parametrize("role", ["interviewer", "leadership"])
def test_readers_read_and_change_nothing(make, signed_in, role):
    row, rival = make.differentiator("Onboarding"), make.competitor("Fenwick")
    client = signed_in(role)
    for address in ("/competitors", "/differentiators", f"/differentiators/{row.public_id}"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert 'method="post"' not in page.text.split("<main")[1].split("standing")[0], address
    for address in (
        "/competitors/add",
        f"/competitors/{rival.public_id}",
        f"/differentiators/{row.public_id}/edit",
    ):
        assert client.get(address).status_code == 403, address
    standing = client.post(f"/differentiators/{row.public_id}/standing", data={})
    assert standing.status_code == 403
