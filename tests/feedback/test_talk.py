"""How an interviewer talked, and the one thing to do differently."""

from __future__ import annotations

import pytest

from app.feedback.talk import (
    Advice,
    Kind,
    Side,
    Talk,
    Turn,
    advise,
    likely_kind,
    measure,
)

LONG_ANSWER = "We compared four suppliers over the summer and then my director chose. " * 3


def me(text: str, start: int | None = None, end: int | None = None) -> Turn:
    return Turn(Side.INTERVIEWER, text, start, end)


def them(text: str = LONG_ANSWER) -> Turn:
    return Turn(Side.BUYER, text)


def talk(*turns: Turn, language: str = "en") -> Talk:
    measured = measure(turns, language=language)
    assert measured is not None
    return measured


def test_the_share_is_of_the_words_of_both_sides():
    others = Turn(Side.OTHER, "I am only here to take notes today.")
    assert talk(me("one two"), them("three four five six"), others).share == pytest.approx(1 / 3)


def test_where_one_side_said_nothing_there_is_nothing_to_measure():
    assert measure([me("Hello?")]) is None
    assert measure([them()]) is None


def test_the_longest_stretch_goes_on_over_a_short_sound_of_the_other_side():
    stretch = talk(
        me("First of all", 0, 40_000),
        them("Mm-hm."),
        me("and then there is more", 41_000, 100_000),
        them(),
        me("What happened?", 160_000, 162_000),
    ).longest
    assert stretch is not None
    assert (stretch.seconds, stretch.beginning) == (100, "First of all")


def test_without_times_a_stretch_is_reckoned_from_its_words():
    stretch = talk(me("word " * 250), them()).longest
    assert stretch is not None
    assert stretch.seconds == 100


def test_questions_are_found_with_and_without_a_question_mark():
    asked = talk(
        me("Thank you for the time. What happened then? Right. Okay, walk me through the week."),
        them(),
        me("Hm? I see."),
    ).asked
    assert [question.text for question in asked] == [
        "What happened then?",
        "Okay, walk me through the week.",
    ]


def test_what_was_really_asked_is_held_to_the_rules_of_a_good_question():
    measured = talk(me("Don't you think our offer was clearer?"), them())
    assert [question.text for question in measured.faulty] == [
        "Don't you think our offer was clearer?"
    ]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who was in the room that day?", Kind.FACT),
        ("Would you walk me through the week?", Kind.FACT),
        ("What did you think of the demo?", Kind.THINK),
        ("How did you feel when it was announced?", Kind.FEEL),
        ("If the price had been the same, what would you have decided?", Kind.WOULD_DO),
    ],
)
def test_what_a_question_asks_for_is_told_by_its_words(question: str, kind: Kind):
    assert likely_kind(question) is kind


def test_questions_are_counted_by_kind():
    by_kind = talk(me("Who was there? How did that feel to you?"), them()).by_kind
    assert by_kind == {Kind.FACT: 1, Kind.FEEL: 1, Kind.THINK: 0, Kind.WOULD_DO: 0}


def test_words_of_us_and_of_them_are_counted_on_their_boundaries():
    measured = talk(me("Our product, and what we do for you and your team. Bus, young."), them())
    assert (measured.of_us, measured.of_you) == (2, 2)


@pytest.mark.parametrize(
    "said",
    [
        "Oh, we've fixed that since.",
        "I can send you a new offer tomorrow.",
        "That is on our roadmap.",
        "Actually, the product does that.",
        "We now support that.",
    ],
)
def test_mending_what_was_told_is_seen(said: str):
    fixes = talk(me("What went wrong?"), them("The export lost our columns twice."), me(said)).fixes
    assert [(fix.told, fix.said) for fix in fixes] == [("The export lost our columns twice.", said)]


@pytest.mark.parametrize(
    "said",
    ["What happened then?", "I see. Who noticed it?", "When did we change that for you?"],
)
def test_asking_on_is_no_mending(said: str):
    assert talk(me("What went wrong?"), them(), me(said)).fixes == ()


def test_in_another_language_words_and_questions_are_left_alone():
    measured = talk(me("Was ist dann passiert?"), them(), language="de-DE")
    assert measured.asked == ()
    assert measured.share > 0


def test_one_thing_is_advised_and_the_costliest_comes_first():
    fixing = (me("We've fixed that."), them(), me("We can sort that out for you."), them())
    assert advise(talk(them(), *fixing)) is Advice.NO_FIXING
    assert advise(talk(me("I will tell you a story. " * 40), them())) is Advice.LISTEN
    closed = me("Were you there? Did you see the demo? Did you compare them? Was there a tender?")
    assert advise(talk(closed, them(), them(), them())) is Advice.ASK_OPENLY


def test_a_good_talk_is_told_to_go_on():
    good = [me("What happened then?"), them(), me("Who was there with you?"), them()] * 3
    assert advise(talk(*good)) is Advice.GO_ON
