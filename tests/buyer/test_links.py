"""The buyer's address: the key to their words, and nothing else."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import Signer

from app.buyer import operations, tokens
from app.core import clock
from app.core.db import Database
from app.guides.operations import SHIPPED, load_shipped
from app.interviews.models import Channel, Interview, State
from tests.buyer.conftest import SELLER, Buyer, Invite, link_of
from tests.factories import Factory, sign_in_as

KEY = "k" * 40
ID = "8e1d7a3e-31a0-4c0a-a6ff-3f6c4d3f0a01"


def test_an_address_is_made_with_the_key_and_with_nothing_else():
    assert tokens.public_id_in(KEY, tokens.token_of(KEY, ID)) == ID
    assert tokens.public_id_in("other" * 10, tokens.token_of(KEY, ID)) is None
    assert tokens.public_id_in(KEY, ID) is None
    assert tokens.public_id_in(KEY, "") is None


def test_an_address_is_short_and_every_letter_of_it_counts():
    token = tokens.token_of(KEY, ID)
    assert len(token) == 45
    assert re.fullmatch(tokens.PATTERN, token)
    for at, letter in enumerate(token):
        other = token[:at] + ("A" if letter != "A" else "B") + token[at + 1 :]
        assert tokens.public_id_in(KEY, other) is None


def test_the_longer_form_of_earlier_letters_still_leads_there():
    signer = Signer(KEY, salt="buyer-link", digest_method=hashlib.sha256)
    earlier = signer.sign(ID.replace("-", "")).decode()
    assert re.fullmatch(tokens.PATTERN, earlier)
    assert tokens.public_id_in(KEY, earlier) == ID
    assert tokens.public_id_in(KEY, earlier[:-1] + "-") is None


@pytest.mark.parametrize("token", ["é.é", "A.A", f"{'A' * 22}.{'é' * 22}", ".", "A" * 45])
def test_what_is_no_address_is_none(token: str):
    assert tokens.public_id_in(KEY, token) is None


def test_wrong_ended_and_expired_addresses_look_the_same(
    db: Database, invite: Invite, make: Factory, client: FlaskClient
):
    buyer = invite(make.interview(state="planned", contact=make.contact(), scope=None))
    wrong = client.get("/b/nothing-of-ours")
    unsigned = client.get(f"/b/{link_of(db).public_id}")
    with clock.frozen(clock.now() + timedelta(days=181)):
        expired = buyer.get()
    with db.writing() as session:
        session.merge(link_of(db)).ended_at = clock.now()
    ended = buyer.get()
    pages = {answer.text for answer in (wrong, unsigned, expired, ended)}
    assert len(pages) == 1
    assert {answer.status_code for answer in (wrong, unsigned, expired, ended)} == {404}
    assert "Halden" not in wrong.text


@pytest.mark.parametrize("path", ["/words", "/questions/1", "/rest/3", "/thanks"])
def test_every_page_behind_a_wrong_address_says_the_same(client: FlaskClient, path: str):
    assert "leads nowhere" in client.get(f"/b/nothing-of-ours{path}").text


def test_guessing_ends_soon(writing: Buyer, client: FlaskClient):
    for _ in range(20):
        client.get("/b/guess")
    assert client.get(writing.address).status_code == 404


def test_the_address_is_told_to_nobody_and_found_by_no_search(writing: Buyer):
    headers = writing.get().headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Cache-Control"] == "no-store"


@pytest.fixture
def planned(make: Factory) -> Interview:
    load_shipped(make.session, SHIPPED)
    make.workspace(company="Halden")
    me = make.user("interviewer", name="Ada Ling")
    contact = make.contact(name="Jürgen Åström", email="jurgen@ferrow.example", language="de")
    interview: Interview = make.interview(
        state="planned", interviewer=me, contact=contact, scope=None
    )
    make.commit()
    return interview


def signed_in(app: Flask, db: Database, interview: Interview) -> FlaskClient:
    assert interview.interviewer is not None
    return sign_in_as(app, db, interview.interviewer)


def test_an_account_manager_makes_the_link_and_gets_a_letter_in_the_buyers_language(
    app: Flask, db: Database, planned: Interview
):
    client = signed_in(app, db, planned)
    assert "Ask in writing" in client.get(f"/interviews/{planned.public_id}").text
    page = client.post(f"/interviews/{planned.public_id}/link", follow_redirects=True).text
    assert "http://127.0.0.1:8000/b/" in page
    assert "Jürgen Åström" in page
    assert "mailto:jurgen%40ferrow.example" in page
    assert "Ada Ling" in page


def test_a_new_link_ends_the_one_before(app: Flask, db: Database, planned: Interview):
    client = signed_in(app, db, planned)
    client.post(f"/interviews/{planned.public_id}/link")
    first = link_of(db)
    client.post(f"/interviews/{planned.public_id}/link")
    with db.reading() as session:
        assert not session.get_one(type(first), first.id).is_open
    assert link_of(db).is_open


def test_a_link_that_was_ended_can_be_made_anew(app: Flask, db: Database, planned: Interview):
    client = signed_in(app, db, planned)
    client.post(f"/interviews/{planned.public_id}/link")
    page = client.post(f"/interviews/{planned.public_id}/link/end", follow_redirects=True).text
    assert "There is no link" in page
    assert not link_of(db).is_open


def test_an_interview_called_off_has_no_link(
    app: Flask, db: Database, make: Factory, planned: Interview
):
    planned.state = State.CANCELLED
    make.commit()
    client = signed_in(app, db, planned)
    answer = client.post(f"/interviews/{planned.public_id}/link", follow_redirects=True)
    assert "Plan it again first" in answer.text


@pytest.mark.parametrize("role", ["interviewer", "product", "leadership"])
def test_nobody_else_gets_the_link(
    app: Flask, db: Database, make: Factory, planned: Interview, role: str
):
    signed_in(app, db, planned).post(f"/interviews/{planned.public_id}/link")
    other = make.user(role)
    make.commit()
    client = sign_in_as(app, db, other)
    assert client.get(f"/interviews/{planned.public_id}/link").status_code in (403, 404)


def test_a_letter_uses_the_link_there_is_and_a_talk_stays_a_talk(make: Factory):
    interview = make.interview(state="planned", contact=make.contact(), scope=None)
    first = operations.link_for(make.session, SELLER, interview, days=180)
    assert operations.link_for(make.session, SELLER, interview, days=180) is first
    assert interview.channel is Channel.VIDEO
    first.ended_at = clock.now()
    assert operations.link_for(make.session, SELLER, interview, days=180) is not first
