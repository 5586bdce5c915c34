"""201 decisions of software teams become interviews, with each statement at its exact place."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.core.db import Database
from app.deals.models import Deal
from app.interviews.models import Answer, Interview
from app.tagging.import_command import interviews
from app.tagging.models import Tag, Verbatim
from config import Settings
from tests.realdata.decisions_to_jsonl import decisions_to_jsonl

pytestmark = pytest.mark.realdata


@pytest.fixture
def file(realdata: Path, tmp_path: Path) -> Path:
    path = tmp_path / "decisions.jsonl"
    assert decisions_to_jsonl(realdata / "decisions", path) == 201
    return path


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BECAUSE_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)

    def command(*arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(interviews, ["import", *arguments, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.output)

    return command


def test_every_decision_is_taken_and_the_second_time_changes_nothing(
    file: Path, run: Any, db: Database, realdata: Path
):
    would = run(str(file), "--dry-run")
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Interview)) == 0
    first, second = run(str(file)), run(str(file))
    counts = ("interviews", "created", "updated", "unchanged", "rejected", "verbatims", "tags")
    assert [first[name] for name in counts] == [201, 201, 0, 0, 0, 2686, 0]
    assert [second[name] for name in counts] == [201, 0, 0, 201, 0, 2686, 0]
    assert would == first

    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Verbatim)) == 2686
        outcomes = Counter(session.scalars(select(Deal.outcome)))
        assert min(outcomes["won"], outcomes["lost"]) > 20
        _check_places(session, realdata / "decisions")


def _check_places(session: Any, folder: Path) -> None:
    """Each statement stands where its authors said, with the polarity they gave it."""
    statements = {}
    for line in (folder / "pros_cons.jsonl").read_text(encoding="utf-8").splitlines():
        statement = json.loads(line)
        statements[statement["file"], statement["start"]] = statement
    rows = session.execute(
        select(Interview.external_id, Verbatim, Answer.text, Tag)
        .select_from(Verbatim)
        .join(Verbatim.interview)
        .join(Verbatim.answer)
        .join(Tag, Tag.verbatim_id == Verbatim.id)
    ).all()
    assert len(rows) == 2686
    for external_id, quote, text, tag in rows:
        statement = statements.pop((external_id, quote.start))
        assert text[quote.start : quote.end] == quote.text == statement["text"]
        assert (tag.direction == "neutral") == (statement["label"] == "neutral")
    assert not statements
