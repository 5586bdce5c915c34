"""Words are found whatever their form, case and accents."""

from __future__ import annotations

import pytest

from app.search.stems import fold, language_of, searchable, stem, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Kündigung", "kundigung"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("élève", "eleve"),
        ("Łódź", "lodz"),
        ("ＡＢＣ", "abc"),
        ("한국어", "한국어"),
        ("مَرْحَبًا", "مرحبا"),
        ("が", "が"),
    ],
)
def test_a_word_is_folded(written: str, folded: str):
    assert fold(written) == folded


def test_words_know_their_place_in_the_text():
    text = "Too slow—we don’t wait: 3.5 weeks"
    assert [text[word.start : word.end] for word in words(text)] == [
        *("Too", "slow", "we", "don", "t", "wait", "3", "5", "weeks"),
    ]


def test_an_accent_written_apart_belongs_to_its_letter():
    assert [word.text for word in words("re\u0301union de\u0301cale\u0301e")] == [
        "reunion",
        "decalee",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wir haben die Einführung nicht bezahlt, und das war der Grund.", "de"),
        ("Nous avons choisi les autres pour le prix et des délais.", "fr"),
        ("No los elegimos por el precio, pero fue una pena.", "es"),
        ("The price was not what decided it.", "en"),
        ("Preis", "en"),
    ],
)
def test_the_language_is_told_by_small_words(text: str, language: str):
    assert language_of([word.text for word in words(text)]) == language


def test_forms_of_a_word_have_one_stem():
    assert stem("integrated", "en") == stem("integration", "en") == stem("integrates", "en")
    assert stem("kundigungen", "de") == stem("kundigung", "de")


def test_what_is_searched_is_in_letters_that_no_database_cuts_up():
    found = searchable("가격이 비싸요, c'est l'été — naïve_case 100% 3e10")
    assert all(letter.isascii() and (letter.isalnum() or letter == " ") for letter in found)


def test_a_beginning_stays_a_beginning_in_every_script():
    assert stem("가격이", "en").startswith(stem("가격", "en"))
