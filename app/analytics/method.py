"""docs/method.md as blocks, for the page 'How this is counted' and the end of a report: one text,
written once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from config import ROOT

_SOURCE = ROOT / "docs" / "method.md"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Run:
    """A stretch of text, bold or not."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list or a table: `lines` holds its runs, items or rows."""

    kind: str
    level: int = 0
    runs: tuple[Run, ...] = ()
    items: tuple[tuple[Run, ...], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@cache
def method_blocks() -> tuple[Block, ...]:
    """The whole text without its title."""
    parts = re.split(r"\n\s*\n|\n(?=#)|(?<=\n)(?=#)", _SOURCE.read_text(encoding="utf-8").strip())
    blocks: list[Block] = []
    for part in parts:
        blocks += _blocks(part.strip())
    return tuple(block for block in blocks if block.level != 1)


def essentials() -> tuple[Block, ...]:
    """Without the table of formulas and sources, which stands on the page."""
    blocks = method_blocks()
    last = max(index for index, block in enumerate(blocks) if block.kind == "heading")
    return blocks[:last]


def _blocks(part: str) -> list[Block]:
    if not part:
        return []
    first, _, rest = part.partition("\n")
    if first.startswith("#"):
        level = len(first) - len(first.lstrip("#"))
        heading = Block("heading", level=level, runs=_runs(first.lstrip("# ")))
        return [heading, *_blocks(rest.strip())]
    lines = part.split("\n")
    if first.startswith("|"):
        rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
        return [Block("table", rows=tuple(row for row in rows if not set("".join(row)) <= {"-"}))]
    if first.startswith("- "):
        return [Block("list", items=tuple(_runs(line[2:]) for line in lines))]
    return [Block("paragraph", runs=_runs(" ".join(lines)))]


def _runs(text: str) -> tuple[Run, ...]:
    pieces = _BOLD.split(text)
    return tuple(Run(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece)
