"""Nobody but the edge commits; a GET writes nothing; SELECTs stand in queries, not in routes."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.access import public
from app.core.db import Database, WriteInReadSession
from app.core.edge import current_session
from app.identity.models import Role, User
from tests.architecture.source import APP, name_of, python_files

_MAY_COMMIT = {"app.core.db", "app.core.edge"}


def test_nobody_but_the_edge_commits():
    commits = [
        name_of(path)
        for path in python_files()
        if re.search(r"\.commit\(", path.read_text()) and name_of(path) not in _MAY_COMMIT
    ]
    assert commits == []


def test_routes_hold_no_select_and_write_no_row():
    forbidden = re.compile(
        r"\b(select|insert|update|delete)\(|session\.(add|execute|get|scalars?)\("
    )
    wrong = [
        f"{name_of(path)}: {found[0]}"
        for path in APP.rglob("*routes.py")
        if name_of(path) != "app.core.routes" and (found := forbidden.search(path.read_text()))
    ]
    assert wrong == []


def test_a_read_session_refuses_to_write(db: Database):
    with db.reading() as session:
        session.add(_somebody())
        with pytest.raises(WriteInReadSession):
            session.flush()


def test_a_get_gets_a_read_session_and_a_post_commits_unless_it_fails(app: Flask, db: Database):
    app.config["WTF_CSRF_ENABLED"] = False

    @app.route("/add/<int:status>", methods=["GET", "POST"])
    @public("only in this test")
    def add(status: int):
        current_session().add(_somebody(f"{status}@example.com"))
        current_session().flush()
        return "", status

    client = app.test_client()
    with pytest.raises(WriteInReadSession):
        client.get("/add/200")
    client.post("/add/200")
    client.post("/add/422")
    with db.reading() as session:
        assert _emails(session) == ["200@example.com"]


def _somebody(email: str = "a@example.com") -> User:
    return User(email=email, name="A", role=Role.PRODUCT)


def _emails(session: Session) -> list[str]:
    return [user.email for user in session.query(User)]
