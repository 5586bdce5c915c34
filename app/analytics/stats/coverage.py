"""Whether the deals heard look like all closed deals, judged against chance.

Each trait (outcome, segment, region, ...) sorts the closed deals into categories. A figure is
called red only where it is worse than in 95 % of random draws of as many deals from the same
closed deals: fixed thresholds cry wolf in small programmes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

DRAWS = 1_000
SEED = 20_200_505
RED_FROM = 0.95
AMBER_FROM = 0.80
BIG_CATEGORY = 0.10
"""A category holding at least this share of the closed deals ought to be heard."""

Level = Literal["fine", "amber", "red"]
FigureName = Literal[
    "r_indicator", "standardised_difference", "effective_share", "unheard_categories"
]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of coverage, the trait where it is worst, and its place among random draws."""

    name: FigureName
    value: float
    trait: str | None
    worse_than: float
    """The share of random draws in which no figure stands out as much as this one."""

    @property
    def level(self) -> Level:
        """Return red, amber or fine by the share of random draws that look better."""
        if self.worse_than >= RED_FROM:
            return "red"
        return "amber" if self.worse_than >= AMBER_FROM else "fine"


@dataclass(frozen=True, slots=True)
class Category:
    """A category of a trait: how many deals closed in it, how many of those were heard."""

    trait: str
    name: str
    closed: int
    heard: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures, every category, and the big ones with nobody heard.

    Without a deal heard there are no figures, and `level` is None.
    """

    closed: int
    heard: int
    figures: tuple[Figure, ...]
    categories: tuple[Category, ...]
    unheard: tuple[Category, ...]

    @property
    def level(self) -> Level | None:
        """Return the worst level of the figures."""
        levels = {figure.level for figure in self.figures}
        if not levels:
            return None
        return "red" if "red" in levels else "amber" if "amber" in levels else "fine"


@dataclass(frozen=True, slots=True)
class _Layout:
    """The closed deals as counts: which categories exist, and which cells (traits crossed)."""

    traits: tuple[str, ...]
    trait_of: NDArray[np.intp]
    names: tuple[str, ...]
    closed: NDArray[np.int64]
    cells: NDArray[np.int64]
    members: NDArray[np.int64]
    heard: NDArray[np.int64]


def coverage(
    traits: Mapping[str, Sequence[str]],
    heard: Sequence[int],
    closed: Sequence[int] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Coverage:
    """Compare the heard deals with all closed ones, trait by trait.

    `traits` holds one category for each closed deal, and `heard` says which were heard; or for each
    kind of deals, of which `heard` and `closed` say how many.
    Formulas, the worst trait being reported:
    - R-indicator 1 - 2 S, S the standard deviation over deals of their category's response rate;
    - largest standardised difference |h - c| / sqrt(c (1 - c)), h and c a category's share of the
      heard and of the closed deals;
    - n_eff/n, Kish's n_eff under weights N_h/n_h, over the categories heard;
    - how many categories with at least 10 % of the closed deals have nobody heard.
    Units: pure numbers. The draws assume nothing but that every closed deal is as likely to be
    heard; the figures are judged together, so that a report has one false alarm in twenty.
    Source: Schouten, Cobben & Bethlehem 2009, Survey Methodology 35:101; Cohen 1988; Kish 1965;
    the comparison is a permutation test.
    """
    layout = _lay_out(traits, heard, [1] * len(heard) if closed is None else closed)
    total = int(layout.cells.sum())
    counts = layout.heard @ layout.members
    categories = tuple(
        Category(layout.traits[trait], name, int(closed), int(n))
        for trait, name, closed, n in zip(
            layout.trait_of, layout.names, layout.closed, counts, strict=True
        )
    )
    unheard = tuple(c for c in categories if c.heard == 0 and c.closed >= BIG_CATEGORY * total)
    n = sum(heard)
    figures = _figures(layout, n, draws, seed) if n and traits else ()
    return Coverage(total, n, figures, categories, unheard)


def _lay_out(
    traits: Mapping[str, Sequence[str]], heard: Sequence[int], closed: Sequence[int]
) -> _Layout:
    import numpy as np

    codes: list[NDArray[np.intp]] = []
    trait_of: list[int] = []
    names: list[str] = []
    for index, (trait, values) in enumerate(traits.items()):
        if len(values) != len(heard):
            raise ValueError(f"{trait}: {len(values)} values for {len(heard)} deals")
        found, code = np.unique(np.asarray(values, dtype=str), return_inverse=True)
        codes.append(code + len(names))
        trait_of += [index] * len(found)
        names += [str(name) for name in found]
    crossed = np.stack(codes, axis=1) if codes else np.zeros((len(heard), 0), dtype=np.int64)
    cells, cell_of = np.unique(crossed, axis=0, return_inverse=True)
    cell_of = cell_of.reshape(-1)
    members = np.zeros((len(cells), len(names)), dtype=np.int64)
    for cell, categories in enumerate(cells):
        members[cell, categories] = 1
    sizes = np.bincount(cell_of, weights=closed, minlength=len(cells)).astype(np.int64)
    got = np.bincount(cell_of, weights=heard, minlength=len(cells))
    return _Layout(
        tuple(traits),
        np.asarray(trait_of, dtype=np.intp),
        tuple(names),
        sizes @ members,
        sizes,
        members,
        got.astype(np.int64),
    )


def _figures(layout: _Layout, n: int, draws: int, seed: int) -> tuple[Figure, ...]:
    import numpy as np

    random = np.random.default_rng(seed)
    drawn = random.multivariate_hypergeometric(layout.cells, n, size=draws, method="marginals")
    counts = np.vstack([layout.heard, drawn]) @ layout.members
    found: list[tuple[FigureName, float, str | None]] = []
    badness = []
    for name, (values, bad) in _by_trait(layout, counts, n).items():
        worst = int(np.argmax(bad[0]))
        found.append((name, float(values[0, worst]), layout.traits[worst]))
        badness.append(bad.max(axis=1))
    unheard = _big_and_unheard(layout, counts)
    found.append(("unheard_categories", float(unheard[0]), None))
    badness.append(unheard)
    return tuple(
        Figure(*figure, worse_than)
        for figure, worse_than in zip(found, _worse_than(np.stack(badness, axis=1)), strict=True)
    )


def _worse_than(badness: Numbers) -> list[float]:
    """Return for each figure the share of draws none of whose figures stands out as much.

    Row 0 is the truth, the others are the draws. Standing out is measured by rank, so that
    figures of different kinds compare, and several figures together raise no more false alarms
    than one would.
    """
    import numpy as np

    rounded = np.round(badness, 9)
    ranks = np.column_stack(
        [np.searchsorted(np.sort(column[1:]), column, side="left") for column in rounded.T]
    )
    most = ranks[1:].max(axis=1)
    return [float(np.mean(most < rank)) for rank in ranks[0]]


def _by_trait(
    layout: _Layout, counts: NDArray[np.int64], n: int
) -> dict[FigureName, tuple[Numbers, Numbers]]:
    """Return for each figure its values and their badness, a row each draw, a column each trait."""
    import numpy as np

    total = int(layout.cells.sum())
    shape = (len(counts), len(layout.traits))
    r_indicator, difference, effective = np.ones(shape), np.zeros(shape), np.ones(shape)
    for trait in range(len(layout.traits)):
        own = layout.trait_of == trait
        closed, got = layout.closed[own].astype(float), counts[:, own].astype(float)
        spread = (closed * (got / closed - n / total) ** 2).sum(axis=1) / max(total - 1, 1)
        r_indicator[:, trait] = 1 - 2 * np.sqrt(spread)
        share = closed / total
        scale = np.sqrt(share * (1 - share))
        gap = np.abs(got / n - share)
        difference[:, trait] = np.divide(gap, scale, out=np.zeros_like(gap), where=scale > 0).max(
            axis=1
        )
        present = got > 0
        squares = np.divide(closed**2, got, out=np.zeros_like(got), where=present).sum(axis=1)
        effective[:, trait] = (closed * present).sum(axis=1) ** 2 / squares / n
    return {
        "r_indicator": (r_indicator, -r_indicator),
        "standardised_difference": (difference, difference),
        "effective_share": (effective, -effective),
    }


def _big_and_unheard(layout: _Layout, counts: NDArray[np.int64]) -> Numbers:
    """Return for each draw how many big categories have nobody heard."""
    big = layout.closed >= BIG_CATEGORY * int(layout.cells.sum())
    unheard: Numbers = ((counts == 0) & big).sum(axis=1).astype(float)
    return unheard
