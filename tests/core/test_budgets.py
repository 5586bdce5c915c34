"""The budget that other tests rely on does fail."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.core.db import Database
from tests.budgets import query_budget


def ask(db: Database, times: int) -> None:
    with db.reading() as session:
        for number in range(times):
            session.execute(text(f"SELECT {number}"))


def test_a_budget_is_kept_and_the_statements_can_be_read(db: Database) -> None:
    with query_budget(db, 1) as sent:
        ask(db, 1)
    assert sent == ["SELECT 0"]


def test_one_statement_too_many_fails_and_is_named(db: Database) -> None:
    budget = query_budget(db, 1)
    budget.__enter__()
    ask(db, 2)
    with pytest.raises(AssertionError, match=r"2 statements, and the budget is 1[\s\S]*SELECT 1"):
        budget.__exit__(None, None, None)
