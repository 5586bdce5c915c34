"""A fresh, migrated database for every test: an SQLite file, or PostgreSQL by TEST_DATABASE_URL."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app import create_app
from app.core import migrations
from app.core.db import Base, Database
from app.rooms import room_modules
from config import Settings, load_settings
from tests.compiled_once import compile_routes_once, compile_templates_once
from tests.factories import Factory

POSTGRES = os.environ.get("TEST_DATABASE_URL", "")

compile_routes_once()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="DIR", help="Keep the browser tests' pictures here.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks a database: the rest says the same as on SQLite."""
    if not POSTGRES:
        return
    same = [item for item in items if not _asks_a_database(item)]
    config.hook.pytest_deselected(items=same)
    items[:] = [item for item in items if _asks_a_database(item)]


def pytest_collection_finish() -> None:
    """What is imported stays, as in the web server: the collector, which would look at it some
    times in each test, leaves it alone."""
    room_modules("room")
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _asks_a_database(item: pytest.Item) -> bool:
    """By the fixture, or in processes of its own."""
    fixtures = getattr(item, "fixturenames", ())
    return "migrated" in fixtures or not {"house", "browser"}.isdisjoint(item.path.parts)


def settings_for(instance: Path, **more: str) -> Settings:
    return load_settings({"BECAUSE_INSTANCE": str(instance), **more})


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str | Path:
    """A migrated database: a file to copy for each test, or PostgreSQL to empty after each."""
    folder = tmp_path_factory.mktemp("migrated")
    if not POSTGRES:
        path = folder / "because.db"
        database = Database(f"sqlite:///{path}")
        migrations.upgrade(database)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.engine.dispose()
        return path
    url = f"{POSTGRES}_{worker_id}"
    _recreate_postgres(url)
    database = Database(_psycopg(url))
    migrations.upgrade(database)
    database.engine.dispose()
    return url


@pytest.fixture
def settings(migrated: str | Path, tmp_path: Path) -> Iterator[Settings]:
    if isinstance(migrated, Path):
        shutil.copy(migrated, tmp_path / "because.db")
        yield settings_for(tmp_path)
        return
    yield settings_for(tmp_path, DATABASE_URL=migrated)
    _empty_postgres(migrated)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.config["TESTING"] = True
    compile_templates_once(app)
    yield app
    app.extensions["because_database"].engine.dispose()


@pytest.fixture
def db(app: Flask) -> Database:
    """The database. No application context is pushed: requests would share its `g`, and with it
    whoever is signed in."""
    database: Database = app.extensions["because_database"]
    return database


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """A write session for arranging; commit before a client is to see it."""
    session = db.open_writer()
    yield session
    session.close()


@pytest.fixture
def make(session: Session) -> Factory:
    """Makes rows: `make.deal(outcome='lost')`. Call `make.commit()` before using a client."""
    return Factory(session)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Nobody is signed in."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def _psycopg(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _recreate_postgres(url: str) -> None:
    base, name = url.rsplit("/", 1)
    engine = create_engine(f"{_psycopg(base)}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()


def _empty_postgres(url: str) -> None:
    """By DELETE, those that refer to others first: TRUNCATE makes a new file for each of the tables
    and their indexes, and takes ten times as long for the few rows of a test."""
    engine = create_engine(_psycopg(url))
    tables = reversed(Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.exec_driver_sql("; ".join(f'DELETE FROM "{table.name}"' for table in tables))
        connection.exec_driver_sql(
            "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
        )
    engine.dispose()
