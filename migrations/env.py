"""Alembic runs here, on the database that the caller hands over."""

from __future__ import annotations

from alembic import context

from app.core.db import Base, Database, UtcDateTime
from app.rooms import import_models

import_models()


def render_plain_types(kind: str, item: object, _context: object) -> str | bool:
    """Migrations name no class of the app's: they must run when it is gone."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    database: Database = context.config.attributes["database"]
    with database.engine.execution_options(because_writes=True).connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=database.is_sqlite,
            compare_type=True,
            render_item=render_plain_types,
            compare_server_default=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
