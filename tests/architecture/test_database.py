"""Models and migrations agree, and the migrations have one head."""

from __future__ import annotations

import re

from alembic.script import ScriptDirectory

from app.core import migrations
from app.core.db import Database
from tests.architecture.source import ROOT


def test_models_and_migrations_agree(db: Database):
    migrations.check(db)


def test_the_migrations_have_one_head(db: Database):
    assert len(ScriptDirectory.from_config(migrations.alembic_config(db)).get_heads()) == 1


def test_migrations_are_numbered_and_named():
    names = [path.name for path in (ROOT / "migrations" / "versions").glob("*.py")]
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name)] == []
