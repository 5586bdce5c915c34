"""`because questions lint`: one JSON object a line in, findings per question out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.guides.linting.training import weights
from app.guides.linting.training.examples import read_examples
from app.guides.question_commands import questions


def run(tmp_path: Path, *lines: str | bytes, json_out: bool = True) -> Result:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    return CliRunner().invoke(questions, ["lint", str(file), *(["--json"] if json_out else [])])


def test_every_question_is_in_the_result_with_its_findings(tmp_path: Path):
    result = run(
        tmp_path,
        '{"id": "a", "text": "Who took part?", "kind": "fact"}',
        '{"id": "b", "text": "It was dear, wasn\'t it?"}',
    )
    assert result.exit_code == 0
    good, bad = json.loads(result.stdout)
    assert good == {"id": "a", "findings": []}
    assert bad["id"] == "b"
    finding = next(finding for finding in bad["findings"] if finding["rule"] == "tag_question")
    assert sorted(finding) == ["level", "rule", "span", "try", "why"]
    assert finding["level"] == "error"


def test_a_question_without_id_is_named_by_its_line(tmp_path: Path):
    result = run(tmp_path, '{"text": "Who took part?"}', "", '{"text": "Who decided?"}')
    assert [each["id"] for each in json.loads(result.stdout)] == [1, 3]


def test_bad_lines_are_said_by_number_and_the_others_are_linted(tmp_path: Path):
    result = run(
        tmp_path,
        '{"text": "Who took part?"}',
        "{text: unquoted}",
        '{"kind": "fact"}',
        '["Who?"]',
        b'{"text": "\xff"}',
        '{"text": "Who decided?", "kind": "facts"}',
        '{"text": "Who decided?", "kind": null}',
    )
    assert result.exit_code == 1
    assert [each["id"] for each in json.loads(result.stdout)] == [1, 7]
    said = result.stderr.splitlines()
    assert [line.split(":")[1] for line in said] == ["2", "3", "4", "5", "6"]
    assert "takes fact, think, feel, would_do" in said[-1]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path, ending: str):
    line = '\ufeff{"id": 7, "text": "Who took part?"}' + ending
    assert json.loads(run(tmp_path, line).stdout) == [{"id": 7, "findings": []}]


def test_people_read_file_line_rule_and_why(tmp_path: Path):
    result = run(tmp_path, '{"text": "It was dear, wasn\'t it?"}', json_out=False)
    assert "questions.jsonl:1: error tag_question: The end of the sentence" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 questions, 1 with findings."


def measure(tmp_path: Path, *lines: str) -> Result:
    file = tmp_path / "labelled.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return CliRunner().invoke(questions, ["measure", str(file), "--show"])


def test_measuring_counts_what_was_found_and_what_was_doubted(tmp_path: Path):
    result = measure(
        tmp_path,
        '{"text": "Who took part?", "kind": "fact", "bad": false}',
        '{"text": "It was dear, wasn\'t it?", "bad": true}',
        '{"text": "What colour was it?", "bad": true}',
    )
    assert result.exit_code == 0
    assert "errors alone: precision 1.00, found 1 of 2 bad (0.50), doubted 0 of 1" in result.output
    assert "missed: What colour was it?" in result.output


def test_what_has_no_label_is_not_measured(tmp_path: Path):
    result = measure(tmp_path, '{"text": "Who took part?"}', '{"text": "Who?", "bad": "yes"}')
    assert result.exit_code == 1
    assert "labelled.jsonl:1: bad is missing; it takes true or false" in result.output
    assert "labelled.jsonl:2: bad is 'yes'; it takes true or false" in result.output


def test_the_same_questions_give_the_same_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(weights, "read_examples", lambda: read_examples()[:200])
    written = []
    for name in ("once", "again"):
        path = tmp_path / name
        result = CliRunner().invoke(questions, ["train", "--to", str(path)])
        assert result.exit_code == 0, result.output
        assert "rules and model: precision" in result.output
        written.append(path.read_bytes())
    assert written[0] == written[1]
