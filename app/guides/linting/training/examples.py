"""The labelled questions beside this file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    """A question, whether it is bad and by which rules; examples of one group are kept together
    when the learning is checked, for they are the same question said twice."""

    text: str
    kind: str | None
    bad: bool
    rules: tuple[str, ...]
    group: str


def read_examples(folder: Path = FOLDER) -> list[Example]:
    """Return every example of the files, those of one group next to each other."""
    return [example for path in sorted(folder.glob("*.jsonl")) for example in _examples(path)]


def _examples(path: Path) -> Iterator[Example]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        value = json.loads(line)
        yield Example(
            value["text"],
            value["kind"],
            value["bad"],
            tuple(value["rules"]),
            f"{path.stem}:{value.get('group', number // 4)}",
        )
