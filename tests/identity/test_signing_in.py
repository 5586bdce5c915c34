"""Signing in, out, out everywhere; how often it may be tried; where one lands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.core.db import Database
from app.identity.models import Role, SignIn, User
from app.identity.routes.signing_in import MOST_PER_ADDRESS, MOST_PER_EMAIL
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as
from tests.identity.people import PASSWORD, add_person

WRONG = "The e-mail address or the password is wrong"


def sign_in(
    client: FlaskClient, email: str = "ana@halden.example", password: str = PASSWORD, then: str = ""
):
    address = f"/sign-in?next={then}" if then else "/sign-in"
    return client.post(address, data={"email": email, "password": password})


def test_the_right_password_signs_in(client: FlaskClient, db: Database):
    add_person(db)
    assert sign_in(client).location == "/"
    assert client.get("/account").status_code == 200


def test_the_address_may_be_typed_in_any_case(client: FlaskClient, db: Database):
    add_person(db)
    assert sign_in(client, " Ana@Halden.Example ").status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [("ana@halden.example", "not this one"), ("nobody@halden.example", PASSWORD)],
)
def test_a_wrong_password_and_an_unknown_address_read_the_same(
    client: FlaskClient, db: Database, email: str, password: str
):
    add_person(db)
    page = sign_in(client, email, password)
    assert page.status_code == 422
    assert WRONG in page.text
    assert client.get("/account").status_code == 302


def test_somebody_shut_out_does_not_learn_more(client: FlaskClient, db: Database):
    add_person(db, is_active=False)
    assert WRONG in sign_in(client).text


def test_somebody_without_a_password_signs_in_by_link_only(client: FlaskClient, db: Database):
    add_person(db, password=None)
    assert WRONG in sign_in(client, password=" ").text


def test_what_was_typed_stays_but_for_the_password(client: FlaskClient, db: Database):
    page = sign_in(client, password="not this one").text
    assert 'value="ana@halden.example"' in page
    assert "not this one" not in page


def test_after_too_many_wrong_passwords_the_right_one_has_to_wait(
    client: FlaskClient, db: Database
):
    add_person(db)
    for _ in range(MOST_PER_EMAIL):
        assert sign_in(client, password="not this one").status_code == 422
    refused = sign_in(client)
    assert refused.status_code == 429
    assert "Wait 15 minutes" in refused.text
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert sign_in(client).status_code == 302


def test_a_right_password_forgets_the_wrong_ones(client: FlaskClient, db: Database):
    add_person(db)
    for _ in range(2):
        for _ in range(MOST_PER_EMAIL - 1):
            sign_in(client, password="not this one")
        assert sign_in(client).status_code == 302


def test_one_address_may_not_try_many_people(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, db: Database
):
    monkeypatch.setattr("app.identity.routes.signing_in.MOST_PER_ADDRESS", 3)
    assert MOST_PER_ADDRESS > MOST_PER_EMAIL
    add_person(db)
    for number in range(3):
        sign_in(client, f"guess{number}@halden.example")
    assert sign_in(client).status_code == 429


def test_the_session_is_renewed_at_sign_in(app: Flask, db: Database):
    app.config["WTF_CSRF_ENABLED"] = False
    add_person(db)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["csrf_token"] = "known to somebody else"
    sign_in(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != "known to somebody else"
        assert cookie.permanent


def test_signing_in_again_ends_the_sign_in_before(client: FlaskClient, db: Database):
    add_person(db)
    sign_in(client)
    sign_in(client)
    with db.reading() as session:
        assert len(session.scalars(select(SignIn)).all()) == 1


def test_the_cookie_alone_is_nothing_once_signed_out(client: FlaskClient, db: Database):
    add_person(db)
    sign_in(client)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert client.post("/sign-out").location == "/sign-in"
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/account").location == "/sign-in?next=/account"


def test_signing_out_is_not_a_link(client: FlaskClient, db: Database):
    assert client.get("/sign-out").status_code == 405


def test_sign_out_everywhere_ends_every_device(app: Flask, db: Database, make: Factory):
    user = make.user()
    other = make.user()
    make.commit()
    laptop, phone = sign_in_as(app, db, user), sign_in_as(app, db, user)
    colleague = sign_in_as(app, db, other)
    laptop.post("/sign-out-everywhere")
    assert phone.get("/account").status_code == 302
    assert colleague.get("/account").status_code == 200


@pytest.mark.parametrize(
    "outside",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil.example",
    ],
)
def test_next_never_leads_off_the_site(client: FlaskClient, db: Database, outside: str):
    add_person(db)
    assert sign_in(client, then=outside).location == "/"


def test_next_leads_back_to_the_page_one_came_from(client: FlaskClient, db: Database):
    add_person(db)
    asked = client.get("/people?after=3")
    assert asked.location == "/sign-in?next=/people?after%3D3"
    form = client.get(asked.location).text
    assert 'action="/sign-in?next=/people?after%3D3"' in form
    landed = client.post(asked.location, data={"email": "ana@halden.example", "password": PASSWORD})
    assert landed.location == "/people?after=3"


def test_whoever_is_signed_in_need_not_again(client: FlaskClient, db: Database):
    add_person(db)
    sign_in(client)
    assert client.get("/sign-in?next=/people").location == "/people"


def test_a_sign_in_ends_by_itself(client: FlaskClient, db: Database):
    add_person(db)
    sign_in(client)
    with clock.frozen(clock.now() + timedelta(days=15)):
        assert client.get("/account").status_code == 302


def test_last_seen_is_noted_after_the_answer_and_not_on_every_page(
    app: Flask, db: Database, make: Factory
):
    user = make.user()
    make.commit()
    client = sign_in_as(app, db, user)
    later = clock.now() + timedelta(minutes=6)
    with clock.frozen(later):
        client.get("/account", buffered=True).close()
        assert last_seen(db, user) == later
    with clock.frozen(later + timedelta(minutes=4)):
        client.get("/account", buffered=True).close()
        assert last_seen(db, user) == later


def last_seen(db: Database, user: User):
    with db.reading() as session:
        return session.scalars(select(SignIn.last_seen_at).where(SignIn.user_id == user.id)).one()


def test_without_users_the_page_says_how_to_begin(client: FlaskClient, db: Database):
    assert "Nobody is here yet" in client.get("/sign-in").text
    add_person(db)
    assert "Nobody is here yet" not in client.get("/sign-in").text


def test_who_is_asking_costs_two_statements(app: Flask, db: Database, make: Factory):
    user = make.user(Role.PRODUCT)
    make.commit()
    client = sign_in_as(app, db, user)
    with query_budget(db, 4):
        client.get("/account")
