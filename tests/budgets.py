"""Query budgets: a page asks a fixed number of times, however much there is to show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.core.db import Database

_TRANSACTION_WORDS = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "SET ")


@contextmanager
def query_budget(db: Database, most: int) -> Iterator[list[str]]:
    """Fail where the block sends more than `most` statements; yields those that were sent.

    with query_budget(db, 6):
        client.get("/deals")
    """
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_TRANSACTION_WORDS):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    if len(sent) > most:
        listed = "\n".join(f"{n:3}. {statement}" for n, statement in enumerate(sent, 1))
        raise AssertionError(f"{len(sent)} statements, and the budget is {most}:\n{listed}")
