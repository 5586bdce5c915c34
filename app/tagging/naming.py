"""What the words name: competitors and differentiators, offered for a tag and never set by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from app.market.mentions import mentioned
from app.market.models import Competitor, Differentiator

Entry = TypeVar("Entry", bound=Competitor | Differentiator)


def named(rows: Sequence[Entry], *words: str) -> list[Entry]:
    """The entries that are named, those of the first text first."""
    spellings = {str(row.id): [row.name, *row.aliases] for row in rows}
    found = dict.fromkeys(key for text in words for key in mentioned(text, spellings))
    return [row for key in found for row in rows if str(row.id) == key]
