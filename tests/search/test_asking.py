"""What is typed into the box is read, and nothing that is typed is an error."""

from __future__ import annotations

import pytest

from app.search.asking import Filter, Term, is_marked, read
from app.search.marking import excerpt, marked


def test_words_phrases_beginnings_and_what_is_not_wanted():
    asked = read('slow "did not answer" integr* -won -"too dear"')
    assert asked.terms == (
        Term(("slow",)),
        Term(("did", "not", "answer")),
        Term(("integr",), is_beginning=True),
        Term(("won",), is_unwanted=True),
        Term(("too", "dear"), is_unwanted=True),
    )


def test_names_before_a_colon():
    asked = read('reason:price competitor:"North Star" -outcome:won Quarter:2026Q3')
    assert asked.filters == (
        Filter("reason", "price"),
        Filter("competitor", "North Star"),
        Filter("outcome", "won", is_unwanted=True),
        Filter("quarter", "2026Q3"),
    )
    assert asked.asks_for_tags


def test_our_own_words_are_written_as_they_are_spoken():
    asked = read('outcome:"no decision" evidence:"would do"')
    assert asked.filters == (Filter("outcome", "no_decision"), Filter("evidence", "would_do"))


def test_an_unknown_name_is_taken_for_a_word_and_said():
    asked = read("colour:red")
    assert asked.terms == (Term(("colour", "red")),)
    assert asked.unknown == ("colour",)


def test_a_name_that_was_mistyped_is_recognised():
    (said,) = read("reasn:price").remarks
    assert "Did you mean ‘reason:’?" in said


@pytest.mark.parametrize("typed", ["reason: price", 'reason:"" price', "REASON: price"])
def test_a_name_without_a_value_is_said_and_not_looked_for(typed: str):
    asked = read(typed)
    assert asked.terms == (Term(("price",)),)
    assert asked.remarks == ["Write what you look for right behind the colon, as in reason:price."]


def test_words_of_other_search_boxes_are_words_and_said():
    asked = read("price OR security")
    assert [term.words for term in asked.terms] == [("price",), ("or",), ("security",)]
    assert "‘OR’ is looked for as a word" in asked.remarks[0]
    assert read("price or security").remarks == []


@pytest.mark.parametrize("typed", ["“did not answer”", "„did not answer“", "«did not answer»"])
def test_quotation_marks_are_taken_as_they_are_typed_anywhere(typed: str):
    assert read(typed).terms == (Term(("did", "not", "answer")),)


@pytest.mark.parametrize("typed", ["fenwick's", "Fenwick’s"])
def test_a_possessive_finds_the_name(typed: str):
    assert read(typed).terms == (Term(("fenwick",)),)


@pytest.mark.parametrize("typed", ["", "   ", '"', "-", "::", '""', "(*)", "—"])
def test_nothing_to_look_for_is_nothing(typed: str):
    assert not read(typed)


@pytest.mark.parametrize("typed", ['"open phrase', "a OR b", "x NEAR/2 y", "'; DROP TABLE", "a*b"])
def test_what_a_database_would_take_for_its_own_is_only_words(typed: str):
    assert all(word.isalnum() for term in read(typed).terms for word in term.words)


@pytest.mark.parametrize(
    ("word", "typed", "answers"),
    [
        ("integrations", "integrated", True),
        ("integrations", "integr*", True),
        ("integrations", "integrations*", True),
        ("kundigungen", "Kündigung", True),
        ("price", "prize", False),
    ],
)
def test_which_words_are_marked(word: str, typed: str, answers: bool):
    assert is_marked(word, read(typed).wanted) is answers


def test_the_words_are_marked_and_the_text_stays_whole():
    text = "Their support was slow. Supporting us took weeks."
    found = marked(text, read("support slow").wanted)
    assert "".join(piece.text for piece in found.pieces) == text
    assert [piece.text for piece in found.pieces if piece.is_marked] == [
        *("support", "slow", "Supporting"),
    ]


def test_neighbours_are_marked_together():
    found = marked("They did not answer us.", read('"did not answer"').wanted)
    assert [piece.text for piece in found.pieces if piece.is_marked] == ["did not answer"]


def test_an_excerpt_is_cut_between_words_about_the_first_that_was_sought():
    text = "word " * 100 + "the needle is here " + "more " * 100
    found = excerpt(text, read("needle").wanted)
    shown = "".join(piece.text for piece in found.pieces)
    assert "needle" in shown
    assert len(shown) < 400
    assert found.begins_within
    assert found.ends_within
    assert set(shown.split()) <= {"word", "the", "needle", "is", "here", "more"}


def test_a_short_text_is_shown_whole():
    found = excerpt("“No,” she said.", read("said").wanted)
    assert "".join(piece.text for piece in found.pieces) == "“No,” she said."
    assert not found.begins_within
    assert not found.ends_within
