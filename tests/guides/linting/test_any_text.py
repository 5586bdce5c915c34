"""Whatever is typed, the linter answers, soon, with spans that lie in the text."""

from __future__ import annotations

import random

import pytest

from app.guides.linting import RULES, lint

KINDS = (None, "fact", "think", "feel", "would_do")
_BAG = """what when had were we you if , - ? . and or who did would n't not is it 'quoted' the a to
of price problem better because since given tell me how our Fenwick IT ( ) much"""
ODD = {
    "nothing": "",
    "blanks": " \n\t ",
    "a mark": "?",
    "marks": "?!?!??...",
    "emoji": "What 😀 did you 👩‍👩‍👧 think? 🏳️‍🌈",
    "right to left": "מה חשבת על ההצעה? وماذا عن السعر؟",
    "mixed": "What did رأي you make of the קול offer?",
    "grows in lower case": "İİİ what did you İ do?",
    "no mark": "what did you do",
    "open quote": "What did 'they say",
    "apostrophes": "''''' ’’’ 's n't 'd",
    "open bracket": "What [did you {do (then",
    "nul": "What\x00did you do?",
    "lone surrogate": "What \ud800 did you do?",
    "words": "what and " * 1200,
    "conditions": "if you had " * 1000,
    "commas": ",".join("what did you do" for _ in range(600)),
    "one word": "a" * 10_000,
    "dashes": "-" * 10_000,
    "quotes": "'a " * 3_400,
    "blank run": "What" + " " * 10_000 + "?",
    "negation": "is n't it " * 1000 + "?",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_answered(name: str, kind: str | None):
    text = ODD[name]
    for language in ("en", "de"):
        for finding in lint(text, kind, language):
            first, after = finding.span
            assert finding.rule in RULES
            assert 0 <= first < after <= len(text)


def test_words_in_any_order_are_answered():
    shuffle = random.Random(7)
    bag = _BAG.split()
    for _ in range(3000):
        text = " ".join(shuffle.choices(bag, k=shuffle.randint(1, 18)))
        for finding in lint(text, shuffle.choice(KINDS)):
            assert finding.span[0] < finding.span[1] <= len(text)


def test_the_same_question_gets_the_same_answer():
    text = "Don't you think our great support, and the price, helped?"
    assert lint(text, "think") == lint(text, "think")


def test_spans_count_code_points():
    text = "😀 It was dear, wasn't it?"
    finding = next(finding for finding in lint(text) if finding.rule == "tag_question")
    assert text[slice(*finding.span)] == ", wasn't it?"


@pytest.mark.parametrize("language", ["de", "fr", "pt-BR"])
def test_rules_of_english_are_kept_to_english(language: str):
    assert lint("Was war der Grund, and would you, right", "fact", language) == []
    assert [f.rule for f in lint("Was war gut? Was nicht?", "fact", language)] == [
        "two_question_marks"
    ]
    assert [f.rule for f in lint("wort " * 30, "fact", language)] == ["long"]
