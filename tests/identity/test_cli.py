"""People from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from app.core.db import Database
from app.identity.cli import users
from config import Settings
from tests.identity.people import PASSWORD, add_person

ADD = ["add", "jo@halden.example", "--name", "Jo Berg", "--role", "product"]
Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("BECAUSE_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)

    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(users, arguments, input=typed)

    return run


def listed(run: Run) -> list[dict[str, object]]:
    return json.loads(run("list", "--json").stdout)


def test_somebody_is_added_and_can_sign_in(run: Run, client: FlaskClient):
    added = run(*ADD, "--tagger", "--password-stdin", "--json", typed=PASSWORD + "\n")
    assert json.loads(added.stdout) == {
        "email": "jo@halden.example",
        "name": "Jo Berg",
        "role": "product",
    }
    assert listed(run) == [
        {
            "email": "jo@halden.example",
            "name": "Jo Berg",
            "role": "product",
            "tagger": True,
            "active": True,
        }
    ]
    signed_in = client.post("/sign-in", data={"email": "jo@halden.example", "password": PASSWORD})
    assert signed_in.location == "/"


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["add", "jo@halden.example"], "--name NAME"),
        (["add", "jo@halden.example", "--name", "Jo"], "--role ROLE"),
        (ADD, "--password-stdin"),
    ],
)
def test_without_a_terminal_a_question_names_its_option(
    run: Run, arguments: list[str], option: str
):
    asked = run(*arguments)
    assert asked.exit_code == 3
    assert option in asked.stderr


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("jo", PASSWORD, "name@example.com"),
        ("jo@halden.example", "short", "at least 10"),
        ("jo@halden.example", "Password123!", "first passwords"),
        ("ana@halden.example", PASSWORD, "here already"),
    ],
)
def test_what_cannot_be_is_refused_and_adds_nobody(
    run: Run, db: Database, email: str, password: str, why: str
):
    add_person(db)
    refused = run("add", email, *ADD[2:], "--password-stdin", typed=password)
    assert refused.exit_code == 1
    assert why in refused.stderr
    assert len(listed(run)) == 1


def test_without_users_the_link_makes_the_administrator(run: Run, client: FlaskClient):
    url = json.loads(run("link", "--json").stdout)["url"]
    assert url.startswith("http://127.0.0.1:8000/first-administrator/")
    assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_with_users_the_link_is_for_a_new_password(run: Run, client: FlaskClient, db: Database):
    add_person(db)
    url = run("link", "ana@halden.example").stdout.strip()
    assert "ana@halden.example" in client.get(url.removeprefix("http://127.0.0.1:8000")).text


def test_with_users_the_link_asks_for_whom(run: Run, db: Database):
    add_person(db)
    assert run("link").exit_code == 3
    assert run("link", "eve@halden.example").exit_code == 1
