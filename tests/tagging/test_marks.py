"""Overlapping quotes are marked piece by piece."""

from __future__ import annotations

from app.tagging.marks import Marked, pieces

TEXT = "Slow 😀 and dear, 𝒯hey said."


def marked(words: str, number: int, direction: str = "against") -> Marked:
    start = TEXT.index(words)
    return Marked(start, start + len(words), number, direction)


def test_the_pieces_joined_are_the_text():
    marks = [marked("Slow 😀 and dear", 1), marked("and dear, 𝒯hey", 2, "for")]
    assert "".join(piece.text for piece in pieces(TEXT, marks)) == TEXT


def test_where_quotes_overlap_both_cover_the_piece():
    marks = [marked("Slow 😀 and dear", 1), marked("and dear, 𝒯hey", 2, "for")]
    shown = [
        (piece.text, [mark.number for mark in piece.covering]) for piece in pieces(TEXT, marks)
    ]
    assert shown == [("Slow 😀 ", [1]), ("and dear", [1, 2]), (", 𝒯hey", [2]), (" said.", [])]
    assert [[mark.number for mark in piece.beginning] for piece in pieces(TEXT, marks)] == [
        [1],
        [2],
        [],
        [],
    ]
    assert pieces(TEXT, marks)[1].directions == ["against", "for"]


def test_a_quote_that_lies_outside_the_text_is_not_marked():
    assert [piece.covering for piece in pieces("short", [Marked(2, 99, 1, "for")])] == [()]


def test_an_empty_answer_has_no_pieces():
    assert pieces("", []) == []
