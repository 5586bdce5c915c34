"""The log can be read by administrators, page by page."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.audit import operations, queries
from app.audit.wording import Line
from app.core.access import Actor
from app.core.db import Database
from app.identity.models import Role
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as


@pytest.fixture
def admin(app: Flask, db: Database, make: Factory) -> FlaskClient:
    user = make.user(Role.ADMINISTRATOR, name="Ana Ruiz")
    make.commit()
    return sign_in_as(app, db, user)


def happen(
    make: Factory, times: int = 1, who: str = "Jo", action: str = "deal.closed", **details: Any
):
    for _ in range(times):
        operations.record(make.session, Actor(7, who), action, **details)
    make.commit()


def test_the_latest_comes_first_with_who_and_what(admin: FlaskClient, make: Factory):
    happen(make, who="Jo Berg", action="interview.no_show")
    page = admin.get("/log").text
    assert page.index("Jo Berg") < page.index("User: signed in")
    assert "Interview: no show" in page


def test_paging_goes_on_where_the_page_ended_and_misses_nothing(db: Database, make: Factory):
    happen(make, times=queries.PAGE * 2 + 5)
    seen: list[int] = []
    before = None
    with db.reading() as session:
        while True:
            page = queries.log(session, before=before)
            seen += [event.id for event in page.events]
            before = page.next_before
            if before is None:
                break
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == queries.PAGE * 2 + 5


def test_it_is_narrowed_to_one_person(admin: FlaskClient, make: Factory):
    happen(make, who="Jo Berg")
    happen(make, who="100%")
    page = admin.get("/log?who=berg").text
    assert "Jo Berg" in page
    assert "User: signed in" not in page
    assert "Nothing found" in admin.get("/log?who=%25%25").text


@pytest.mark.parametrize("before", ["x", "-3", "99999999999999999999"])
def test_a_made_up_place_is_no_error(admin: FlaskClient, before: str):
    assert admin.get(f"/log?before={before}").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_reads_it(app: Flask, db: Database, make: Factory, role: Role):
    user = make.user(role)
    make.commit()
    assert sign_in_as(app, db, user).get("/log").status_code == 403


def test_its_pages_cost_the_same_however_long_it_is(
    admin: FlaskClient, db: Database, make: Factory
):
    happen(make, times=150)
    with query_budget(db, 3):
        admin.get("/log")


@pytest.mark.parametrize(
    ("details", "reads"),
    [
        ({"role": ["product", "administrator"]}, [("role", "product → administrator")]),
        ({"steps": ["a", "b", "c"]}, [("steps", "a, b, c")]),
        ({"is_tagger": [False, True]}, [("is tagger", "no → yes")]),
        ({"product": ["", "Freight"]}, [("product", "nothing → Freight")]),
        ({"why": "x" * 200}, [("why", "x" * 120 + "…")]),
    ],
)
def test_details_are_read_as_words(make: Factory, details: dict[str, Any], reads: list[Any]):
    happen(make, **details)
    assert Line.of(queries.log(make.session).events[0]).details == reads


def test_names_are_escaped(admin: FlaskClient, make: Factory):
    happen(make, who="<script>alert(1)</script>")
    assert "<script>alert(1)" not in admin.get("/log").text
