"""Whether what buyers say still fits the standing that a person set: ours alone, contested, or
expected of everybody."""

from dataclasses import dataclass

from app.market.stages import Stage

SPEAKS_FROM = 3
"""Deals that must speak of it before the evidence says anything."""
CONTRADICTS_FROM = 2
"""Deals that must say otherwise, and"""
CONTRADICTS_SHARE = 0.2
"""this part of those that speak of it."""

STAGE_RULE = (
    "Only deals of the quarters looked at, in which the competitor was met and a buyer spoke of "
    "the differentiator; at least three. Expected of everybody: at least half of them say so. "
    "Contested: at least two deals, and one in five, say that the competitor has it or does it "
    "better, and it is not expected of everybody. Ours alone: nobody says so. One deal that says "
    "otherwise changes nothing. A person decides whether to change what is set."
)
"""How the evidence reads as a standing."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Deals in which the competitor was met, by what buyers said of the differentiator."""

    for_us: int
    against_us: int
    expected: int
    deals: int

    @property
    def reads(self) -> Stage | None:
        """What the deals say by themselves; None where they say too little."""
        if self.deals < SPEAKS_FROM:
            return None
        if self.expected * 2 >= self.deals:
            return Stage.TABLE_STAKES
        needed = max(CONTRADICTS_FROM, CONTRADICTS_SHARE * self.deals)
        if self.against_us >= needed:
            return Stage.CONTESTED
        return Stage.UNIQUE if self.against_us == 0 else None


def contradicted(stage: Stage | None, spoken: Spoken) -> Stage | None:
    """Return what the evidence reads as, where that is not what is set; else None.

    Formula: STAGE_RULE. Units: deals. Assumes that a buyer who praises the competitor in this
    speaks of the competitor met. Source: the rule is ours.
    """
    reads = spoken.reads
    return reads if stage is not None and reads is not None and reads is not stage else None
