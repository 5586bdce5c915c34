"""A version in words: what it did, and what it says beside what was said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.market.models import Life
from app.tagging import seed_words
from app.tagging.codebook.models import ListChange
from app.tagging.codebook.queries import Changed

CHANGES: Mapping[ListChange, str] = {
    ListChange.BEGUN: "The list as it stood",
    ListChange.LOADED: "A list was loaded",
    ListChange.ADDED: "Added",
    ListChange.EDITED: "Reworded",
    ListChange.MOVED: "Moved",
    ListChange.ACCEPTED: "A draft was accepted",
    ListChange.RETIRED: "Retired",
    ListChange.BROUGHT_BACK: "Brought back",
    ListChange.MERGED: "Merged",
    ListChange.SPLIT: "Split",
    ListChange.TAKEN_BACK: "Taken back",
}
_LABELS = {
    "name": "Name",
    "parent_id": "Stands under",
    "definition": "What it means",
    "includes": "Also counts",
    "excludes": "Does not count",
    "examples": "Examples",
    "seeds": "Words that buyers say",
    "aliases": "Also called",
    "colour": "Colour",
    "position": "Place",
    "life": "In use",
    "merged_into_id": "Merged into",
}
_LIVES = {Life.DRAFT: "a draft", Life.ACTIVE: "yes", Life.RETIRED: "no"}


@dataclass(frozen=True)
class Difference:
    """One field of a reason, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownChange:
    """A reason that a version changed."""

    name: str
    public_id: str
    is_new: bool
    differences: list[Difference]


def shown_changes(changed: list[Changed], names: Mapping[int, str]) -> list[ShownChange]:
    """What a version changed; `names` are those of all reasons, by id."""
    return [
        ShownChange(
            name=each.after.name,
            public_id=each.after.reason.public_id,
            is_new=each.before is None,
            differences=_differences(each, names),
        )
        for each in changed
    ]


def _differences(changed: Changed, names: Mapping[int, str]) -> list[Difference]:
    found = []
    for field, label in _LABELS.items():
        before = _said(field, getattr(changed.before, field), names) if changed.before else ""
        after = _said(field, getattr(changed.after, field), names)
        is_said = field not in ("position", "life") if changed.before is None else True
        if before != after and is_said:
            found.append(Difference(label, before, after))
    return found


def _said(field: str, value: Any, names: Mapping[int, str]) -> str:
    if field == "life":
        return _LIVES[value]
    if field in ("parent_id", "merged_into_id"):
        return names.get(value, "")
    if field == "seeds":
        return seed_words.written(value)
    if isinstance(value, list):
        return "\n".join(value)
    return str(value)
