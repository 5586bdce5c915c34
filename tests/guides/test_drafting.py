"""A draft is rearranged without losing anything, and is no guide before it is complete."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from app.guides import checking, drafting
from app.guides.content import content_of
from app.guides.drafting import Content, NotThere
from app.guides.reading import Outcome, read_guide

LOSS = Path("interview_guides/loss.yaml")


def loss() -> Content:
    return content_of(read_guide(LOSS.read_text(encoding="utf-8"), LOSS.name))


def two_sections() -> Content:
    content = drafting.empty_guide("odd", "Odd", Outcome)
    for title in ("One", "Two"):
        content, section = drafting.add_section(content, title, 5)
        for number in ("first", "second"):
            content, _ = drafting.add_question(content, section, f"{title} {number}?", "fact")
    return content


def order(content: Content) -> list[list[str]]:
    return [[q["id"] for q in section["questions"]] for section in content["sections"]]


def test_a_question_steps_within_its_section_and_into_the_next():
    content = two_sections()
    assert order(content) == [["one_first", "one_second"], ["two_first", "two_second"]]
    content = drafting.step_question(content, "one_first", 1)
    assert order(content) == [["one_second", "one_first"], ["two_first", "two_second"]]
    content = drafting.step_question(content, "one_first", 1)
    assert order(content) == [["one_second"], ["one_first", "two_first", "two_second"]]
    content = drafting.step_question(content, "one_first", -1)
    assert order(content) == [["one_second", "one_first"], ["two_first", "two_second"]]


def test_at_either_end_a_step_changes_nothing():
    content = two_sections()
    assert drafting.step_question(content, "one_first", -1) == content
    assert drafting.step_question(content, "two_second", 1) == content
    assert drafting.step_section(content, "one", -1) == content
    assert drafting.step_section(content, "two", 1) == content


def test_a_question_is_put_at_a_place_of_another_section():
    content = drafting.move_question(two_sections(), "one_second", "two", 1)
    assert order(content) == [["one_first"], ["two_first", "one_second", "two_second"]]


def test_what_was_taken_out_goes_back_where_it_stood():
    content = two_sections()
    without, removed = drafting.remove_question(content, "one_first")
    assert order(without)[0] == ["one_second"]
    assert drafting.put_back(without, removed) == content
    without, removed = drafting.remove_section(content, "one")
    assert drafting.put_back(without, removed) == content


def test_a_question_whose_section_is_gone_goes_back_to_the_last_one():
    without, question = drafting.remove_question(two_sections(), "one_first")
    without, _ = drafting.remove_section(without, "one")
    assert order(drafting.put_back(without, question)) == [["one_first", "two_first", "two_second"]]


def test_nothing_changes_the_content_that_was_given():
    content = two_sections()
    before = copy.deepcopy(content)
    drafting.move_question(content, "one_first", "two", 0)
    drafting.remove_section(content, "one")
    drafting.with_question(content, "one_first", {"say": "Other?"})
    drafting.add_question(content, "one", "New?", "fact")
    assert content == before


def test_what_is_not_there_is_said():
    with pytest.raises(NotThere):
        drafting.find_question(two_sections(), "nothing")
    with pytest.raises(NotThere):
        drafting.move_question(two_sections(), "one_first", "nowhere", 0)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("What happened then?", "what_happened_then"),
        ("Was geschah danach, überhaupt?", "was_geschah_danach_uberhaupt"),
        ("3 things", "q_3_things"),
        ("何が変わりましたか", "q"),
        ("", "q"),
        ("taken", "taken_2"),
    ],
)
def test_a_lasting_name_is_made_of_the_words(words: str, slug: str):
    assert drafting.slug_from(words, {"taken"}) == slug


def test_a_long_question_gets_a_short_name():
    assert len(drafting.slug_from("word " * 100, ())) <= 40


def test_a_part_is_known_by_what_it_says_not_by_what_stands_in_it():
    content = two_sections()
    section = content["sections"][0]
    moved = drafting.step_question(content, "one_first", 1)["sections"][0]
    assert drafting.digest(section) == drafting.digest(moved)
    assert drafting.digest(section) != drafting.digest({**section, "minutes": 6})


def test_a_complete_draft_is_a_guide():
    guide, faults = checking.guide_or_faults(loss())
    assert faults == []
    assert guide == read_guide(LOSS.read_text(encoding="utf-8"), LOSS.name)


def test_what_is_missing_is_said_at_its_field_in_plain_words():
    content = drafting.with_question(loss(), "pain_cost", {"say": "", "why": ""})
    content = drafting.with_head(content, {"about": "", "opening": "{time}"})
    guide, faults = checking.guide_or_faults(content)
    assert guide is None
    assert {(fault.question_id, fault.field) for fault in faults} == {
        (None, "about"),
        (None, "opening"),
        ("pain_cost", "say"),
        ("pain_cost", "why"),
    }
    said = {fault.field: fault.message for fault in faults}
    assert said["say"] == "The words to say: empty; it takes words."
    assert next(f for f in faults if f.field == "say").section_id == "pain"


def test_an_empty_draft_and_an_empty_section_are_not_complete():
    _, faults = checking.guide_or_faults(drafting.empty_guide("odd", "Odd", Outcome))
    assert "sections" in {fault.field for fault in faults}
    content, _ = drafting.add_section(drafting.empty_guide("odd", "Odd", Outcome), "One", 5)
    _, faults = checking.guide_or_faults(content)
    assert ("one", "questions") in {(fault.section_id, fault.field) for fault in faults}


def test_a_fault_of_a_translation_names_its_language():
    content = drafting.with_head(loss(), {"languages": ["de"]})
    content = drafting.with_question(content, "pain_cost", {"in": {"de": {"say": "{kunde}?"}}})
    _, [fault] = checking.guide_or_faults(content)
    assert fault.question_id == "pain_cost"
    assert "in de" in fault.message


def test_words_in_a_language_that_was_dropped_wait_in_the_draft_only():
    content = drafting.with_question(loss(), "pain_cost", {"in": {"de": {"say": "Was?"}}})
    content = drafting.with_head(content, {"languages": []})
    guide, faults = checking.guide_or_faults(content)
    assert (faults, guide.languages) == ([], ())
    back = drafting.with_head(content, {"languages": ["de"]})
    guide, _ = checking.guide_or_faults(back)
    question = next(question for question in guide.questions if question.id == "pain_cost")
    assert question.translations["de"].say == "Was?"


def test_the_errors_of_the_linter_are_named_by_question_language_and_rule():
    content = drafting.with_question(
        loss(), "pain_cost", {"say": "Don't you think our offer was clearer?"}
    )
    assert "pain_cost.en.leading" in {error.key for error in checking.errors_of(content)}
    assert checking.errors_of(loss()) == []


def test_musts_need_three_minutes_each():
    content = two_sections()
    for _, question in drafting.questions_of(content):
        question["must"] = True
    assert checking.minutes_needed(content) == 12
    assert checking.minutes_needed(loss()) <= 30
