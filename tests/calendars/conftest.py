from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from app.core.db import Database
from config import Settings
from tests.calendars.radicale import CaldavServer, open_radicale
from tests.conftest import settings_for
from tests.core.outsiders import Outsider, open_outsider


@pytest.fixture(scope="session")
def radicale() -> Iterator[CaldavServer]:
    with open_radicale(*(f"user{number}" for number in range(30))) as server:
        yield server


@pytest.fixture(scope="session")
def outsider() -> Iterator[Outsider]:
    with open_outsider() as server:
        yield server


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The servers of the tests lie inside this network."""
    more = {"DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key}
    return settings_for(settings.instance, OUTSIDE_PRIVATE="1", **more)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    app.extensions["because_database"].engine.dispose()


@pytest.fixture
def db(app: Flask) -> Database:
    database: Database = app.extensions["because_database"]
    return database
