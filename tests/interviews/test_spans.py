"""A quote keeps its place where its words stand unchanged, and only there."""

from __future__ import annotations

import pytest

from app.interviews.spans import moved_span

OLD = "Price was fine. Security answers came late. We liked the team."


def span(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(OLD, id="nothing changed"),
        pytest.param("Honestly: " + OLD, id="words put before"),
        pytest.param(OLD + " Really.", id="words put after"),
        pytest.param(OLD.replace("fine", "really not the point"), id="an earlier word changed"),
        pytest.param(OLD.replace("team", "people there"), id="a later word changed"),
        pytest.param("😀 " + OLD.replace("fine", "ok"), id="characters outside the basic plane"),
    ],
)
def test_unchanged_words_are_followed(new: str):
    words = "Security answers came late."
    moved = moved_span(OLD, new, *span(OLD, words))
    assert moved is not None
    assert new[slice(*moved)] == words


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(OLD.replace("late", "in time"), id="a word inside changed"),
        pytest.param(OLD.replace("Security answers came late. ", ""), id="words gone"),
        pytest.param(OLD.replace("answers came", "answers, we felt, came"), id="words put inside"),
        pytest.param("", id="everything gone"),
    ],
)
def test_words_that_changed_have_lost_their_place(new: str):
    assert moved_span(OLD, new, *span(OLD, "Security answers came late.")) is None
