"""What the seller said beside what the buyer said of the same deals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.analytics.stats.agreement import Agreement, cohen_kappa
from app.analytics.stats.proportions import Interval, wilson

COMPARED_FROM = 5
"""Deals with both sides before any figure is shown."""
MOST_LABELS = 7

AGREES_WORDS = (
    "Two people who guess agree now and then by luck: the more so, the more often both say the "
    "same thing, such as price. So we take how often they agree, less how often luck alone would "
    "make them (from how often each side says what), and set that beside the most that could be "
    "left: 0 % is no better than luck, 100 % is always the same."
)
"""Cohen's kappa, in plain words."""


@dataclass(frozen=True, slots=True)
class TwoSides:
    """The pairs counted: who said what, how often both said the same."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """Rows are the seller's, columns the buyer's; only the labels shown."""
    shown: int
    """Deals in the table; the others hold rarer answers."""
    same: Interval
    beyond_chance: Agreement

    @property
    def n(self) -> int:
        return round(self.same.n)


def two_sides(pairs: Sequence[tuple[str, str]]) -> TwoSides:
    """Return how far (seller, buyer) pairs agree, with the table of the commonest answers.

    Formula: share that is the same with Wilson's range; Cohen's kappa over every answer, also
    those too rare for the table. Units: deals. Assumes independent deals, and that each side
    gives one answer. Source: Cohen 1960; Wilson 1927.
    """
    said = Counter(answer for pair in pairs for answer in pair)
    every = sorted(said, key=lambda answer: (-said[answer], answer))
    labels = tuple(every[:MOST_LABELS])
    table = _table(pairs, labels)
    return TwoSides(
        labels=labels,
        counts=table,
        shown=sum(map(sum, table)),
        same=wilson(sum(seller == buyer for seller, buyer in pairs), len(pairs)),
        beyond_chance=cohen_kappa(_table(pairs, every)),
    )


def _table(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    counts = Counter(pairs)
    return tuple(tuple(counts[seller, buyer] for buyer in labels) for seller in labels)
