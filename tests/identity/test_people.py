"""Colleagues: invited, given another role, shut out, let in again; one's own account."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.identity import operations, queries
from app.identity.models import Role, User
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as
from tests.identity.people import PASSWORD, add_person


@pytest.fixture
def ana(make: Factory) -> User:
    make.workspace()
    ana = make.user(Role.ADMINISTRATOR, name="Ana Ruiz", email="ana@halden.example")
    make.commit()
    return ana


@pytest.fixture
def admin(app: Flask, db: Database, ana: User) -> FlaskClient:
    return sign_in_as(app, db, ana)


def role_of(db: Database, user: User) -> Role:
    with db.reading() as session:
        return queries.user_by_id(session, user.id).role


def change(client: FlaskClient, user: User, **typed: str):
    return client.post(
        f"/people/{user.id}", data={"name": user.name, "role": user.role.value} | typed
    )


def test_several_are_invited_at_once_each_with_a_link_of_their_own(
    admin: FlaskClient, db: Database
):
    emails = "jo@halden.example\r\n\r\n Kim@Halden.example \r\njo@halden.example"
    page = admin.post(
        "/people/invite", data={"emails": emails, "role": "interviewer", "is_tagger": "y"}
    )
    assert "Hand on 2 links" in page.text
    assert page.text.count("http://127.0.0.1:8000/join/") == 2
    with db.reading() as session:
        invited = queries.open_invitations(session)
    assert [(link.email, link.role, link.is_tagger) for link in invited] == [
        ("jo@halden.example", Role.INTERVIEWER, True),
        ("kim@halden.example", Role.INTERVIEWER, True),
    ]
    assert "kim@halden.example" in admin.get("/people").text


@pytest.mark.parametrize(
    ("emails", "message"),
    [
        ("", "Enter at least one address."),
        ("jo@halden.example\nnot an address", "not an address"),
        ("jo@halden.example, kim@halden.example", "One address a line"),
        ("jo@halden.example\nana@halden.example", "ana@halden.example: here already"),
        ("\n".join(f"p{n}@halden.example" for n in range(101)), "At most 100"),
    ],
)
def test_a_refused_list_invites_nobody_and_keeps_what_was_typed(
    admin: FlaskClient, db: Database, emails: str, message: str
):
    page = admin.post("/people/invite", data={"emails": emails, "role": "product"})
    assert page.status_code == 422
    assert message in page.text
    if emails:
        assert emails.splitlines()[0] in page.text
    with db.reading() as session:
        assert not queries.open_invitations(session)


def test_an_invitation_is_withdrawn(admin: FlaskClient, db: Database):
    admin.post("/people/invite", data={"emails": "jo@halden.example", "role": "product"})
    admin.post("/people/withdraw-invitation", data={"email": "jo@halden.example"})
    with db.reading() as session:
        assert not queries.open_invitations(session)


def test_a_new_role_holds_from_the_next_page_on(
    app: Flask, admin: FlaskClient, db: Database, make: Factory
):
    jo = make.user(Role.PRODUCT)
    make.commit()
    jos = sign_in_as(app, db, jo)
    assert jos.get("/people").status_code == 403
    change(admin, jo, role="administrator")
    assert jos.get("/people").status_code == 200


def test_the_last_administrator_keeps_the_role(admin: FlaskClient, ana: User, db: Database):
    refused = change(admin, ana, role="product")
    assert refused.status_code == 422
    assert "only administrator" in refused.text
    assert role_of(db, ana) is Role.ADMINISTRATOR


def test_the_last_administrator_is_not_shut_out(admin: FlaskClient, ana: User):
    assert (
        "only administrator"
        in admin.post(f"/people/{ana.id}/deactivate", follow_redirects=True).text
    )
    assert admin.get("/people").status_code == 200


def test_an_administrator_who_is_shut_out_is_no_replacement(
    admin: FlaskClient, ana: User, make: Factory, db: Database
):
    make.user(Role.ADMINISTRATOR, is_active=False)
    make.commit()
    change(admin, ana, role="product")
    assert role_of(db, ana) is Role.ADMINISTRATOR


def test_with_a_second_administrator_the_first_may_step_down(
    admin: FlaskClient, ana: User, make: Factory, db: Database
):
    make.user(Role.ADMINISTRATOR)
    make.commit()
    change(admin, ana, role="product")
    assert role_of(db, ana) is Role.PRODUCT


def test_shutting_out_asks_first_and_holds_at_once(
    app: Flask, admin: FlaskClient, db: Database, make: Factory
):
    jo = make.user(Role.PRODUCT, name="Jo")
    make.commit()
    jos = sign_in_as(app, db, jo)
    assert "Shut Jo out?" in admin.get(f"/people/{jo.id}/deactivate").text
    assert jos.get("/account").status_code == 200
    admin.post(f"/people/{jo.id}/deactivate")
    assert jos.get("/account").status_code == 302
    admin.post(f"/people/{jo.id}/activate")
    with db.reading() as session:
        assert queries.user_by_id(session, jo.id).is_active


def test_there_is_no_such_person(admin: FlaskClient):
    assert admin.get("/people/999").status_code == 404


def test_a_link_for_a_new_password_is_shown_once(admin: FlaskClient, make: Factory):
    jo = make.user()
    make.commit()
    page = admin.post(f"/people/{jo.id}/new-password").text
    assert "http://127.0.0.1:8000/new-password/" in page
    assert "/new-password/" not in admin.get(f"/people/{jo.id}").text.replace(
        f"/people/{jo.id}/new-password", ""
    )


def test_the_list_of_people_asks_as_often_for_fifty_as_for_one(admin: FlaskClient, make: Factory):
    with query_budget(admin.application.extensions["because_database"], 4) as few:
        admin.get("/people")
    for _ in range(50):
        make.user()
    make.commit()
    with query_budget(admin.application.extensions["because_database"], len(few)):
        assert admin.get("/people").status_code == 200


def test_everybody_changes_their_own_name_and_time_zone(
    admin: FlaskClient, ana: User, db: Database
):
    assert admin.post("/account", data={"name": "Ana R.", "time_zone": "Lisbon"}).status_code == 302
    with db.reading() as session:
        user = queries.user_by_id(session, ana.id)
        assert (user.name, user.time_zone) == ("Ana R.", "Europe/Lisbon")


def test_one_device_is_signed_out_and_never_another_persons(
    app: Flask, admin: FlaskClient, ana: User, db: Database, make: Factory
):
    jo = make.user()
    make.commit()
    phone, jos = sign_in_as(app, db, ana), sign_in_as(app, db, jo)
    with db.reading() as session:
        phone_id = max(row.id for row in queries.sign_ins_of(session, ana.id))
        jos_id = queries.sign_ins_of(session, jo.id)[0].id
    admin.post(f"/account/devices/{phone_id}/sign-out")
    admin.post(f"/account/devices/{jos_id}/sign-out")
    assert phone.get("/account").status_code == 302
    assert jos.get("/account").status_code == 200


def test_the_password_is_changed_by_whoever_knows_the_present_one(
    client: FlaskClient, db: Database
):
    add_person(db)
    client.post("/sign-in", data={"email": "ana@halden.example", "password": PASSWORD})
    wrong = client.post(
        "/account/password", data={"present": "?", "password": "seven quiet harbours"}
    )
    assert "not your present password" in wrong.text
    changed = client.post(
        "/account/password", data={"present": PASSWORD, "password": "seven quiet harbours"}
    )
    assert changed.location == "/account"
    assert client.get("/account").status_code == 200
    with db.reading() as session:
        user = queries.user_by_email(session, "ana@halden.example")
        assert operations.password_matches(user, "seven quiet harbours")


def test_the_workspace_is_changed_and_checked(admin: FlaskClient, db: Database):
    typed = {
        "company": "Halden Systems",
        "product": "Halden Freight",
        "currency": "CHF",
        "time_zone": "zurich",
        "fiscal_year_first_month": "4",
    }
    assert admin.post("/workspace", data=typed).status_code == 302
    with db.reading() as session:
        workspace = queries.workspace(session)
        assert (workspace.company, workspace.currency) == ("Halden Systems", "CHF")
        assert (workspace.time_zone, workspace.fiscal_year_first_month) == ("Europe/Zurich", 4)
    refused = admin.post(
        "/workspace", data=typed | {"currency": "DEM", "fiscal_year_first_month": "13"}
    )
    assert refused.status_code == 422
