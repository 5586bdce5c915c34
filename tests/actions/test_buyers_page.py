"""A buyer says by themselves whether they want to hear what becomes of what they said."""

from __future__ import annotations

import pytest
from flask import Flask

from app.actions.models import MayBeTold
from app.buyer import operations as buyer
from app.buyer import tokens
from app.core.access import SYSTEM
from app.core.db import Database
from app.interviews.models import Interview, State
from config import Settings
from tests.factories import Factory


@pytest.fixture
def interview(make: Factory) -> Interview:
    make.workspace(company="Tidewater")
    deal = make.deal("lost")
    held: Interview = make.interview(deal, State.HELD, contact=make.contact(deal.account))
    return held


@pytest.fixture
def address(make: Factory, interview: Interview, settings: Settings) -> str:
    link = buyer.link_for(make.session, SYSTEM, interview, days=90)
    make.commit()
    return f"/b/{tokens.token_of(settings.secret_key, link.public_id)}"


def is_allowed(db: Database, interview: Interview) -> bool:
    with db.reading() as session:
        return session.get_one(MayBeTold, interview.id).allowed


def test_they_allow_it_and_think_better_of_it(
    app: Flask, db: Database, interview: Interview, address: str
) -> None:
    client = app.test_client()
    assert f"{address}/what-changes" in client.get(f"{address}/words").text
    page = client.post(f"{address}/what-changes", data={"allowed": "yes"}, follow_redirects=True)
    assert "Noted: you will hear from us" in page.text
    assert is_allowed(db, interview)
    client.post(f"{address}/what-changes", data={"allowed": "no"})
    assert not is_allowed(db, interview)


def test_it_is_asked_in_their_language(app: Flask, address: str) -> None:
    page = app.test_client().get(f"{address}/what-changes", headers={"Accept-Language": "fr"})
    assert "Souhaitez-vous savoir ce qui change ?" in page.text


def test_who_was_not_heard_is_not_asked(
    app: Flask, make: Factory, interview: Interview, address: str
) -> None:
    interview.state = State.SCHEDULED
    make.commit()
    client = app.test_client()
    assert "what-changes" not in client.get(f"{address}/words").text
    assert client.get(f"{address}/what-changes").status_code == 404
