"""The order of a tree whose entries name their parent. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar


class Entry(Protocol):
    """What has a place in the tree."""

    @property
    def parent_id(self) -> int | None: ...
    @property
    def position(self) -> int: ...


E = TypeVar("E", bound=Entry)


def walk(entries: Iterable[E], id_of: Callable[[E], int]) -> Iterator[tuple[E, int]]:
    """Each entry with its depth, parents before what stands under them, as they are placed."""
    below: dict[int | None, list[E]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: (each.position, id_of(each))):
        below[entry.parent_id].append(entry)
    waiting = [(entry, 0) for entry in reversed(below[None])]
    while waiting:
        entry, depth = waiting.pop()
        yield entry, depth
        waiting += [(each, depth + 1) for each in reversed(below[id_of(entry)])]


def ids_below(entries: Iterable[E], id_of: Callable[[E], int], top: int) -> set[int]:
    """The ids of everything that stands under an entry, at whatever depth."""
    found = {top}
    for entry, _ in walk(entries, id_of):
        if entry.parent_id in found:
            found.add(id_of(entry))
    return found - {top}
