"""Reading a guide: what comes out, and how a mistake is shown at its place."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import app.deals.models as deals
import app.interviews.models as interviews
from app.core.marked_yaml import Problem, UnreadableFileError
from app.guides.content import checksum_of, content_of, guide_from
from app.guides.reading import (
    BuyingRole,
    Clarifies,
    Condition,
    Guide,
    Kind,
    Outcome,
    Placeholder,
    Question,
    Situation,
    applies,
    fill,
    read_guide,
)

SCHEMA = json.loads(Path("interview_guides/guide.schema.json").read_text(encoding="utf-8"))

GUIDE = """\
id: loss
title: Loss
about: For buyers who chose somebody else.
language: en
outcomes: [lost]
opening: I am {interviewer}, this takes {minutes} minutes.
sections:
  - id: alternatives
    title: Alternatives
    minutes: 4
    questions:
      - id: alternatives
        kind: fact
        must: true
        say: Which other ways did you look at?
        why: Shows the real competitor.
        probes:
          - Who brought that one in?
        clarifies: [other_solutions]
        when:
          buying_role: [evaluator]
          first_deal: true
      - id: compared
        kind: think
        say: How did we compare, in your eyes?
        why: Both sides from one question.
"""


def guide_with(old: str, new: str) -> str:
    assert GUIDE.count(old) == 1, f"{old!r} should stand once in the example"
    return GUIDE.replace(old, new)


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(UnreadableFileError) as caught:
        read_guide(text, "loss.yaml")
    return caught.value.problems


def question(when: Condition) -> Question:
    return Question(
        id="q", kind=Kind.FACT, must=False, say="?", why="", probes=(), clarifies=(), when=when
    )


def test_everything_in_the_file_is_in_the_guide() -> None:
    guide = read_guide(GUIDE, "loss.yaml")
    first, second = guide.questions
    assert (guide.id, guide.title, guide.language) == ("loss", "Loss", "en")
    assert guide.outcomes == (Outcome.LOST,)
    assert guide.minutes == 4
    assert first == Question(
        id="alternatives",
        kind=Kind.FACT,
        must=True,
        say="Which other ways did you look at?",
        why="Shows the real competitor.",
        probes=("Who brought that one in?",),
        clarifies=(Clarifies.OTHER_SOLUTIONS,),
        when=Condition(buying_role=(BuyingRole.EVALUATOR,), first_deal=True),
    )
    assert (second.must, second.probes, second.when) == (False, (), Condition())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "kind: fact",
            "kind: facts",
            "loss.yaml:13:15: question 'alternatives': kind is 'facts'; "
            "it takes fact, think, feel or would_do",
        ),
        (
            "must: true",
            "must: yes",
            "loss.yaml:14:15: question 'alternatives': must is 'yes'; it takes true or false",
        ),
        (
            "id: compared",
            "id: alternatives",
            "loss.yaml:23:13: question 'alternatives': another question has this id; "
            "an id is used once in a guide",
        ),
        (
            "probes:",
            "prob:",
            "loss.yaml:17:9: question 'alternatives': unknown key 'prob'; did you mean probes?",
        ),
        (
            "title: Alternatives",
            "titel: Alternatives",
            "loss.yaml:9:5: section 'alternatives': unknown key 'titel'; did you mean title?",
        ),
        (
            "minutes: 4",
            "minutes: four",
            "loss.yaml:10:14: section 'alternatives': minutes is 'four'; "
            "it takes a whole number from 1 up",
        ),
        (
            "outcomes: [lost]",
            "outcomes: [lsot]",
            "loss.yaml:5:12: outcomes is 'lsot'; it takes won, lost, no_decision, renewed or "
            "churned; did you mean lost?",
        ),
        ("outcomes: [lost]", "outcomes: []", "loss.yaml:5:11: outcomes is an empty list"),
        (
            "[lost]",
            "[lost, lost]",
            "loss.yaml:5:18: outcomes names lost twice",
        ),
        (
            "outcomes: [lost]",
            "outcomes: lost",
            "loss.yaml:5:11: outcomes is 'lost'; it takes a list: one entry a line",
        ),
        (
            "id: loss",
            "id: Loss deals",
            "loss.yaml:1:5: id is 'Loss deals'; it takes small letters",
        ),
        (
            "language: en",
            "language: English",
            "loss.yaml:4:11: language is 'English'; it takes a language tag such as en",
        ),
        (
            "{minutes}",
            "{time}",
            "loss.yaml:6:10: {time} cannot be filled in; braces take {contact}, {interviewer}",
        ),
        ("title: Loss", "title:", "loss.yaml:2:7: title is empty; it takes words"),
        (
            "title: Loss",
            "title: 2026",
            "loss.yaml:2:8: title is '2026'; put it in quotes to have it read as words",
        ),
        ("title: Loss", "title: Loss\ntitle: Lost", "loss.yaml:3:1: title is given twice"),
        (
            "say: How did we compare, in your eyes?",
            "tell: x",
            "loss.yaml:23:9: question 'compared': say is missing",
        ),
        (
            "first_deal: true",
            "first_deal: true\n          outcome: [won]",
            "loss.yaml:23:20: question 'alternatives': asked only when won, "
            "but the guide is for lost",
        ),
        (
            "- Who brought that one in?",
            "Who brought that one in?",
            "loss.yaml:18:11: question 'alternatives': probes is 'Who brought that one in?'; "
            "it takes a list",
        ),
    ],
)
def test_a_mistake_is_shown_at_its_place_with_what_it_takes(
    old: str, new: str, message: str
) -> None:
    shown = [str(problem) for problem in problems_of(guide_with(old, new))]
    assert any(line.startswith(message) for line in shown), shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "loss.yaml:1:1: the file is empty"),
        ("- id: loss\n", "loss.yaml:1:1: the file is a list; it takes 'key: value' lines"),
        ("id: loss\ntitle: Loss: deals", "loss.yaml:2:12: a colon in the middle of words"),
        ("id: loss\n\ttitle: x", "loss.yaml:2:1: a tab; indent with spaces"),
        ("id: 'loss\n", "loss.yaml:2:1: a quotation mark is opened and not closed"),
        ("id: loss\ntitle\nabout: x", "loss.yaml:3:1: a line without 'key:'"),
        ("id: loss\n---\nid: win", "loss.yaml:2:1: a second document"),
        ("id: *loss", "loss.yaml:1:5: a word beginning with *"),
        ("id: loss\ntitle: \x07", "loss.yaml:2:8: a character that cannot be printed"),
        ("[" * 5000, "loss.yaml:1:1: the file is nested too deeply"),
    ],
)
def test_what_is_not_yaml_is_explained_in_plain_words(text: str, message: str) -> None:
    (problem,) = problems_of(text)
    assert str(problem).startswith(message)


def test_all_mistakes_are_shown_at_once_in_the_order_of_the_file() -> None:
    text = guide_with("kind: think", "kind: thinks").replace("minutes: 4", "minutes: 0")
    text = text.replace("language: en\n", "")
    assert [(p.line, p.path) for p in problems_of(text)] == [
        (1, "language"),
        (9, "sections[0].minutes"),
        (23, "sections[0].questions[1].kind"),
    ]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    guide = read_guide(GUIDE, "loss.yaml")
    assert read_guide("\ufeff" + GUIDE.replace("\n", "\r\n"), "loss.yaml") == guide


def test_the_checksum_follows_the_content_alone() -> None:
    checksum = checksum_of(read_guide(GUIDE, "loss.yaml"))
    commented = "# Reviewed in May\n" + GUIDE
    reordered = guide_with("id: loss\ntitle: Loss\n", "title: Loss\nid: loss\n")
    reworded = guide_with("in your eyes", "as you see it")
    assert checksum_of(read_guide(commented, "loss.yaml")) == checksum
    assert checksum_of(read_guide(reordered, "elsewhere.yaml")) == checksum
    assert checksum_of(read_guide(reworded, "loss.yaml")) != checksum


def test_the_checksum_stays_the_same_from_one_release_to_the_next() -> None:
    expected = "b2ad0d35857a93505f5922471f69ec5525f429146866e464aa21df94f0d6f07e"
    assert checksum_of(read_guide(GUIDE, "loss.yaml")) == expected


def test_a_guide_comes_back_from_json_as_it_was() -> None:
    guide = read_guide(GUIDE, "loss.yaml")
    back = guide_from(json.loads(json.dumps(content_of(guide))))
    assert back == guide
    assert isinstance(back, Guide)
    assert isinstance(back.questions[0].kind, Kind)


@pytest.mark.parametrize(
    ("when", "situation", "asked"),
    [
        (Condition(), Situation(outcome="lost"), True),
        (Condition(outcome=(Outcome.LOST,)), Situation(outcome="lost"), True),
        (Condition(outcome=(Outcome.LOST,)), Situation(outcome="won"), False),
        (Condition(buying_role=(BuyingRole.USER,)), Situation(buying_role="blocker"), False),
        (
            Condition(competitor_met=("Fenwick", "Built in-house")),
            Situation(competitors_met=frozenset({"Orla", "built in-house"})),
            True,
        ),
        (
            Condition(competitor_met=("Fenwick",)),
            Situation(competitors_met=frozenset()),
            False,
        ),
        (Condition(product=("Customs",)), Situation(product="customs"), True),
        (Condition(product=("Customs",)), Situation(product="Fleet"), False),
        (Condition(first_deal=True), Situation(first_deal=True), True),
        (Condition(first_deal=True), Situation(first_deal=False), False),
        (Condition(first_deal=False), Situation(first_deal=False), True),
        (
            Condition(outcome=(Outcome.LOST,), first_deal=True),
            Situation(outcome="lost", first_deal=False),
            False,
        ),
    ],
)
def test_a_question_is_asked_when_all_its_conditions_hold(
    when: Condition, situation: Situation, asked: bool
) -> None:
    assert applies(question(when), situation) is asked


def test_what_is_not_known_never_hides_a_question() -> None:
    when = Condition(
        outcome=(Outcome.LOST,),
        buying_role=(BuyingRole.USER,),
        competitor_met=("Fenwick",),
        product=("Customs",),
        first_deal=True,
    )
    assert applies(question(when), Situation())


def test_placeholders_are_filled_and_the_rest_is_left() -> None:
    text = "I am {interviewer}, this takes {minutes} minutes."
    words = {Placeholder.INTERVIEWER: "Ada Byrne"}
    assert fill(text, words) == "I am Ada Byrne, this takes {minutes} minutes."


def test_the_json_schema_is_sound_and_takes_the_example() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(yaml.safe_load(GUIDE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: fact", "kind: facts"),
        ("probes:", "prob:"),
        ("minutes: 4", "minutes: 0"),
        ("outcomes: [lost]", "outcomes: []"),
        ("id: loss", "id: Loss deals"),
        ("language: en", "language: English"),
        ("title: Loss", "title: ' '"),
        ("buying_role: [evaluator]", "buying_role: [boss]"),
        ("clarifies: [other_solutions]", "clarifies: [everything]"),
        ("        why: Both sides from one question.\n", ""),
    ],
)
def test_the_json_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    text = guide_with(old, new)
    assert problems_of(text)
    assert not Draft202012Validator(SCHEMA).is_valid(yaml.safe_load(text))


def test_the_json_schema_knows_the_same_words_as_the_reader() -> None:
    defined = SCHEMA["$defs"]
    question_fields = defined["question"]["properties"]
    condition_fields = defined["condition"]["properties"]
    assert question_fields["kind"]["enum"] == list(Kind)
    assert question_fields["clarifies"]["items"]["enum"] == list(Clarifies)
    assert defined["outcome"]["enum"] == list(Outcome)
    assert condition_fields["buying_role"]["items"]["enum"] == list(BuyingRole)


def test_a_guide_speaks_the_same_words_as_deals_and_interviews() -> None:
    """The reader is pure, so it cannot borrow these words from the tables."""
    assert set(Outcome) == set(deals.DECIDED)
    assert list(BuyingRole) == list(deals.BuyingRole)
    assert list(Kind) == list(interviews.Kind)
