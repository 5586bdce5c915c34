"""`bin/because transcripts import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.transcripts.cli import transcripts
from config import Settings
from tests.factories import Factory

CALL = "Ada: Why?\nJonas: Slow.\nAda: I see.\nthe point: too slow\n"


@pytest.fixture
def run(settings: Settings, make: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BECAUSE_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url.replace("+psycopg", ""))
    interview = make.interview()
    make.commit()

    def run(content: str | bytes, *options: str, name: str = "call.txt") -> Result:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        named = ("--interview", interview.public_id)
        return CliRunner().invoke(transcripts, ["import", str(file), *named, *options])

    return run


def test_it_says_what_was_read(run):
    result = json.loads(run(CALL, "--json").stdout)
    assert result["result"] == "imported"
    assert result["format"] == "labelled"
    assert result["segments"] == 4
    counts = {each["label"]: each["segments"] for each in result["speakers"]}
    assert counts == {"Ada": 3, "Jonas": 1}
    assert [(each["line"], each["left_out"]) for each in result["problems"]] == [(4, False)]


def test_the_same_file_again_changes_nothing(run):
    run(CALL)
    again = run(CALL)
    assert (again.exit_code, again.stdout.split(":")[0]) == (
        0,
        "Nothing to change in call.txt (labelled)",
    )


def test_another_transcript_gives_way_on_request_only(run):
    run(CALL)
    refused = run(CALL + "Ada: Thanks.\n")
    assert refused.exit_code == 3
    assert "--replace" in refused.stderr
    assert run(CALL + "Ada: Thanks.\n", "--replace").exit_code == 0


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "call.txt", "holds no words"),
        (b"just words", "call.vtt", "no line of it is a time"),
        (b"x" * (21 << 20), "call.txt", "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(run, content: bytes, name: str, said: str):
    result = run(content, name=name)
    assert result.exit_code == 1
    assert said in result.stderr


def test_an_interview_that_is_not_there(run, tmp_path: Path):
    (tmp_path / "call.txt").write_text(CALL)
    result = CliRunner().invoke(
        transcripts, ["import", str(tmp_path / "call.txt"), "--interview", "nobody"]
    )
    assert result.exit_code == 1
    assert "there is no interview 'nobody'" in result.stderr
