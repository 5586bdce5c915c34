"""Where the words of a quote stand after the answer was changed. Pure.

Offsets are Unicode code points, end exclusive.
"""

from __future__ import annotations

from difflib import SequenceMatcher


def moved_span(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """The place in `new` of old[start:end] where those words stand unchanged, else None.

    Words that merely occur somewhere else do not count: the span must lie whole within a stretch
    that the edit left alone.
    """
    head = _shared_head(old, new)
    if end <= head:
        return start, end
    tail = _shared_tail(old[head:], new[head:])
    if start >= len(old) - tail:
        shift = len(new) - len(old)
        return start + shift, end + shift
    matcher = SequenceMatcher(
        None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False
    )
    blocks = [
        (0, 0, head),
        *((a + head, b + head, size) for a, b, size in matcher.get_matching_blocks()),
        (len(old) - tail, len(new) - tail, tail),
    ]
    return _within_one(_joined(blocks), start, end)


def _shared_head(old: str, new: str) -> int:
    length = min(len(old), len(new))
    return next((at for at in range(length) if old[at] != new[at]), length)


def _shared_tail(old: str, new: str) -> int:
    return _shared_head(old[::-1], new[::-1])


def _joined(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Blocks that touch in both texts, made one."""
    joined: list[tuple[int, int, int]] = []
    for a, b, size in blocks:
        if joined and joined[-1][0] + joined[-1][2] == a and joined[-1][1] + joined[-1][2] == b:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((a, b, size))
    return joined


def _within_one(blocks: list[tuple[int, int, int]], start: int, end: int) -> tuple[int, int] | None:
    for a, b, size in blocks:
        if a <= start and end <= a + size:
            return start - a + b, end - a + b
    return None
