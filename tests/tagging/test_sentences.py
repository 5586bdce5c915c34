"""An answer is cut into sentences at their exact places."""

from __future__ import annotations

import pytest

from app.tagging.sentences import sentences


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("They came. We waited! Why?", ["They came.", "We waited!", "Why?"]),
        ("One line\nand another\n\n", ["One line", "and another"]),
        ("He said “no.” Then we left.", ["He said “no.”", "Then we left."]),
        (
            "It cost 3.5 million, i.e. too much. Yes.",
            ["It cost 3.5 million, i.e. too much.", "Yes."],
        ),
        ("Dr. Berg signed it.", ["Dr. Berg signed it."]),
        ("遅かった。高かった。", ["遅かった。", "高かった。"]),
        ("  \n ", []),
        ("no end", ["no end"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_say_so(text: str, said: list[str]):
    assert [each.text for each in sentences(text)] == said


def test_offsets_are_code_points_also_beyond_the_basic_plane():
    text = "  We 😀 laughed. 𝒯hen  signed. "
    for each in sentences(text):
        assert text[each.start : each.end] == each.text
    assert sentences(text)[1].start == text.index("𝒯hen")
