"""The start brings the database up to date, and refuses one that a later version has changed."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import text

from app.core import migrations
from app.core.db import Database


def test_a_database_that_is_up_to_date_is_left_alone(db: Database, monkeypatch):
    monkeypatch.setattr(command, "upgrade", lambda *_: pytest.fail("it migrated again"))
    migrations.upgrade(db)


def test_a_newer_database_is_refused(db: Database, monkeypatch, tmp_path):
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / "0000_before_the_first.py").touch()
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)
    with pytest.raises(migrations.DatabaseIsNewer, match="knows only 0000"):
        migrations.upgrade(db)
    with db.reading() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar()
