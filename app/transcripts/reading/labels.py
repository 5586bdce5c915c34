"""Whether 'something: words' names a speaker. The rule, in full:

What stands before the colon *may* be a name where it is at most 60 characters and six words, holds
a letter, and none of . ! ? ; " within (an initial, a title such as 'Dr.' or 'acme.com' may have its
dot). Then
it *is* taken for a name

1. in captions, where nine in ten begin with such a prefix: then all of them are;
2. else where each of its words begins with a capital (or 'von', 'de' and their like);
3. else where it begins at least two turns.

By 2 and 3 there must be one name at least that begins two turns: else nobody is named. Whatever
may be a name and is not taken for one stays among the words, and is said by its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.transcripts.reading.times import MOMENT, moment

_TIME_BEFORE = re.compile(rf"[\[(]?({MOMENT})[\])]?[ \t]{{0,3}}[-–]?[ \t]{{0,3}}(?=[^\W\d_])")
_PREFIX = re.compile(
    rf"(?P<label>[^\s:：][^:：\n]{{0,59}}?)"
    rf"[ \t]{{0,3}}(?:[\[(](?P<time>{MOMENT})[\])])?[ \t]{{0,3}}[:：](?:\s+|\Z)"
)
_INITIAL = re.compile(r"\b[^\W\d_]{1,3}\.|\.(?=\w)")
_NEVER_WITHIN = re.compile(r"[.!?;\"“”…]")
_SMALL = {"von", "van", "de", "der", "den", "la", "le", "bin", "al", "da", "di", "dos", "du"}
_SMALL |= {"y", "and", "und", "et", "of"}
_MOST_WORDS = 6
_ALL = 0.9


@dataclass(frozen=True)
class Prefix:
    """A possible label at the beginning of a line; the words begin at `end`."""

    label: str
    start_ms: int | None
    end: int


def prefix_of(line: str) -> Prefix | None:
    """What may name a speaker at the beginning of the line, with a time beside it if there is."""
    at, start = 0, None
    if before := _TIME_BEFORE.match(line):
        at, start = before.end(), moment(before[1])
    found = _PREFIX.match(line, at)
    if found is None or not _may_be_name(found["label"]):
        return None
    if found["time"]:
        start = moment(found["time"])
    return Prefix(found["label"].strip(), start, found.end())


@dataclass(frozen=True)
class Labels:
    """Which labels of a file are names."""

    names: frozenset[str]
    #: Labels that may be names and were not taken for such.
    doubtful: frozenset[str]

    def is_name(self, prefix: Prefix | None) -> bool:
        return prefix is not None and prefix.label in self.names


def choose_names(prefixes: Iterable[Prefix | None], *, in_captions: bool = False) -> Labels:
    """By the rule above, from the beginnings of all captions, or lines, of a file."""
    turns = list(prefixes)
    counts = Counter(prefix.label for prefix in turns if prefix is not None)
    if in_captions and counts and counts.total() >= _ALL * len(turns):
        return Labels(frozenset(counts), frozenset())
    names = {label for label, times in counts.items() if times >= 2 or _is_capitalised(label)}
    if not any(counts[name] >= 2 for name in names):
        names = set()
    return Labels(frozenset(names), frozenset(set(counts) - names))


def _may_be_name(label: str) -> bool:
    if len(label.split()) > _MOST_WORDS or not re.search(r"[^\W\d_]", label):
        return False
    return not _NEVER_WITHIN.search(_INITIAL.sub("", label))


def _is_capitalised(label: str) -> bool:
    words = re.findall(r"[^\W_][\w'’-]*", label)
    return all(not word[0].islower() or word in _SMALL for word in words)
