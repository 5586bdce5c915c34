"""Which competitors and differentiators were named in what was said."""

from __future__ import annotations

import pytest

from app.market.mentions import Mention, mentioned, mentions

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


EVERYDAY = {"notion": ["Notion"], "monday": ["Monday"], "slack": ["Slack"]}


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("We looked at Notion and at you.", ["notion"]),
        ("Notion's price was better.", ["notion"]),
        ("NOTION won.", ["notion"]),
        ("Every notion of security was missing.", []),
        ("They had no notion what it costs.", []),
        ("Notions differ.", []),
        ("Notion of time he had none.", []),
        ("Notion, of course, was cheaper.", ["notion"]),
        ("We met on Monday.", []),
        ("Monday morning it was over.", []),
        ("Monday showed us a board.", ["monday"]),
        ("there was slack in the plan", []),
    ],
)
def test_a_name_that_is_an_everyday_word_is_one_only_where_it_is_written_so(
    words: str, keys: list[str]
):
    assert mentioned(words, EVERYDAY) == keys


@pytest.mark.parametrize(
    "words",
    [
        "Fenwick's offer", "Fenwick’s offer", "the Fenwicks' offer", "fenwicks offer",
        "Fenwicks Angebot", "s Fenwickem", "Fenwickin tarjous", "Fenwick'in teklifi",
    ],
)  # fmt: skip
def test_a_name_is_found_with_its_endings(words: str):
    assert mentioned(words, {"fenwick": ["Fenwick"]}) == ["fenwick"]


@pytest.mark.parametrize(
    "words",
    ["Fenwik", "Fennwick", "Femwick", "Fewnick", "fenwik's people", "Fenwik Pro", "Enwick"],
)
def test_a_long_name_is_found_with_one_slip(words: str):
    [found] = mentions(words, {"fenwick": ["Fenwick"]})
    assert found.is_slip


@pytest.mark.parametrize("words", ["Fenrik", "Finwik", "Fen", "Fenwickian"])
def test_two_slips_are_another_word(words: str):
    assert mentions(words, {"fenwick": ["Fenwick"]}) == []


def test_a_short_name_has_no_slips():
    assert mentions("The cord was too short.", {"kord": ["Kord"]}) == []


def test_the_name_as_it_is_spelt_goes_before_a_slip_for_another():
    names = {"tollgate": ["Tollgate"], "tolgate": ["Tolgate"]}
    assert mentioned("Tolgate called.", names) == ["tolgate"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Port bridge was there", "Portbridge"),
        ("Portbridge was there", "Port Bridge"),
        ("port-bridge was there", "Port Bridge"),
        ("on monday.com", "Monday.com"),
        ("Uber & Sohne", "Über & Söhne"),
        ("in C++ and C", "C++"),
        ("우리는 펜윅을 봤다", "펜윅"),
    ],
)
def test_a_name_is_found_as_people_write_it(words: str, name: str):
    assert mentioned(words, {"it": [name]}) == ["it"]


@pytest.mark.parametrize(
    ("words", "name"),
    [("It ended at the port. Bridge was better", "Port Bridge"), ("grade C it was", "C++")],
)
def test_words_that_only_stand_together_are_no_name(words: str, name: str):
    assert mentions(words, {"it": [name]}) == []


def test_a_mention_says_where_it_stands():
    assert mentions("😀 Fenwick's", {"fenwick": ["Fenwick"]}) == [Mention("fenwick", 2, 11)]
