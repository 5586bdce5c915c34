"""The words that the rules know, by class; plain sets, written by hand."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """Return the words of a list written with blanks; an underscore stands for a blank."""
    return frozenset(word.replace("_", " ") for word in listed.split())
