"""Events inside a transaction: who listens is told, where it concerns them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import events
from app.core.db import Database
from app.identity.models import Workspace
from tests.budgets import query_budget


@dataclass(frozen=True)
class Renamed:
    company: str


WORKSPACES = select(Workspace).where(Workspace.company == bindparam("company"))


@pytest.fixture
def told() -> Iterator[list[str]]:
    """Who was told, by name: one listens always, two where the company has a workspace."""
    names: list[str] = []
    events.on(Renamed)(lambda _session, _event: names.append("always"))
    events.on(Renamed, if_any=WORKSPACES)(lambda _session, _event: names.append("first"))
    events.on(Renamed, if_any=WORKSPACES)(lambda _session, _event: names.append("second"))
    yield names
    events._handlers.pop(Renamed)
    events._asked.pop(Renamed, None)


def test_those_whom_it_does_not_concern_are_not_called(session: Session, told: list[str]):
    session.add(Workspace(company="Acme"))
    events.publish(session, Renamed("Other"))
    assert told == ["always"]
    events.publish(session, Renamed("Acme"))
    assert told == ["always", "always", "first", "second"]


def test_one_statement_asks_for_all_of_them(db: Database, session: Session, told: list[str]):
    with query_budget(db, 1):
        events.publish(session, Renamed("Acme"))
    assert told == ["always"]
