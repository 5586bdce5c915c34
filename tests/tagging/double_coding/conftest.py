"""Two people who tag, and an interview of two answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.identity.models import Role, User
from app.interviews.models import Answer, Interview, Scope
from app.tagging.models import Reason
from tests.factories import Factory, sign_in_as

WORDS = "The price was high. Security took months. They answered at once."


@pytest.fixture
def mona(make: Factory) -> User:
    make.workspace()
    return make.user(Role.PROGRAMME_MANAGER, name="Mona")


@pytest.fixture
def tom(make: Factory, mona: User) -> User:
    return make.user(Role.PROGRAMME_MANAGER, name="Tom")


@pytest.fixture
def ruth(make: Factory, mona: User) -> User:
    return make.user(Role.PROGRAMME_MANAGER, name="Ruth")


@pytest.fixture
def reasons(make: Factory) -> dict[str, Reason]:
    money = make.reason("Money")
    return {name: make.reason(name, parent=money) for name in ("Price", "Security", "Speed")}


@pytest.fixture
def interview(make: Factory, reasons: dict[str, Reason]) -> Interview:
    return make.interview(make.deal("lost", name="Halden TMS"), "held", scope=Scope.ROLE)


@pytest.fixture
def answer(make: Factory, interview: Interview) -> Answer:
    return make.answer(interview, WORDS, taken="transcript")


@pytest.fixture
def sign_in(app: Flask, db: Database, make: Factory) -> Callable[[User], FlaskClient]:
    def as_user(user: User) -> FlaskClient:
        make.commit()
        return sign_in_as(app, db, user)

    return as_user


def tagged(words: str, reason: str, direction: str = "against") -> dict[str, object]:
    """What the forms of both send."""
    start = WORDS.index(words)
    return {
        "revision": 1,
        "start": start,
        "end": start + len(words),
        "reason": reason,
        "direction": direction,
        "weight": "mentioned",
        "layer": "surface",
        "evidence": "",
        "differentiator": "",
        "competitor": "",
    }
