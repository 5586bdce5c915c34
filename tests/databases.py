"""Databases for a product that runs in its own processes."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text


@contextmanager
def empty_database() -> Iterator[dict[str, str]]:
    """The settings that name an empty database: none for SQLite, its address for PostgreSQL."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        yield {}
        return
    base = server.rsplit("/", 1)[0]
    name = f"because_house_{uuid.uuid4().hex[:12]}"
    engine = create_engine(
        f"{base}/postgres".replace("postgresql://", "postgresql+psycopg://", 1),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield {"DATABASE_URL": f"{base}/{name}"}
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()
