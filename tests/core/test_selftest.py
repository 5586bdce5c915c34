"""`bin/because selftest` tells part by part whether the installation works."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.core import migrations, selftest
from app.core.db import Database


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("BECAUSE_INSTANCE", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Database(f"sqlite:///{tmp_path / 'because.db'}")


def run() -> Result:
    return CliRunner().invoke(selftest.selftest)


def test_all_is_in_order(database: Database):
    migrations.upgrade(database)
    result = run()
    assert result.exit_code == 0, result.output
    assert [line.split(maxsplit=1)[0] for line in result.output.splitlines()] == ["ok"] * 7


def test_tables_that_are_missing_are_told_and_the_rest_is_still_checked(database: Database):
    result = run()
    assert result.exit_code == 1
    assert "not ok  tables: the tables are at none" in result.output
    assert "ok      queue" in result.output


def test_a_part_that_fails_is_named(database: Database, monkeypatch: pytest.MonkeyPatch):
    def stumble(*_: object) -> str:
        raise OSError("no space left")

    migrations.upgrade(database)
    monkeypatch.setitem(selftest.CHECKS, "files", stumble)
    result = run()
    assert result.exit_code == 1
    assert "not ok  files: no space left" in result.output
