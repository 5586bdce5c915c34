"""Whether a sentence speaks well or badly, and whom it is said of."""

from __future__ import annotations

import pytest

from app.tagging.suggesting.directions import BAD, GOOD, Directions, learn_directions, said_of
from app.tagging.suggesting.examples import Example
from app.tagging.suggesting.keeping import Suggester, as_bytes, from_bytes
from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.model import Model
from app.tagging.suggesting.words import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was easy and fast.", GOOD),
        ("The set-up was slow and complicated.", BAD),
        ("It was not easy.", BAD),
        ("Das war zu teuer.", BAD),
        ("Simple, but slow.", None),
        ("We met on Tuesday.", None),
    ],
)
def test_words_that_judge_say_it_from_the_first_day(text: str, expected: str | None):
    assert Directions().judge([text]) == [expected]


def _sentences() -> list[Example]:
    """In a house where 'quorx' is praise and 'mibble' is blame."""
    words = {GOOD: "quorx", BAD: "mibble"}
    return [
        Example(f"The {thing} was {word} for us", frozenset([pole]), str(number))
        for number, thing in enumerate(("price", "support", "screen", "team", "import", "report"))
        for pole, word in words.items()
        for _ in range(5)
    ]


def test_what_people_confirmed_takes_over_where_it_does_better():
    directions = learn_directions(_sentences())
    assert directions.learnt is not None
    assert directions.judge(["The contract was quorx", "A mibble contract"]) == [GOOD, BAD]


def test_too_few_teach_nothing():
    assert learn_directions(_sentences()[:4]).learnt is None
    assert learn_directions([]).learnt is None


def test_both_are_kept_in_one_file():
    kept = Suggester(Model(Keywords({"price": {"en": ["price"]}})), learn_directions(_sentences()))
    again = from_bytes(as_bytes(kept))
    assert again.reasons.keywords.tags == ["price"]
    assert again.directions.judge(["The contract was quorx"]) == [GOOD]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fenwick was cheaper.", True),
        ("We liked the people at Fenwick.", True),
        ("You were dearer than Fenwick.", False),
        ("Compared to Fenwick you were slow.", False),
        ("Ihr wart teurer als die Fenwick.", False),
        ("Fenwick answered faster than Fenwick's own partner.", True),
    ],
)
def test_whom_it_is_said_of_is_not_whom_it_is_measured_against(text: str, expected: bool):
    names = []
    start = text.find("Fenwick")
    while start >= 0:
        names.append((start, start + len("Fenwick")))
        start = text.find("Fenwick", start + 1)
    assert said_of(text, names) is expected


def test_an_address_says_nothing():
    assert tokens("See https://docs.example/price/support for more.") == ["see", "for", "more", "."]
