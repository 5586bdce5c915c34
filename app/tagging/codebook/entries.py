"""An entry of the reason list as its files have it: CSV, and other programs' codebooks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class UnreadableList(ValueError):
    """The file cannot be taken; each message is for a person."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Entry:
    """A category or a reason; those that stand under it come after it."""

    #: A UUID, or empty where the file gives none.
    guid: str
    key: str
    name: str
    is_category: bool
    #: Which entry of the file it stands under, counted from 0.
    under: int | None = None
    definition: str = ""
    includes: str = ""
    excludes: str = ""
    examples: tuple[str, ...] = ()
    #: Words that buyers say, by language.
    seeds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    colour: str = ""
    is_retired: bool = False
