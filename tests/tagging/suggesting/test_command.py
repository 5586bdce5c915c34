"""`because tags suggest`: any labelled set in, suggestions out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.tagging.suggest_command import tags
from app.tagging.suggesting.files import UnreadableLines, read_seed_words, read_training
from tests.tagging.suggesting.sentences import examples


def lines(path: Path, rows: Sequence[dict[str, Any]]) -> str:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


def run(tmp_path: Path, *options: str, train: Sequence[dict[str, Any]] | None = None) -> Result:
    learnt_from = train or [{"text": one.text, "tags": sorted(one.tags)} for one in examples(240)]
    asked = [{"id": "a", "text": "Nobody answered our tickets."}, {"text": "A fortune."}]
    files = [lines(tmp_path / "asked.jsonl", asked), "--train"]
    return CliRunner().invoke(
        tags, ["suggest", *files, lines(tmp_path / "train.jsonl", learnt_from), *options]
    )


def test_the_result_is_a_list_of_sentences_with_their_tags(tmp_path: Path) -> None:
    first, second = json.loads(run(tmp_path, "--json").stdout)
    assert first["id"] == "a"
    assert second["id"] == 2
    assert {frozenset(tag) for tag in first["tags"]} == {frozenset(["tag", "confident", "score"])}
    assert [(tag["tag"], tag["confident"]) for tag in first["tags"]] == [("support", True)]
    assert 0.5 < first["tags"][0]["score"] <= 1


def test_for_people_it_says_what_suggested(tmp_path: Path) -> None:
    said = run(tmp_path).stdout
    assert "a: support (" in said
    assert "By what was learnt" in said


def test_seed_words_come_from_a_codebook(tmp_path: Path) -> None:
    codebook = tmp_path / "words.json"
    codebook.write_text('{"service": ["ticket"], "price": ["fortune"]}')
    few = [{"text": "Nothing.", "tags": []}]
    found = json.loads(run(tmp_path, "--codebook", str(codebook), "--json", train=few).stdout)
    assert [[tag["tag"] for tag in one["tags"]] for one in found] == [["service"], ["price"]]
    assert all(tag["score"] is None for one in found for tag in one["tags"])


def test_seed_words_may_stand_in_the_training_file(tmp_path: Path) -> None:
    few = [{"tag": "service", "seeds": ["ticket"]}, {"text": "Nothing.", "tags": []}]
    found = json.loads(run(tmp_path, "--json", train=few).stdout)
    assert [tag["tag"] for tag in found[0]["tags"]] == ["service"]


@pytest.mark.parametrize(
    ("filename", "text"),
    [
        ("a.json", '{"price": ["cheap", "cost"]}'),
        ("a.json", '{"price": {"seeds": {"en": ["cheap", "cost"]}}}'),
        ("a.json", '[{"tag": "price", "seed_words": ["cheap", "cost"]}]'),
        ("a.json", '{"categories": [{"name": "price", "keywords": "cheap, cost"}]}'),
        ("a.jsonl", '{"tag": "price", "seeds": ["cheap", "cost"]}\n'),
        ("a.csv", "tag,seeds\nprice,cheap; cost\n"),
    ],
)
def test_a_codebook_may_be_written_in_several_ways(filename: str, text: str) -> None:
    assert read_seed_words(text, filename) == {"price": {"en": ["price", "cheap", "cost"]}}


def test_a_reason_list_is_a_codebook_too() -> None:
    starter = Path("app/tagging/codebooks/starter.yaml").read_text(encoding="utf-8")
    assert "zu teuer" in read_seed_words(starter, "starter.yaml")["price"]["de"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1 is not JSON"),
        ('\n{"text": "a", "tags": "b"}', 'line 2: "tags" must be a list'),
        ('{"tags": []}', 'line 1: "text" is missing'),
        ("", "no example"),
    ],
)
def test_a_wrong_line_is_named(text: str, says: str) -> None:
    with pytest.raises(UnreadableLines, match=says):
        read_training(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("no json")
    done = CliRunner().invoke(tags, ["suggest", str(wrong), "--train", str(wrong)])
    assert done.exit_code == 1
    assert f"{wrong}: line 1 is not JSON" in done.stderr
