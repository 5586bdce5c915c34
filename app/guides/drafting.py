"""A guide while it is written: sections and questions added, moved, taken out and put back. Pure.

A draft is plain content, in the shape of `content.content_of`, because it need not be a guide yet.
Every function gives new content and leaves the old as it was.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]

_LONGEST_ID = 40


class NotThere(LookupError):
    """The draft has no such section or question."""


@dataclass(frozen=True)
class Removed:
    """What was taken out, and where it stood, so that it can be put back."""

    content: Content
    index: int
    section_id: str | None = None

    @property
    def id(self) -> str:
        return str(self.content["id"])

    @property
    def words(self) -> str:
        """What a person knows it by."""
        return str(self.content["say"] if self.section_id else self.content["title"])


def empty_guide(slug: str, title: str, outcomes: Iterable[str]) -> Content:
    return {
        "id": slug,
        "title": title,
        "about": "",
        "language": "en",
        "outcomes": list(outcomes),
        "opening": "",
        "sections": [],
    }


def empty_question(question_id: str, say: str, kind: str) -> Content:
    return {
        "id": question_id,
        "kind": kind,
        "must": False,
        "say": say,
        "why": "",
        "probes": [],
        "clarifies": [],
        "when": {
            "outcome": [],
            "buying_role": [],
            "competitor_met": [],
            "product": [],
            "first_deal": None,
        },
    }


def slug_from(words: str, taken: Iterable[str]) -> str:
    """A lasting name made of the first words, not among those taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for part in parts:
        if name and len(name) + len(part) >= _LONGEST_ID:
            break
        name = f"{name}_{part}".strip("_")
    name = name[:_LONGEST_ID].strip("_")
    if not name or not name[0].isalpha():
        name = f"q_{name}".rstrip("_")
    known = set(taken)
    numbered = (f"{name}_{number}" for number in range(2, len(known) + 3))
    return next(each for each in (name, *numbered) if each not in known)


def digest(node: Mapping[str, Any]) -> str:
    """Tells whether somebody else changed it since a page was opened."""
    kept = {key: value for key, value in node.items() if key not in ("sections", "questions")}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]


def questions_of(content: Content) -> Iterator[tuple[Content, Content]]:
    """Each question with its section, in the order of asking."""
    for section in content["sections"]:
        for question in section["questions"]:
            yield section, question


def find_section(content: Content, section_id: str) -> Content:
    for section in content["sections"]:
        if section["id"] == section_id:
            return section  # type: ignore[no-any-return]
    raise NotThere(section_id)


def find_question(content: Content, question_id: str) -> tuple[Content, Content]:
    """The section and the question."""
    for section, question in questions_of(content):
        if question["id"] == question_id:
            return section, question
    raise NotThere(question_id)


def with_head(content: Content, values: Mapping[str, Any]) -> Content:
    """The guide's own words changed."""
    return {**copy.deepcopy(content), **values}


def with_section(content: Content, section_id: str, values: Mapping[str, Any]) -> Content:
    changed = copy.deepcopy(content)
    find_section(changed, section_id).update(values)
    return changed


def with_question(content: Content, question_id: str, values: Mapping[str, Any]) -> Content:
    changed = copy.deepcopy(content)
    find_question(changed, question_id)[1].update(values)
    return changed


def add_section(content: Content, title: str, minutes: int) -> tuple[Content, str]:
    changed = copy.deepcopy(content)
    section_id = slug_from(title, (section["id"] for section in content["sections"]))
    changed["sections"].append(
        {"id": section_id, "title": title, "minutes": minutes, "questions": []}
    )
    return changed, section_id


def add_question(
    content: Content, section_id: str, say: str, kind: str, taken: Iterable[str] = ()
) -> tuple[Content, str]:
    """At the end of a section. `taken` are names that were used by questions taken out."""
    changed = copy.deepcopy(content)
    used = {question["id"] for _, question in questions_of(content)} | set(taken)
    question_id = slug_from(say, used)
    find_section(changed, section_id)["questions"].append(empty_question(question_id, say, kind))
    return changed, question_id


def remove_section(content: Content, section_id: str) -> tuple[Content, Removed]:
    changed = copy.deepcopy(content)
    section = find_section(changed, section_id)
    index = changed["sections"].index(section)
    changed["sections"].remove(section)
    return changed, Removed(section, index)


def remove_question(content: Content, question_id: str) -> tuple[Content, Removed]:
    changed = copy.deepcopy(content)
    section, question = find_question(changed, question_id)
    index = section["questions"].index(question)
    section["questions"].remove(question)
    return changed, Removed(question, index, section["id"])


def put_back(content: Content, removed: Removed) -> Content:
    """Where it stood; a question whose section is gone goes to the last one."""
    changed = copy.deepcopy(content)
    if removed.section_id is None:
        changed["sections"].insert(removed.index, removed.content)
        return changed
    try:
        section = find_section(changed, removed.section_id)
    except NotThere:
        if not changed["sections"]:
            raise
        section = changed["sections"][-1]
    section["questions"].insert(removed.index, removed.content)
    return changed


def move_section(content: Content, section_id: str, index: int) -> Content:
    """To a place counted from 0; past either end means the end."""
    changed = copy.deepcopy(content)
    section = find_section(changed, section_id)
    changed["sections"].remove(section)
    changed["sections"].insert(max(0, index), section)
    return changed


def move_question(content: Content, question_id: str, section_id: str, index: int) -> Content:
    """To a place in a section, its own or another."""
    changed = copy.deepcopy(content)
    section, question = find_question(changed, question_id)
    section["questions"].remove(question)
    find_section(changed, section_id)["questions"].insert(max(0, index), question)
    return changed


def step_question(content: Content, question_id: str, by: int) -> Content:
    """One up (-1) or down (1); from the end of a section into the next one."""
    section, question = find_question(content, question_id)
    index = section["questions"].index(question) + by
    if 0 <= index < len(section["questions"]):
        return move_question(content, question_id, section["id"], index)
    sections = content["sections"]
    beside = sections.index(section) + by
    if not 0 <= beside < len(sections):
        return content
    last = len(sections[beside]["questions"])
    return move_question(content, question_id, sections[beside]["id"], last if by < 0 else 0)


def step_section(content: Content, section_id: str, by: int) -> Content:
    index = content["sections"].index(find_section(content, section_id)) + by
    return move_section(content, section_id, index) if index >= 0 else content
