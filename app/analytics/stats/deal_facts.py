"""What in the way of selling goes with winning: many facts looked at, and corrected for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.analytics.stats.adjusted import Adjusted, adjusted, indicators
from app.analytics.stats.association import FALSE_DISCOVERY_RATE, benjamini_hochberg
from app.analytics.stats.coded import Coded, Value
from app.analytics.stats.proportions import Difference, Interval, newcombe, wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    has: NDArray[np.bool_]
    known: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Known:
    """A fact where it is known: its levels in the order met; of which deals it is known, by their
    places; and the place of each one's level."""

    levels: Sequence[Value]
    deals: NDArray[np.intp]
    level_of: NDArray[np.intp]


def look_at(
    won: Sequence[bool] | NDArray[np.bool_],
    facts: Mapping[str, Coded],
    controls: Mapping[str, Coded],
    adjusted_for: Mapping[str, str] | None = None,
) -> Looks:
    """Return which traits go with winning, one family of tests.

    Formula: each trait against the deals known to be without it; Wilson, Newcombe, Firth's
    logistic regression with the controls, Benjamini-Hochberg at q = .10. Units: deals; a fact's
    values are those of the deals in order, not known of some. `adjusted_for` names, by fact, the
    control that says the same and is left out. Assumes as those. Source: LOOKS_RULE;
    Firth 1993; Benjamini & Hochberg 1995.
    """
    import numpy as np

    found: list[_Trait] = []
    too_little: list[str] = []
    restating: list[str] = []
    results = np.asarray(won, dtype=bool)
    for fact, values in facts.items():
        known = _where_known(values)
        if _restates(results[known.deals], known):
            restating.append(fact)
            continue
        traits = _traits(known)
        found += [_Trait(fact, level, has, known.deals) for level, has in traits.items()]
        if not traits:
            too_little.append(fact)
    columns = {name: indicators(values) for name, values in controls.items()}
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


def bands(amounts: Sequence[float | None] | NDArray[np.float64], count: int = 3) -> Coded:
    """Return each amount's band, of equally many deals, as a category to hold alike.

    Formula: quantiles of the known amounts. Units: any one currency in, no number or None where it
    is not known; '1' is the lowest band, 'not known' is a band of its own. Source: Cochran 1968,
    Biometrics 24:295.
    """
    import numpy as np

    listed = np.asarray(amounts, dtype=float)
    is_known = ~np.isnan(listed)
    known = np.sort(listed[is_known])
    cuts = [known[len(known) * cut // count] for cut in range(1, count)] if len(known) else []
    places = np.where(is_known, np.searchsorted(cuts, listed, side="right"), count)
    return Coded([*map(str, range(1, count + 1)), "not known"], places)


def _where_known(values: Coded) -> _Known:
    import numpy as np

    deals = np.flatnonzero(values.places >= 0)
    return _Known(values.levels, deals, values.places[deals])


def _restates(won: NDArray[np.bool_], known: _Known) -> bool:
    """Whether each of a few values ended one way only: then it was written after the end."""
    import numpy as np

    sizes = np.bincount(known.level_of, minlength=len(known.levels))
    wins = np.bincount(known.level_of[won], minlength=len(known.levels))
    is_told = bool(((wins == 0) | (wins == sizes)).all()) and 0 < wins.sum() < len(won)
    return bool(is_told) and len(sizes) * DEALS_AT_LEAST <= len(won)


def _traits(known: _Known) -> dict[str, NDArray[np.bool_]]:
    """By level: which deals have it. Of two levels one look says all; of a number, its halves."""
    import numpy as np

    numbers = [level for level in known.levels if isinstance(level, float | int)]
    if numbers and len(numbers) == len(known.levels):
        return _halves(np.array(numbers, dtype=float)[known.level_of])
    texts = [str(level) for level in known.levels]
    sizes: Counter[str] = Counter()
    for text, size in zip(texts, np.bincount(known.level_of, minlength=len(texts)), strict=True):
        sizes[text] += int(size)
    traits = {
        level: np.array([text == level for text in texts], dtype=bool)[known.level_of]
        for level in _levels(sizes)
    }
    return {level: has for level, has in traits.items() if _is_enough(has)}


def _levels(sizes: Counter[str]) -> list[str]:
    """Of two levels one look says all. What has nearly as many levels as deals is free text."""
    if len(sizes) > MOST_LEVELS * 4:
        return []
    usual = [level for level, _ in sizes.most_common(MOST_LEVELS)]
    return sorted(usual, key=_says_yes)[-1:] if len(sizes) == 2 else usual


def _halves(numbers: NDArray[np.float64]) -> dict[str, NDArray[np.bool_]]:
    import numpy as np

    middle = float(np.median(numbers))
    has = numbers > middle
    return {f"over {middle:,.0f}": has} if _is_enough(has) else {}


def _is_enough(has: NDArray[np.bool_]) -> bool:
    return DEALS_AT_LEAST <= int(has.sum()) <= len(has) - DEALS_AT_LEAST


def _says_yes(level: str) -> bool:
    return level.casefold() in {"yes", "true", "y", "1", "ja", "oui", "si", "sí"}


def _look(
    trait: _Trait,
    won: NDArray[np.bool_],
    columns: Mapping[str, Sequence[NDArray[np.float64]]],
    says_the_same: Mapping[str, str],
) -> Look:

    known, has = trait.known, trait.has
    results = won[known]
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
