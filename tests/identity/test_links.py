"""Links that work once: the first administrator, joining, a new password, a phone."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.identity import operations, queries
from app.identity.models import LinkPurpose, Role, User
from config import Settings
from tests.factories import Factory, sign_in_as
from tests.identity.people import PASSWORD, add_person

NEW_PASSWORD = "seven quiet harbours"


def first_link(db: Database) -> str:
    with db.writing() as session:
        return f"/first-administrator/{operations.first_administrator_token(session)}"


def invitation(db: Database, email: str = "jo@halden.example", role: Role = Role.PRODUCT) -> str:
    with db.writing() as session:
        return f"/join/{operations.invite(session, SYSTEM, email=email, role=role)}"


def password_link(db: Database, user_id: int) -> str:
    with db.writing() as session:
        user = queries.user_by_id(session, user_id)
        token = operations.make_personal_link(session, SYSTEM, LinkPurpose.NEW_PASSWORD, user)
    return f"/new-password/{token}"


def become_administrator(client: FlaskClient, link: str, **typed: str):
    answers = {
        "name": "Ana Ruiz",
        "email": "ana@halden.example",
        "password": PASSWORD,
        "time_zone": "Europe/Berlin",
    }
    return client.post(link, data=answers | typed)


def test_the_first_administrator_begins_the_workspace(client: FlaskClient, db: Database):
    link = first_link(db)
    assert "Become the administrator" in client.get(link).text
    assert become_administrator(client, link).location == "/"
    assert client.get("/people").status_code == 200
    with db.reading() as session:
        assert queries.workspace(session).time_zone == "Europe/Berlin"


def test_the_first_link_works_once(client: FlaskClient, app: Flask, db: Database):
    link = first_link(db)
    become_administrator(client, link)
    again = become_administrator(app.test_client(), link, email="eve@halden.example")
    assert again.status_code == 410
    with db.reading() as session:
        assert [user.email for user in queries.users(session)] == ["ana@halden.example"]


def test_the_first_link_is_dead_once_somebody_was_added_otherwise(
    client: FlaskClient, db: Database
):
    link = first_link(db)
    add_person(db)
    assert client.get(link).status_code == 410


def test_a_refused_form_does_not_use_the_link_up(client: FlaskClient, db: Database):
    link = first_link(db)
    refused = become_administrator(client, link, password="short", time_zone="Atlantis")
    assert refused.status_code == 422
    assert "at least 10 characters" in refused.text
    assert "Pick a time zone from the list" in refused.text
    assert 'value="Ana Ruiz"' in refused.text
    assert become_administrator(client, link, time_zone="berlin").status_code == 302


@pytest.mark.parametrize("password", ["ana@halden.example", "Password123!", "ana-2026-2026"])
def test_a_bad_password_is_refused_at_its_field(client: FlaskClient, db: Database, password: str):
    page = become_administrator(client, first_link(db), password=password)
    assert page.status_code == 422
    assert 'id="password-error"' in page.text


def test_links_end(client: FlaskClient, db: Database):
    add_person(db)
    link = invitation(db)
    with clock.frozen(clock.now() + timedelta(days=15)):
        gone = client.get(link)
    assert gone.status_code == 410
    assert "does not work any more" in gone.text


def test_a_made_up_link_is_answered_like_a_used_one(client: FlaskClient, db: Database):
    for address in ("/join/abc", "/new-password/abc", "/phone/abc", "/first-administrator/abc"):
        assert client.get(address).status_code == 410


def test_a_link_of_one_purpose_serves_no_other(client: FlaskClient, db: Database):
    user_id = add_person(db)
    token = password_link(db, user_id).rpartition("/")[2]
    assert client.get(f"/phone/{token}").status_code == 410


def test_a_colleague_joins_with_the_role_they_were_invited_as(client: FlaskClient, db: Database):
    add_person(db)
    link = invitation(db)
    page = client.get(link).text
    assert "jo@halden.example" in page
    assert "invited as product" in page
    joined = client.post(
        link, data={"name": "Jo", "password": NEW_PASSWORD, "role": "administrator"}
    )
    assert joined.location == "/"
    with db.reading() as session:
        jo = queries.user_by_email(session, "jo@halden.example")
        assert jo is not None
        assert (jo.name, jo.role) == ("Jo", Role.PRODUCT)


def test_joining_works_once(client: FlaskClient, app: Flask, db: Database):
    add_person(db)
    link = invitation(db)
    client.post(link, data={"name": "Jo", "password": NEW_PASSWORD})
    assert (
        app.test_client().post(link, data={"name": "Eve", "password": NEW_PASSWORD}).status_code
        == 410
    )


def test_a_second_invitation_ends_the_first(client: FlaskClient, db: Database):
    add_person(db)
    first, second = invitation(db), invitation(db)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_two_requests_at_once_do_not_use_a_link_twice(db: Database):
    user_id = add_person(db)
    token = password_link(db, user_id).rpartition("/")[2]
    with db.reading() as late:
        link = queries.usable_link(late, token, LinkPurpose.NEW_PASSWORD)
    assert link is not None
    with db.writing() as session:
        operations.use_link(session, link)
    with pytest.raises(operations.LinkGone), db.writing() as session:
        operations.use_link(session, link)


def test_a_new_password_by_link_signs_out_every_device(
    app: Flask, client: FlaskClient, db: Database
):
    user_id = add_person(db)
    with db.reading() as session:
        elsewhere = sign_in_as(app, db, queries.user_by_id(session, user_id))
    changed = client.post(password_link(db, user_id), data={"password": NEW_PASSWORD})
    assert changed.location == "/"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def phone_code(settings: Settings, public_url: str, user: User) -> str:
    """What the desktop shows when the server is at `public_url`."""
    app = create_app(Settings(**vars(settings) | {"public_url": public_url}))
    desktop = sign_in_as(app, app.extensions["because_database"], user)
    return desktop.post("/phone").text


@pytest.fixture
def user(make: Factory) -> User:
    user = make.user(name="Ana Ruiz")
    make.commit()
    return user


def link_on(page: str) -> str:
    found = re.search(r'id="phone-link" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def test_a_phone_is_signed_in_by_a_tap_and_once(
    settings: Settings, client: FlaskClient, app: Flask, user: User
):
    page = phone_code(settings, "https://because.example.com", user)
    assert "<svg" in page
    link = link_on(page)
    assert link.startswith("https://because.example.com/phone/")
    path = link.removeprefix("https://because.example.com")
    for _preview in range(3):
        assert "As Ana Ruiz." in client.get(path).text
    assert client.post(path).location == "/"
    assert client.get("/account").status_code == 200
    assert app.test_client().post(path).status_code == 410


def test_a_phone_link_lasts_ten_minutes(settings: Settings, client: FlaskClient, user: User):
    link = link_on(phone_code(settings, "https://because.example.com", user))
    path = link.removeprefix("https://because.example.com")
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert client.post(path).status_code == 410


def test_without_https_the_phone_page_says_what_is_missing(settings: Settings, user: User):
    page = phone_code(settings, "http://10.0.0.5:8000", user)
    assert "is not HTTPS" in page
    assert "<svg" in page


@pytest.mark.parametrize(
    "here", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"]
)
def test_an_address_that_no_phone_can_open_gets_no_code(settings: Settings, user: User, here: str):
    page = phone_code(settings, here, user)
    assert "A phone cannot reach this address" in page
    assert "phone-link" not in page
