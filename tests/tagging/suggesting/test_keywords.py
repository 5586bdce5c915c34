"""Seed words name their reason, whatever their ending and in each language of the list."""

from __future__ import annotations

from app.tagging.suggesting.keywords import Keywords

LIST = Keywords(
    {
        "price": {"en": ["discount", "too expensive"], "de": ["Kosten"]},
        "support": {"en": ["ticket"], "fr": ["assistance"]},
    }
)


def said(text: str) -> list[str]:
    return [LIST.tags[hit.place] for hit in LIST.hits(text)]


def test_a_seed_word_is_found_in_other_forms_of_it() -> None:
    assert said("They discounted it, and our tickets went nowhere.") == ["price", "support"]


def test_several_words_must_stand_one_after_the_other() -> None:
    assert said("It was too expensive for us.") == ["price"]
    assert said("Expensive, but not too much so.") == []


def test_each_language_has_its_own_endings() -> None:
    assert said("Die Koste war hoch.") == ["price"]
    assert said("Les assistances étaient rapides.") == ["support"]


def test_a_word_known_in_two_languages_counts_once() -> None:
    both = Keywords({"scope": {"en": ["Budget"], "de": ["Budget"]}})
    assert len(both.hits("No budget this year.")) == 1


def test_a_part_of_a_word_is_no_hit() -> None:
    assert said("The ticketing system of the others.") == ["support"]
    assert said("A discothèque.") == []


def test_a_verb_made_of_a_noun_is_not_the_noun_and_is_spelt_either_way() -> None:
    own = Keywords({"fits": {"en": ["customise"]}})
    for said_so in ("We customized it.", "Customisation took a day.", "It is customizable."):
        assert len(own.hits(said_so)) == 1
    for other in ("They know customs.", "Our customers asked.", "It is a custom here."):
        assert own.hits(other) == []
