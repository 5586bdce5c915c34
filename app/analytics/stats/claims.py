"""What became of what we claim: confirmed, contradicted, or never mentioned by buyers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.analytics.stats.proportions import Interval, wilson


class ClaimKind(StrEnum):
    """What the deals heard make of a claim."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    NEVER = "never"


CLAIM_RULE = (
    "Confirmed: more deals heard speak for it than against it, and the range of the share that "
    "speaks for it, among those that speak of it, lies above one half. Contradicted: the same, "
    "below one half. Never mentioned: no buyer heard spoke of it. Everything else is disputed: "
    "the deals that speak of it are too few, or too evenly split."
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Deals heard by what they say of one differentiator. A deal can do both."""

    heard: int
    confirmed: int
    contradicted: int
    both: int

    @property
    def mentioned(self) -> int:
        return self.confirmed + self.contradicted - self.both

    @property
    def never(self) -> int:
        """Deals heard in which it was not mentioned."""
        return self.heard - self.mentioned

    @property
    def confirming(self) -> Interval:
        """Of the deals that take a side, the share that speaks for it."""
        sided = self.confirmed + self.contradicted - 2 * self.both
        return wilson(self.confirmed - self.both, sided)

    @property
    def kind(self) -> ClaimKind:
        if not self.mentioned:
            return ClaimKind.NEVER
        if self.confirming.low > 0.5:
            return ClaimKind.CONFIRMED
        return ClaimKind.CONTRADICTED if self.confirming.high < 0.5 else ClaimKind.DISPUTED


def claim(deals: Iterable[tuple[bool, bool]], heard: int) -> Claim:
    """Return the counts of one claim.

    Formula: sums over deals of (speaks for it, speaks against it). Units: deals; those that do
    neither may be left out. Assumes nothing. Source: CLAIM_RULE is ours; the range is Wilson 1927.
    """
    listed = list(deals)
    return Claim(
        heard=heard,
        confirmed=sum(speaks_for for speaks_for, _ in listed),
        contradicted=sum(against for _, against in listed),
        both=sum(speaks_for and against for speaks_for, against in listed),
    )
