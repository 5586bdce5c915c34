"""What ships, and what the documents teach, passes the linter; what they warn of does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from app.guides.linting import Finding, Level, lint
from app.guides.reading import read_guide

GUIDES = sorted(Path("interview_guides").glob("*.yaml"))
DOCUMENT = Path("docs/guides.md").read_text(encoding="utf-8")


def asked(source: str) -> list[tuple[str, str]]:
    """Every question and probe of a guide, with its kind."""
    guide = read_guide(source, "guide.yaml")
    return [
        (words, str(question.kind))
        for section in guide.sections
        for question in section.questions
        for words in (question.say, *question.probes)
    ]


def doubts(text: str, kind: str) -> list[Finding]:
    return [finding for finding in lint(text, kind) if finding.level is not Level.NOTE]


def doubted(questions: list[tuple[str, str]]) -> list[tuple[str, str, list[Finding]]]:
    return [(text, kind, found) for text, kind in questions if (found := doubts(text, kind))]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_shipped_guide_has_neither_errors_nor_warnings(path: Path):
    questions = asked(path.read_text(encoding="utf-8"))
    assert questions
    assert [
        (text, kind, doubts(text, kind)) for text, kind in questions if doubts(text, kind)
    ] == []


def examples() -> list[str]:
    """The guides that docs/guides.md prints in YAML."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
    return [block for block in blocks if "sections" in (yaml.safe_load(block) or {})]


def test_the_guides_in_the_documents_have_neither_errors_nor_warnings():
    questions = [pair for source in examples() for pair in asked(source)]
    assert questions
    assert [
        (text, kind, doubts(text, kind)) for text, kind in questions if doubts(text, kind)
    ] == []


def taught() -> list[tuple[str, str, str]]:
    """Each pair of the tables 'instead of, ask', with the kind whose heading it stands under."""
    pairs, kind = [], ""
    for line in DOCUMENT.splitlines():
        if heading := re.match(r"\*\*(Fact|Think|Feel|Would do):", line):
            kind = heading[1].lower().replace(" ", "_")
        elif kind and (row := re.match(r"\| (.+?) \| (.+?) \| .+ \|$", line)):
            if row[1] not in ("instead of", "---"):
                pairs.append((kind, row[1], row[2]))
        elif line.startswith("## "):
            kind = ""
    return [pair for pair in pairs if pair[1] != "---"]


@pytest.mark.parametrize(("kind", "instead_of", "ask"), taught())
def test_what_the_tables_teach_is_what_the_linter_says(kind: str, instead_of: str, ask: str):
    assert doubts(ask, kind) == []
    notes_count = "usually" in instead_of
    assert [f for f in lint(instead_of, kind) if notes_count or f.level is not Level.NOTE]


def test_every_kind_has_its_table():
    assert {kind for kind, _, _ in taught()} == {"fact", "think", "feel", "would_do"}
