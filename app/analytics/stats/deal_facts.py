"""What in the way of selling goes with winning: many facts looked at, and corrected for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from app.analytics.stats.adjusted import Adjusted, adjusted, indicators
from app.analytics.stats.association import FALSE_DISCOVERY_RATE, benjamini_hochberg
from app.analytics.stats.proportions import Difference, Interval, newcombe, wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Value = str | float

MOST_LEVELS = 12
DEALS_AT_LEAST = 10
"""Deals with the trait, and deals known to be without it, before it is looked at at all."""

LOOKS_RULE = (
    "Each fact is looked at where at least ten deals have it and ten are known not to; numbers and "
    "days are split at their middle, which does not look at who won. Each difference is adjusted "
    "for segment and amount, and stands only after a correction for all facts looked at: of those "
    "that stand, about one in ten is luck. What goes with winning need not bring it about: deals "
    "that were going well get a trial, too."
)


@dataclass(frozen=True, slots=True)
class Look:
    """One trait of the way of selling: the win rate with it and without."""

    fact: str
    level: str
    with_it: Interval
    without: Interval
    difference: Difference
    adjusted: Adjusted
    q: float | None

    @property
    def stands(self) -> bool:
        """Whether it goes with winning or losing, once adjusted and corrected."""
        return self.q is not None and self.q <= FALSE_DISCOVERY_RATE

    @property
    def goes_with_winning(self) -> bool:
        point = self.adjusted.odds_ratio.point
        return point is not None and point > 1


@dataclass(frozen=True, slots=True)
class Looks:
    """All traits looked at, the surest first, and the facts that say too little."""

    looks: tuple[Look, ...]
    too_little: tuple[str, ...]
    #: Facts that only say how the deal ended, in other words.
    restating: tuple[str, ...]
    deals: int


@dataclass(frozen=True, slots=True)
class _Trait:
    """One level of a fact: which of the deals, of which the fact is known, have it."""

    fact: str
    level: str
    has: Sequence[bool]
    known: Sequence[int]


def look_at(
    won: Sequence[bool],
    facts: Mapping[str, Sequence[Value | None]],
    controls: Mapping[str, Sequence[str]],
    adjusted_for: Mapping[str, str] | None = None,
) -> Looks:
    """Return which traits go with winning, one family of tests.

    Formula: each trait against the deals known to be without it; Wilson, Newcombe, Firth's
    logistic regression with the controls, Benjamini-Hochberg at q = .10. Units: deals; a fact's
    values are those of the deals in order, None where it is not known. `adjusted_for` names, by
    fact, the control that says the same and is left out. Assumes as those. Source: LOOKS_RULE;
    Firth 1993; Benjamini & Hochberg 1995.
    """
    import numpy as np

    found: list[_Trait] = []
    too_little: list[str] = []
    restating: list[str] = []
    for fact, values in facts.items():
        known = [at for at, value in enumerate(values) if value is not None]
        if _restates([won[at] for at in known], [values[at] for at in known]):
            restating.append(fact)
            continue
        traits = _traits([values[at] for at in known])
        found += [_Trait(fact, level, has, known) for level, has in traits.items()]
        if not traits:
            too_little.append(fact)
    columns = {name: np.asarray(indicators(values)) for name, values in controls.items()}
    results = np.asarray(won, dtype=bool)
    tested = [_look(trait, results, columns, adjusted_for or {}) for trait in found]
    p_values = [look.adjusted.p for look in tested if look.adjusted.p is not None]
    q_values = iter(benjamini_hochberg(p_values))
    looks = [
        Look(
            look.fact,
            look.level,
            look.with_it,
            look.without,
            look.difference,
            look.adjusted,
            next(q_values) if look.adjusted.p is not None else None,
        )
        for look in tested
    ]
    looks.sort(key=lambda look: (look.adjusted.p is None, look.adjusted.p or 0, look.fact))
    return Looks(tuple(looks), tuple(too_little), tuple(restating), len(won))


def bands(amounts: Sequence[float | None], count: int = 3) -> list[str]:
    """Return each amount's band, of equally many deals, as a category to hold alike.

    Formula: quantiles of the known amounts. Units: any one currency in; '1' is the lowest band,
    'not known' is a band of its own. Source: Cochran 1968, Biometrics 24:295.
    """
    known = sorted(amount for amount in amounts if amount is not None)
    cuts = [known[len(known) * cut // count] for cut in range(1, count)] if known else []
    return [
        "not known" if amount is None else str(1 + sum(amount >= cut for cut in cuts))
        for amount in amounts
    ]


def _restates(won: Sequence[bool], values: Sequence[Value | None]) -> bool:
    """Whether each of a few values ended one way only: then it was written after the end."""
    sizes = Counter(values)
    pairs = set(zip(values, won, strict=True))
    is_told = len(sizes) == len(pairs) and len(set(won)) == 2
    return is_told and len(sizes) * DEALS_AT_LEAST <= len(values)


def _traits(values: Sequence[Value | None]) -> dict[str, list[bool]]:
    """By level: which deals have it. Of two levels one look says all; of a number, its halves."""
    numbers = [value for value in values if isinstance(value, float | int)]
    if values and len(numbers) == len(values):
        return _halves(numbers)
    texts = [str(value) for value in values]
    traits = {level: [text == level for text in texts] for level in _levels(Counter(texts))}
    return {level: has for level, has in traits.items() if _is_enough(has)}


def _levels(sizes: Counter[str]) -> list[str]:
    """Of two levels one look says all. What has nearly as many levels as deals is free text."""
    if len(sizes) > MOST_LEVELS * 4:
        return []
    usual = [level for level, _ in sizes.most_common(MOST_LEVELS)]
    return sorted(usual, key=_says_yes)[-1:] if len(sizes) == 2 else usual


def _halves(numbers: Sequence[float]) -> dict[str, list[bool]]:
    middle = median(numbers)
    has = [number > middle for number in numbers]
    return {f"over {middle:,.0f}": has} if _is_enough(has) else {}


def _is_enough(has: Sequence[bool]) -> bool:
    return DEALS_AT_LEAST <= sum(has) <= len(has) - DEALS_AT_LEAST


def _says_yes(level: str) -> bool:
    return level.casefold() in {"yes", "true", "y", "1", "ja", "oui", "si", "sí"}


def _look(
    trait: _Trait,
    won: NDArray[np.bool_],
    columns: Mapping[str, NDArray[np.float64]],
    says_the_same: Mapping[str, str],
) -> Look:
    import numpy as np

    known = np.asarray(trait.known)
    results, has = won[known], np.asarray(trait.has, dtype=bool)
    held_equal = [
        column[known]
        for name, some in columns.items()
        if name != says_the_same.get(trait.fact)
        for column in some
    ]
    won_with, n_with = int(results[has].sum()), int(has.sum())
    won_without, n_without = int(results.sum()) - won_with, len(has) - n_with
    return Look(
        fact=trait.fact,
        level=trait.level,
        with_it=wilson(won_with, n_with),
        without=wilson(won_without, n_without),
        difference=newcombe(won_with, n_with, won_without, n_without),
        adjusted=adjusted(results, has.astype(float), held_equal),
        q=None,
    )
