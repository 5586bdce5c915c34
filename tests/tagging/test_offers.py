from __future__ import annotations

from app.tagging.offers import offered_keys

SEEDS = {
    "price": ["too expensive", "cheaper"],
    "security": ["security", "questionnaire"],
    "trust": ["trust"],
    "timing": ["timing"],
    "support": ["support"],
    "brand": ["brand"],
}


def test_what_was_said_is_offered_first_most_hits_first():
    words = "The Security questionnaire was late, and they were cheaper."
    assert offered_keys(words, SEEDS, usual=[])[:2] == ["security", "price"]


def test_a_seed_word_inside_another_word_is_not_said():
    assert offered_keys("We were entrusted with it.", SEEDS, usual=["brand"])[0] == "brand"


def test_five_are_offered_the_usual_ones_before_the_rest():
    offered = offered_keys("", SEEDS, usual=["brand", "support", "unknown"])
    assert offered == ["brand", "support", "price", "security", "trust"]
