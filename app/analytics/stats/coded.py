"""Values as places among those that differ: a hundred thousand deals have a dozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Value = str | float


@dataclass(frozen=True, slots=True)
class Coded:
    """One value a deal: the different values in the order met, and of each deal the place of its
    own among them, -1 where it is not known."""

    levels: Sequence[Value]
    places: NDArray[np.intp]


def coded(values: Iterable[Value | None]) -> Coded:
    """Return the values so."""
    import numpy as np

    place: dict[Value | None, int] = {None: -1}
    places = [place.setdefault(value, len(place) - 1) for value in values]
    levels = [level for level in place if level is not None]
    return Coded(levels, np.array(places, dtype=np.intp))
