"""Reading a pasted list: one name a line, and what stands after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_NAME = 200

_BULLET = re.compile(r"^\s*(?:[-*•·▪‣–—]+\s+|\(?\d{1,3}[.)]\s*)?")
_SEPARATOR = re.compile(r"\s*\t\s*|\s*:\s+|\s+[-–—]\s+")


@dataclass(frozen=True)
class PastedLine:
    name: str
    rest: str = ""


def read_pasted(text: str) -> list[PastedLine]:
    """'Name', 'Name: more', 'Name - more', or two cells of a spreadsheet; bullets and numbers
    before the name are left out. A line too long for a name is kept whole as what follows it."""
    lines = (_BULLET.sub("", line, count=1).strip() for line in text.splitlines())
    return [_read_line(line) for line in lines if line]


def read_names(text: str) -> list[str]:
    """Names separated by commas, semicolons or line ends."""
    return [name for part in re.split(r"[,;\n]", text) if (name := " ".join(part.split()))]


def _read_line(line: str) -> PastedLine:
    name, *more = _SEPARATOR.split(line, maxsplit=1)
    name, rest = name.strip().rstrip(":").strip(), " ".join("".join(more).split())
    if not name:
        return PastedLine(rest[:LONGEST_NAME])
    if len(name) > LONGEST_NAME:
        return PastedLine(name[: LONGEST_NAME - 1].rsplit(" ", 1)[0] + "…", line)
    return PastedLine(name, rest)
