"""What winning buyers repeat, on a page: read, accepted, merged, dismissed and brought back."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.identity.models import Role
from app.interviews.models import Scope, State, Taken
from app.market import queries as market
from app.tagging import evidence
from app.tagging.models import Direction
from tests.factories import Factory, sign_in_as

ADDRESS = "/figures/new-differentiators?to=2026Q3"
WORDS = "sat down with our controller"


@pytest.fixture
def said(make: Factory) -> None:
    make.workspace()
    make.differentiator("Customs filed for you")
    reason = make.reason("Understanding of their business")
    tell(make, reason, [f"You {WORDS} in week {week}." for week in range(5)])
    tell(make, reason, [f"The budget was cut in month {month}." for month in range(8)], "lost")


def tell(
    make: Factory,
    reason: object,
    texts: list[str],
    outcome: str = "won",
    scope: Scope = Scope.ROLE,
) -> None:
    for text in texts:
        deal = make.deal(outcome, closed_on=date(2026, 8, 1))
        interview = make.interview(deal, State.TAGGED, scope=scope)
        quote = make.verbatim(make.answer(interview, text, taken=Taken.TRANSCRIPT))
        make.tag(quote, reason, direction=Direction.FOR)  # type: ignore[arg-type]
        evidence.refresh_interviews(make.session, [interview.id])


def sign_in(app: Flask, db: Database, make: Factory, role: Role = Role.PRODUCT) -> FlaskClient:
    user = make.user(role, name="Priya")
    make.commit()
    return sign_in_as(app, db, user)


def text_of(client: FlaskClient) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_a_phrase_stands_with_its_counts_and_quotes(
    app: Flask, db: Database, make: Factory, said: None
):
    text = text_of(sign_in(app, db, make))
    assert f"“{WORDS}”" in text
    assert "Buyers of 5 of 5 won deals heard say so, and of 0 of 8 others" in text
    assert "Winners’ own" in text
    assert "Tagged so far: Understanding of their business (5)" in text
    assert f"You {WORDS} in week 0." in text


def test_words_that_are_only_counted_make_no_phrase(app: Flask, db: Database, make: Factory):
    make.workspace()
    reason = make.reason("Understanding")
    tell(make, reason, [f"You {WORDS}." for _ in range(5)], scope=Scope.COUNT)
    text = text_of(sign_in(app, db, make))
    assert "controller" not in text
    assert "Nothing new so far" in text


def test_an_accepted_phrase_is_a_differentiator_that_is_found_by_its_words(
    app: Flask, db: Database, make: Factory, said: None
):
    client = sign_in(app, db, make)
    form = {"do": "accept", "words": WORDS, "name": "A day with the controller", "claim": "Free."}
    assert client.post(ADDRESS, data=form).status_code == 302
    with db.reading() as session:
        row = market.find_differentiator(session, WORDS)
        assert row is not None
        assert (row.name, row.claim, row.aliases) == (form["name"], "Free.", [WORDS])
    text = text_of(client)
    assert "accepted as" in text
    assert "Winners’ own" not in text


def test_a_merged_phrase_is_another_name(app: Flask, db: Database, make: Factory, said: None):
    client = sign_in(app, db, make)
    with db.reading() as session:
        [row] = market.differentiators(session)
        into = row.public_id
    client.post(ADDRESS, data={"do": "merge", "words": WORDS, "into": into})
    with db.reading() as session:
        [row] = market.differentiators(session)
        assert row.aliases == [WORDS]
    assert "another name for" in text_of(client)


def test_a_dismissed_phrase_can_be_brought_back(
    app: Flask, db: Database, make: Factory, said: None
):
    client = sign_in(app, db, make)
    client.post(ADDRESS, data={"do": "dismiss", "words": WORDS})
    assert "Winners’ own" not in text_of(client)
    client.post("/figures/new-differentiators/1/bring-back")
    assert "Winners’ own" in text_of(client)


def test_a_name_that_is_taken_is_refused_at_its_phrase(
    app: Flask, db: Database, make: Factory, said: None
):
    client = sign_in(app, db, make)
    form = {"do": "accept", "words": WORDS, "name": "customs filed for you"}
    response = client.post(ADDRESS, data=form)
    assert response.status_code == 422
    assert "is already there" in response.text
    assert 'value="customs filed for you"' in response.text


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.LEADERSHIP])
def test_who_may_not_edit_reads_and_decides_nothing(
    app: Flask, db: Database, make: Factory, said: None, role: Role
):
    client = sign_in(app, db, make, role)
    assert WORDS in text_of(client)
    assert client.post(ADDRESS, data={"do": "dismiss", "words": WORDS}).status_code == 403
