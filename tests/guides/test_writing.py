"""A guide is written so that it reads as it was, whatever people put into it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from app.guides.content import content_of, guide_from
from app.guides.reading import (
    BuyingRole,
    Clarifies,
    Condition,
    Guide,
    GuideWords,
    Kind,
    Outcome,
    Question,
    QuestionWords,
    Section,
    SectionWords,
    read_guide,
)
from app.guides.writing import write_guide

SHIPPED = sorted(Path("interview_guides").glob("*.yaml"))

ODD = (
    "What changed: the team, the tool, or both?",
    "'Too expensive' is a first answer",
    'She said "no" # and left',
    "yes",
    "No",
    "null",
    "~",
    "2026",
    "1e3",
    "0x1F",
    "12:30",
    "2026-11-26",
    "=",
    "<<",
    "- a dash",
    "? a question mark",
    "* a star",
    "& more",
    "! now",
    "% of deals",
    "@here",
    "`code`",
    "{contact}",
    "{contact}, {product}",
    "[a, b]",
    "| pipe",
    "> more",
    "#first",
    "a #comment",
    "ends with a colon:",
    "a: b",
    "tab\there",
    "back\\slash",
    "émigré – naïve …",
    "🙂 what happened? 👩‍👩‍👧",
    "ما الذي تغيّر لديكم؟",
    "\u202eright to left\u202c",
    "何が変わりましたか？",
    "a\u2028b",
    "a\x85b",
    "bell \x07",
    "no\u00a0break",
    "--- three dashes",
    "...",
    "x" * 3000,
    "word " * 400 + "end",
    ",",
    "it's",
    "two  spaces",
    "zero\u200bwidth",
    "\ufeffmark",
)

PARAGRAPHS = (
    "First.\n\nSecond.",
    "First.\n  Indented.\n\n\n\nLast.",
    "Line one  \nline two\n\ttab",
    "- not\n- a list",
    "# not a comment\nkey: value",
    "---\n...",
    "\u202bשלום\n\nעולם",
    "a\u2028b\nc",
    "a\n \nb",
)


def guide_of(say: str, *more: str, opening: str = "Hello.") -> Guide:
    """A guide that says the same odd thing wherever a person may say something."""
    words = tuple(dict.fromkeys((say, *more)))
    question = Question(
        id="odd",
        kind=Kind.THINK,
        must=True,
        say=say,
        why=say,
        probes=words,
        clarifies=(Clarifies.ROLES, Clarifies.RETURN),
        when=Condition(
            outcome=(Outcome.LOST,),
            buying_role=(BuyingRole.USER,),
            competitor_met=words,
            product=words,
            first_deal=False,
        ),
        translations={"no": QuestionWords(say, words), "de": QuestionWords("", words)},
    )
    return Guide(
        id="odd",
        title=say,
        about=say,
        language="en",
        languages=("no", "de"),
        outcomes=(Outcome.LOST,),
        opening=opening,
        sections=(
            Section("one", say, 3, (question,), {"de": SectionWords(say)}),
            Section("two", "Two", 4, (replace(question, id="even", must=False),)),
        ),
        translations={"no": GuideWords(say, "", opening), "de": GuideWords("", say)},
    )


def as_put_in(guide: Guide) -> Guide:
    """Spaces around words are not kept, and braces hold placeholders only."""
    return read_guide(write_guide(guide), "odd.yaml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_guide_is_written_as_its_file_stands(path: Path):
    text = path.read_text(encoding="utf-8")
    assert write_guide(read_guide(text, path.name)) == text


@pytest.mark.parametrize("say", ODD, ids=lambda say: ascii(say[:20]))
def test_odd_words_come_back(say: str):
    guide = guide_of(say.strip(), "plain")
    assert as_put_in(guide) == guide


@pytest.mark.parametrize("opening", PARAGRAPHS, ids=ascii)
def test_openings_of_several_paragraphs_come_back(opening: str):
    guide = guide_of("What happened?\nAnd then?", opening=opening)
    assert as_put_in(guide) == guide


def test_what_was_written_is_written_again_the_same():
    for say in ODD:
        text = write_guide(guide_of(say.strip()))
        assert write_guide(read_guide(text, "odd.yaml")) == text


def test_any_mixture_of_characters_comes_back():
    chance = random.Random(20261126)
    alphabet = "ab :#-?|>'\"\\,[]&*!%@`~=\t\n é🙂ש\u2028\x85\x07yesno0.:/"
    for _ in range(300):
        say = "".join(chance.choices(alphabet, k=chance.randint(1, 25))).strip()
        if say:
            guide = guide_of(say, opening=say)
            assert as_put_in(guide) == guide, repr(say)


def test_other_readers_of_yaml_see_the_same_words():
    for say in ODD:
        content = yaml.safe_load(write_guide(guide_of(say.strip())))
        assert content["title"] == say.strip()
        assert content["sections"][0]["questions"][0]["probes"] == [say.strip()]


def test_the_content_of_a_version_is_written_like_the_guide():
    guide = guide_of("What happened?")
    assert write_guide(guide_from(content_of(guide))) == write_guide(guide)
