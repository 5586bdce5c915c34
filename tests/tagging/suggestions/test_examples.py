"""Confirmed tags as sentences to learn from."""

from __future__ import annotations

import pytest

from app.tagging.suggestions.examples import AnswerTagged, Confirmed, examples_of

TEXT = "It was the price. Support was slow. We liked the people."


def tagged(words: str) -> list[frozenset[str]]:
    start = TEXT.index(words)
    answer = AnswerTagged(7, TEXT, (Confirmed(start, start + len(words), "price"),))
    return [example.tags for example in examples_of([answer])]


NONE, PRICE = frozenset[str](), frozenset(["price"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It was the price.", [PRICE, NONE, NONE]),
        ("price", [PRICE, NONE, NONE]),
        ("It was the price. Support was slow.", [PRICE, PRICE, NONE]),
        ("It was the price. Support", [PRICE, NONE, NONE]),
    ],
)
def test_a_sentence_has_the_reasons_of_the_quotes_that_are_about_it(words: str, expected):
    assert tagged(words) == expected


def test_sentences_of_one_interview_are_held_out_together():
    found = list(examples_of([AnswerTagged(7, TEXT, ()), AnswerTagged(8, "No.", ())]))
    assert [example.group for example in found] == ["7", "7", "7", "8"]
