"""Models and migrations agree, and the migrations have one head."""

from __future__ import annotations

from alembic.script import ScriptDirectory

from app.core import migrations
from app.core.db import Database


def test_models_and_migrations_agree(db: Database):
    migrations.check(db)


def test_the_migrations_have_one_head(db: Database):
    assert len(ScriptDirectory.from_config(migrations.alembic_config(db)).get_heads()) == 1
