"""Alembic runs here, on the database that the caller hands over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy.engine import Connection

from app.core.db import Base, Database, UtcDateTime
from app.rooms import import_models

import_models()


def render_plain_types(kind: str, item: object, _context: object) -> str | bool:
    """Migrations name no class of the app's: they must run when it is gone."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def is_a_models(
    _thing: object, name: str | None, _kind: str, is_found: bool, _model: object
) -> bool:
    """Each database's own index of words stands beside the models: see 0015_search.py."""
    return not (is_found and (name or "").startswith("search_words"))


def run() -> None:
    database: Database = context.config.attributes["database"]
    writes = database.engine.execution_options(because_writes=True)
    with writes.connect() as connection, tables_may_be_made_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=database.is_sqlite,
            compare_type=True,
            render_item=render_plain_types,
            compare_server_default=False,
            include_object=is_a_models,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


@contextmanager
def tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a constraint only by making the table anew; while foreign keys are held,
    dropping the old one would take with it whatever points there."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")  # past the engine: not within a transaction
    yield
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    driver.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"a migration left rows that point nowhere: {broken[:5]}")


run()
