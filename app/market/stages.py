"""The life of a differentiator against a competitor. Pure."""

from __future__ import annotations

import enum


class Stage(enum.StrEnum):
    """Who has it: we alone, we and they, or whoever wants to sell at all."""

    UNIQUE = "unique"
    CONTESTED = "contested"
    TABLE_STAKES = "table_stakes"


STAGE_WORDS = {
    Stage.UNIQUE: "Ours alone",
    Stage.CONTESTED: "Contested",
    Stage.TABLE_STAKES: "Expected of everybody",
}
