"""`bin/because deals import`, as a process of its own."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import Database
from app.deals.models import Deal, DealContact, DealImport, StagedRow
from tests.architecture.source import ROOT
from tests.deals.importing.files import HEADER, deal, write
from tests.factories import Factory


class Command:
    """Runs the command on the test's database, without a terminal."""

    def __init__(self, app: Flask) -> None:
        settings = app.extensions["because_settings"]
        self._environment = os.environ | {
            "BECAUSE_INSTANCE": str(settings.instance),
            "DATABASE_URL": settings.database_url,
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "app", "deals", "import", *map(str, arguments)],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=240)
        return process.returncode, out, err

    def json(self, *arguments: str | Path) -> dict[str, Any]:
        code, out, err = self(*arguments, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def command(app: Flask, make: Factory) -> Command:
    make.workspace()
    make.commit()
    return Command(app)


def deals_in(db: Database) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Deal)) or 0


def test_the_result_has_the_counts_as_json(command: Command, tmp_path: Path):
    file = write(tmp_path, deal(1), deal(2, stage="Closed won"), deal(3, closed="soon"))
    result = command.json(file.path)
    expected = {
        "rows": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "ignored": 0,
        "by_outcome": {"lost": 1, "won": 1},
    }
    assert {name: result[name] for name in expected} == expected
    assert result["refused"][0]["line"] == 4


def test_all_open_questions_are_printed_with_the_options_that_answer(
    command: Command, db: Database, tmp_path: Path
):
    rows = [deal(1, stage="Paused"), deal(2, amount="0", closed="03/04/2026")]
    file = write(tmp_path, *rows)
    code, out, err = command(file.path, "--json")
    assert (code, deals_in(db)) == (3, 0)
    assert len(json.loads(out)["questions"]) == 3
    answers = ("--outcome Paused=open", "--date-format %d/%m/%Y", "--no-amount none")
    assert all(answer in err for answer in answers)
    options = [part for answer in answers for part in answer.split()]
    assert command.json(file.path, *options)["created"] == 2


def test_a_rehearsal_writes_nothing(command: Command, db: Database, tmp_path: Path):
    result = command.json(write(tmp_path, deal(1)).path, "--dry-run")
    assert (result["created"], result["dry_run"], deals_in(db)) == (1, True, 0)


def test_refused_rows_go_to_a_file_without_formulas(command: Command, tmp_path: Path):
    file = write(tmp_path, deal(1, name="=1+1", closed="soon"), deal(2))
    code, out, _ = command(file.path, "--refused", tmp_path / "refused.csv")
    assert code == 0
    assert "line 2, closed_on 'soon': is not a date" in out
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as stream:
        row = next(csv.DictReader(stream))
    assert (row["Line"], row["Field"], row["Deal Name"]) == ("2", "closed_on", "'=1+1")


@pytest.mark.parametrize(
    ("content", "options", "why"),
    [
        ("", (), "is empty"),
        (HEADER, (), "no rows below it"),
        (None, ("--map", "name=Nowhere"), "there is no column Nowhere"),
        (None, ("--outcome", "Paused=perhaps"), "perhaps is none of"),
        (None, ("--date-format", "%d"), "needs day, month and year"),
    ],
)
def test_what_cannot_be_used_ends_with_one_and_says_why(
    command: Command, db: Database, tmp_path: Path, content: str | None, options: Any, why: str
):
    file = write(tmp_path, deal(1))
    if content is not None:
        file.path.write_text(content)
    code, _, err = command(file.path, *options)
    assert (code, deals_in(db)) == (1, 0)
    assert why in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_wrong_use(command: Command, tmp_path: Path):
    assert command(tmp_path / "nowhere.csv")[0] == 2


def test_a_killed_import_leaves_no_half_deal_and_goes_on_where_it_was(
    command: Command, db: Database, tmp_path: Path
):
    """Each deal has two people, the second of them in the last rows of the file."""
    wanted = 6_000
    header = HEADER + ",Contact Email"
    rows = [deal(n) + f",first{n}@example.com" for n in range(wanted)]
    rows += [deal(n) + f",second{n}@example.com" for n in range(wanted)]
    file = write(tmp_path, *rows, header=header)
    process = command.start(file.path)
    deadline = time.monotonic() + 120
    while deals_in(db) < 1_000 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    there = deals_in(db)
    assert 0 < there < wanted, "killed in the middle"
    assert there % 500 == 0
    with db.reading() as session:
        people = session.scalar(select(func.count()).select_from(DealContact))
    assert people == 2 * there

    code, out, err = command(file.path, "--json")
    assert code == 0
    assert "Going on with the import that was interrupted" in err
    result = json.loads(out)
    assert (result["rows"], result["created"], result["updated"]) == (2 * wanted, wanted, 0)
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(DealContact)) == 2 * wanted
        assert session.scalar(select(func.count()).select_from(DealImport)) == 1
        assert session.scalar(select(func.count()).select_from(StagedRow)) == 0
    assert deals_in(db) == wanted


def test_a_killed_staging_goes_on_too(command: Command, db: Database, tmp_path: Path):
    file = write(tmp_path, *(deal(n) for n in range(12_000)))
    process = command.start(file.path)
    staged, deadline = 0, time.monotonic() + 120
    while not staged and process.poll() is None and time.monotonic() < deadline:
        with db.reading() as session:
            staged = session.scalar(select(func.count()).select_from(StagedRow)) or 0
    process.kill()
    process.wait()
    assert command.json(file.path)["created"] == 12_000
    assert deals_in(db) == 12_000
