"""The budget that other tests rely on does fail."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.core.db import Database
from tests.budgets import query_budget


def test_a_budget_is_kept_and_the_statements_can_be_read(db: Database) -> None:
    with query_budget(db, 1) as sent, db.reading() as session:
        session.execute(text("SELECT 1"))
    assert sent == ["SELECT 1"]


def test_one_statement_too_many_fails_and_names_it(db: Database) -> None:
    with (
        pytest.raises(AssertionError, match=r"2 statements, and the budget is 1[\s\S]*SELECT 2"),
        query_budget(db, 1),
        db.writing() as session,
    ):
        session.execute(text("SELECT 1"))
        session.execute(text("SELECT 2"))
