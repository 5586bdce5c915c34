"""The guide's questions with the answers beside them."""

from __future__ import annotations

from app.guides.reading import Guide, Placeholder, Situation, read_guide
from app.interviews.conversation import converse, threads
from app.interviews.models import Answer, Kind

GUIDE = read_guide(
    """
id: small
title: Small
about: For a test.
language: en
outcomes: [lost]
opening: Thank you, {contact}.
sections:
  - id: before
    title: Before
    minutes: 5
    questions:
      - id: changed
        kind: fact
        must: true
        say: What changed, {contact}?
        why: It shows why they looked.
        clarifies: [priorities]
      - id: champion
        kind: think
        say: Who was against it?
        why: Champions know.
        when: {buying_role: [champion]}
  - id: after
    title: After
    minutes: 10
    questions:
      - id: felt
        kind: feel
        must: true
        say: How was it?
        why: Feelings decide too.
        clarifies: [return]
""",
    "small.yaml",
)
WORDS = {Placeholder.CONTACT: "Ingrid"}


def answer(question_id: str, position: int, text: str = "Yes.", **values) -> Answer:
    values = {"is_skipped": False, "question": "Asked?", "kind": None} | values
    return Answer(question_id=question_id, position=position, text=text, **values)


def walk(*answers: Answer, role: str = "user", guide: Guide | None = GUIDE):
    return converse(guide, Situation(buying_role=role), WORDS, answers)


def test_questions_stand_in_the_guides_order_with_the_words_filled_in():
    conversation = walk()
    assert [turn.say for turn in conversation.turns] == ["What changed, Ingrid?", "How was it?"]
    assert conversation.opening == "Thank you, Ingrid."
    assert conversation.turns[0].kind is Kind.FACT


def test_a_question_that_does_not_apply_stays_where_it_was_answered():
    assert walk().turn("champion") is None
    assert walk(role="champion").turn("champion") is not None
    assert walk(answer("champion", 200)).turn("champion") is not None


def test_what_is_covered_is_counted():
    conversation = walk(answer("changed", 100))
    assert (conversation.musts_covered, conversation.musts) == (1, 2)
    assert {topic.value for topic in conversation.clear} == {"priorities"}
    assert not walk(answer("changed", 100, text=" \n")).clear


def test_one_goes_on_at_the_first_question_that_is_open():
    assert walk().first_open().question_id == "changed"
    skipped = answer("changed", 100, text="", is_skipped=True)
    assert walk(skipped).first_open().question_id == "felt"
    assert walk(skipped, answer("felt", 300)).first_open().question_id == "felt"


def test_ones_own_question_stands_after_the_one_it_followed():
    conversation = walk(answer("own-2", 301), answer("own-1", 101))
    assert [turn.question_id for turn in conversation.turns] == [
        "changed",
        "own-1",
        "felt",
        "own-2",
    ]
    own = conversation.turn("own-1")
    assert conversation.before(own).question_id == "changed"
    assert conversation.after(own).question_id == "felt"


def test_without_a_guide_there_are_the_questions_that_were_asked():
    conversation = walk(answer("b", 2), answer("a", 1), guide=None)
    assert [turn.question_id for turn in conversation.turns] == ["a", "b"]
    assert not walk(guide=None).turns
    assert walk(guide=None).first_open() is None


def test_any_answer_can_be_asked_behind_once_in_each_way():
    turn = walk().turn("changed")
    assert [one.question_id for one in turn.behind] == [
        "changed~behind",
        "changed~price_same",
        "changed~compared",
    ]
    assert [one.kind for one in turn.behind] == [Kind.FACT, Kind.WOULD_DO, Kind.FACT]
    assert all(one.follows.question_id == "changed" for one in turn.behind)


def test_what_was_behind_an_answer_stands_under_it_not_beside_it():
    first, behind = answer("changed", 100), answer("changed~behind", 101, "Security.")
    conversation = walk(first, behind)
    assert [turn.question_id for turn in conversation.turns] == ["changed", "felt"]
    assert conversation.turn("changed~behind").answer is behind
    own = walk(answer("own-1", 101), answer("own-1~price_same", 102))
    assert own.turn("own-1~price_same").is_answered
    assert own.answered == 1


def test_what_follows_an_answer_that_is_gone_stands_by_itself():
    conversation = walk(answer("gone~behind", 101))
    assert conversation.turn("gone~behind") in conversation.turns


def test_the_kind_that_somebody_gave_an_answer_stands():
    assert walk(answer("changed", 100, kind=Kind.FEEL)).turn("changed").kind is Kind.FEEL


def test_an_interview_is_read_as_first_answers_each_with_what_was_behind():
    first = answer("a", 100, id=1)
    behind, other = answer("a~behind", 101, id=2, follows_id=1), answer("b", 200, id=3)
    lost = answer("c~behind", 301, id=4, follows_id=9)
    read = threads([first, behind, other, lost])
    assert [(each.first, each.behind) for each in read] == [
        (first, [behind]),
        (other, []),
        (lost, []),
    ]
