"""A demo lets everybody in by role; nothing else does."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core.db import Database
from app.identity.models import Role
from config import Settings
from tests.factories import Factory


@pytest.fixture
def demo(settings: Settings, make: Factory) -> FlaskClient:
    make.workspace()
    for role in Role:
        make.user(role, name=f"First {role.value}")
        make.user(role, name=f"Second {role.value}")
    make.commit()
    app = create_app(Settings(**vars(settings) | {"demo": True}))
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.mark.parametrize("role", list(Role))
def test_a_demo_has_one_button_a_role(demo: FlaskClient, role: Role):
    page = demo.get("/sign-in").text
    assert page.count(f"/sign-in/as/{role.value}") == 1
    assert demo.post(f"/sign-in/as/{role.value}").location == "/"
    assert f"First {role.value}" in demo.get("/account").text


def test_one_may_change_the_role_without_signing_out(demo: FlaskClient):
    demo.post("/sign-in/as/product")
    demo.post("/sign-in/as/leadership")
    assert "First leadership" in demo.get("/account").text


def test_there_is_no_other_role(demo: FlaskClient):
    assert demo.post("/sign-in/as/root").status_code == 404


def test_outside_a_demo_nobody_gets_in_by_role(
    app: Flask, db: Database, client: FlaskClient, make: Factory
):
    make.user(Role.ADMINISTRATOR)
    make.commit()
    assert "/sign-in/as/" not in client.get("/sign-in").text
    assert client.post("/sign-in/as/administrator").status_code == 404
    assert client.get("/account").status_code == 302
