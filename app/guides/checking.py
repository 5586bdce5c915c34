"""What keeps a draft from being a guide: what is missing or wrong, what the linter says. Pure.

The draft is written as YAML and read again, so that there is one truth on what a guide is.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.marked_yaml import Problem, UnreadableFileError
from app.guides.drafting import Content, questions_of
from app.guides.linting import Finding, Level, lint
from app.guides.reading import Guide, read_guide
from app.guides.writing import write_content

#: A must takes about three minutes to ask and to hear.
MINUTES_A_MUST = 3

_PLACE = re.compile(r"sections(?:\[(\d+)\])?(?:\.questions(?:\[(\d+)\])?)?\.?(.*)")
_LABELS = {
    "say": "the words to say",
    "why": "why it is asked",
    "title": "the title",
    "about": "for whom it is",
    "opening": "the opening",
    "minutes": "the minutes",
    "probes": "the follow-ups",
    "outcomes": "the outcomes",
    "sections": "the sections",
    "questions": "the questions",
    "outcome": "the condition",
    "languages": "the languages",
    "language": "the main language",
}


@dataclass(frozen=True)
class Fault:
    """Something missing or wrong; without section and question it is the guide's own."""

    message: str
    field: str
    section_id: str | None = None
    question_id: str | None = None


@dataclass(frozen=True)
class Linted:
    """One finding of the linter, in one language of one question."""

    question_id: str
    say: str
    language: str
    finding: Finding

    @property
    def key(self) -> str:
        """Names it in a form, and on the version that was published in spite of it."""
        return f"{self.question_id}.{self.language}.{self.finding.rule}"


def publishable(content: Mapping[str, Any]) -> Content:
    """Without words in languages that the guide does not name any more: the draft keeps those, in
    case the language comes back."""
    kept = copy.deepcopy(dict(content))
    for node in _nodes(kept):
        words = {
            language: said
            for language, said in node.pop("in", {}).items()
            if language in content.get("languages", ()) and any(said.values())
        }
        if words:
            node["in"] = words
    return kept


def _nodes(content: Content) -> Iterator[Content]:
    yield content
    for section in content["sections"]:
        yield section
        yield from section["questions"]


def guide_or_faults(content: Mapping[str, Any]) -> tuple[Guide | None, list[Fault]]:
    """The guide, or what keeps the draft from being one."""
    try:
        return read_guide(write_content(publishable(content)), str(content["id"])), []
    except UnreadableFileError as mistakes:
        return None, [_fault(problem, content) for problem in mistakes.problems]


def linted(content: Mapping[str, Any]) -> list[Linted]:
    """All that the linter says of a guide's questions, in the order of asking."""
    return [
        Linted(question["id"], say, language, finding)
        for _, question in questions_of(publishable(content))
        for language, say in _said(question, content["language"])
        if say
        for finding in lint(say, question["kind"], language)
    ]


def errors_of(content: Mapping[str, Any]) -> list[Linted]:
    """What stops publishing; a rule once a question."""
    errors = {each.key: each for each in linted(content) if each.finding.level is Level.ERROR}
    return list(errors.values())


def minutes_needed(content: Mapping[str, Any]) -> int:
    """For the questions that must be asked."""
    return MINUTES_A_MUST * sum(
        bool(question["must"]) for _, question in questions_of(dict(content))
    )


def _said(question: Mapping[str, Any], main: str) -> Iterator[tuple[str, str]]:
    yield main, question["say"]
    for language, words in question.get("in", {}).items():
        if words.get("say"):
            yield language, words["say"]


def _fault(problem: Problem, content: Mapping[str, Any]) -> Fault:
    """The reader's complaint, at its field and without the reader's names."""
    place = _PLACE.fullmatch(problem.path)
    section_index, question_index, rest = place.groups() if place else (None, None, problem.path)
    sections = content["sections"]
    section = sections[int(section_index)] if section_index is not None else None
    question = (
        section["questions"][int(question_index)]
        if section is not None and question_index is not None
        else None
    )
    *within, field = (rest or problem.path.split(".")[-1]).split(".")
    return Fault(
        message=_plainly(problem.message, field, within),
        field=field,
        section_id=section["id"] if section is not None else None,
        question_id=question["id"] if question is not None else None,
    )


def _plainly(message: str, field: str, within: list[str]) -> str:
    """'question 'x': say is empty; it takes words' -> 'The words to say: empty; it takes words'."""
    message = re.sub(r"^(question|section) ('[^']*'|\d+): ", "", message)
    label = _LABELS.get(field, field)
    language = f" in {within[-1]}" if within[:1] == ["in"] else ""
    said = re.sub(rf"^{re.escape(field)} (is )?", "", message)
    return f"{label[0].upper()}{label[1:]}{language}: {said}."
