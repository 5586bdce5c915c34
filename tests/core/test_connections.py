"""Connections of PostgreSQL: one that the server ended meanwhile is not handed out."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core import db as database
from app.core.db import Database


def _number(db: Database) -> int:
    with db.asking() as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_a_connection_that_idled_is_asked_before_it_is_used(
    db: Database, monkeypatch: pytest.MonkeyPatch
):
    if db.is_sqlite:
        pytest.skip("SQLite has no server that could end a connection")
    end = text("SELECT pg_terminate_backend(:number)")
    with db.engine.connect() as other:
        number = _number(db)
        assert _number(db) == number
        other.execute(end, {"number": number})
    later = time.monotonic() + database._ASKED_AFTER_S
    monkeypatch.setattr("app.core.db.time.monotonic", lambda: later)
    assert _number(db) != number


def test_what_pages_ask_again_and_again_is_prepared_once(db: Database):
    if db.is_sqlite:
        pytest.skip("SQLite has no server that prepares statements")
    for _ in range(10):
        with db.reading() as session:
            session.execute(text("SELECT 41 + 1"))
    with db.asking() as connection:
        kept = "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT 41 + 1'"
        assert connection.execute(text(kept)).scalar_one() == 1


def test_a_page_whose_statement_failed_leaves_its_connection_usable(db: Database):
    with pytest.raises(SQLAlchemyError), db.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere"))
    with db.reading() as session:
        assert session.execute(text("SELECT 1")).scalar_one() == 1
