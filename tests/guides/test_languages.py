"""A guide in several languages: falling back where one can see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.core.marked_yaml import UnreadableFileError
from app.guides.content import content_of, guide_from
from app.guides.languages import MissingText, best_language, in_language, missing_texts
from app.guides.reading import Channel, Guide, read_guide

SCHEMA = json.loads(Path("interview_guides/guide.schema.json").read_text(encoding="utf-8"))

GUIDE = """\
id: written
title: In writing
about: For a buyer who writes.
language: en
languages: [de, fr]
channel: written
outcomes: [lost]
opening: This takes {minutes} minutes.
in:
  de:
    title: Schriftlich
    opening: Das dauert {minutes} Minuten.
sections:
  - id: first
    title: First
    minutes: 5
    in:
      de: {title: Zuerst}
    questions:
      - id: what_happened
        kind: fact
        must: true
        say: What happened?
        why: Facts first.
        probes:
          - What then?
        in:
          de:
            say: Was ist geschehen?
            probes:
              - Was dann?
          fr:
            say: Que s'est-il passé ?
      - id: decided
        kind: think
        say: What decided it?
        why: The reason.
"""


def guide() -> Guide:
    return read_guide(GUIDE, "written.yaml")


def mistakes_of(text: str) -> list[str]:
    with pytest.raises(UnreadableFileError) as caught:
        read_guide(text, "written.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_guide_is_read_in_its_languages():
    german = in_language(guide(), "de")
    assert (german.title, german.opening) == ("Schriftlich", "Das dauert {minutes} Minuten.")
    assert german.sections[0].title == "Zuerst"
    assert german.questions[0].say == "Was ist geschehen?"
    assert german.questions[0].probes == ("Was dann?",)
    assert german.language == "de"


def test_what_is_missing_stays_in_the_main_language_and_says_so():
    german = in_language(guide(), "de")
    assert german.questions[1].say == "What decided it?"
    assert german.questions[1].is_fallback
    assert german.about == "For a buyer who writes."
    assert german.fallbacks == {"about"}
    french = in_language(guide(), "fr")
    assert not french.questions[0].is_fallback
    assert french.questions[0].fallbacks == {"probes"}


def test_all_that_is_missing_is_listed_in_the_order_of_the_guide():
    assert missing_texts(guide(), "de") == [
        MissingText("about"),
        MissingText("say", "first", "decided"),
    ]
    assert missing_texts(guide(), "fr") == [
        MissingText("title"),
        MissingText("about"),
        MissingText("opening"),
        MissingText("title", "first"),
        MissingText("probes", "first", "what_happened"),
        MissingText("say", "first", "decided"),
    ]
    assert missing_texts(guide(), "en") == []


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("de", "de"), ("de-AT", "de"), ("en-GB", "en"), ("it", "en"), ("fr", "fr")],
)
def test_the_nearest_language_is_spoken(wanted: str, spoken: str):
    assert best_language(guide(), wanted) == spoken


def test_the_main_language_changes_nothing():
    assert in_language(guide(), "en") == guide()


def test_the_guide_is_for_writing():
    assert guide().channel is Channel.WRITTEN
    assert read_guide(GUIDE.replace("channel: written\n", ""), "x").channel is Channel.SPOKEN


def test_it_comes_back_from_json_as_it_was():
    assert guide_from(json.loads(json.dumps(content_of(guide())))) == guide()


def test_a_guide_of_one_language_is_put_away_as_ever():
    text = "\n".join(line for line in GUIDE.splitlines() if "channel" not in line)
    text = text[: text.index("in:\n  de")].replace("languages: [de, fr]\n", "")
    question = "{id: a, kind: fact, say: A?, why: A.}"
    text += f"sections: [{{id: a, title: A, minutes: 1, questions: [{question}]}}]"
    content = content_of(read_guide(text, "x"))
    assert set(content) == {"id", "title", "about", "language", "outcomes", "opening", "sections"}
    assert "in" not in content["sections"][0]["questions"][0]


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        (
            "languages: [de, fr]",
            "languages: [de, fr, en]",
            "written.yaml:5:12: languages names en, which is the main language",
        ),
        (
            "languages: [de, fr]",
            "languages: [de, fr, German]",
            "written.yaml:5:21: languages names 'German'; it takes language tags such as de",
        ),
        (
            "languages: [de, fr]",
            "languages: [de, fr, de]",
            "written.yaml:5:21: languages names de twice",
        ),
        (
            "      de: {title: Zuerst}",
            "      it: {title: Primo}",
            "written.yaml:18:7: section 'first': it is not among the guide's languages; "
            "it takes de or fr",
        ),
        (
            "Das dauert {minutes} Minuten.",
            "Das dauert {minuten} Minuten.",
            "written.yaml:12:14: {minuten} cannot be filled in; braces take",
        ),
        (
            "            say: Was ist geschehen?",
            "            sag: Was ist geschehen?",
            "written.yaml:29:13: question 'what_happened': unknown key 'sag'; did you mean say?",
        ),
        (
            "channel: written",
            "channel: writing",
            "written.yaml:6:10: channel is 'writing'; it takes spoken or written",
        ),
        (
            "      de: {title: Zuerst}",
            "      de: Zuerst",
            "written.yaml:18:11: section 'first': de is 'Zuerst'; it takes 'key: value' lines",
        ),
    ],
)
def test_a_mistake_in_a_translation_is_shown_at_its_place(old: str, new: str, mistake: str):
    assert GUIDE.count(old) == 1
    shown = mistakes_of(GUIDE.replace(old, new))
    assert any(line.startswith(mistake) for line in shown), shown


def test_a_language_may_be_called_no():
    text = GUIDE.replace("[de, fr]", "[de, fr, 'no']").replace("      fr:\n", "      no:\n")
    assert best_language(read_guide(text.replace("          fr:", "          'no':"), "x"), "no")


def test_the_schema_takes_it_too():
    Draft202012Validator(SCHEMA).validate(yaml.safe_load(GUIDE))
    wrong = yaml.safe_load(GUIDE)
    wrong["sections"][0]["in"]["de"]["titel"] = "Zuerst"
    assert list(Draft202012Validator(SCHEMA).iter_errors(wrong))
