"""Which competitors and differentiators were named in what was said."""

from __future__ import annotations

import pytest

from app.market.mentions import mentioned

NAMES = {
    "fenwick": ["Fenwick"],
    "pro": ["Fenwick Pro", "FWP"],
    "nothing": ["Doing nothing", "Status quo"],
    "it": ["IT"],
    "ü": ["Über & Söhne"],
}


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("We had Fenwick and you on the table.", ["fenwick"]),
        ("fenwick's people, and the status quo", ["fenwick", "nothing"]),
        ("First the status quo, then Fenwick.", ["nothing", "fenwick"]),
        ("Fenwick Pro was there.", ["pro"]),
        ("Fenwick Pro, not Fenwick.", ["pro", "fenwick"]),
        ("Fenwickian ways; Refenwick", []),
        ("it was late", []),
        ("IT was late", ["it"]),
        ("von ÜBER & SÖHNE.", ["ü"]),
        ("", []),
    ],
)
def test_names_and_aliases_are_found_as_whole_words(words: str, keys: list[str]):
    assert mentioned(words, NAMES) == keys


def test_nobody_known_is_nobody_named():
    assert mentioned("Fenwick", {}) == []
    assert mentioned("Fenwick", {"empty": [""]}) == []
