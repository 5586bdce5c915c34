"""The guides that come with the product keep the rules that docs/guides.md teaches."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.guides.languages import missing_texts
from app.guides.linting import lint
from app.guides.reading import (
    Channel,
    Clarifies,
    Guide,
    Kind,
    Outcome,
    Placeholder,
    Question,
    Situation,
    applies,
    read_guide,
)

FOLDER = Path("interview_guides")
FILES = sorted(FOLDER.glob("*.yaml"))
GUIDES = {path.stem: read_guide(path.read_text(encoding="utf-8"), path.name) for path in FILES}
SPOKEN = [guide for guide in GUIDES.values() if guide.channel is Channel.SPOKEN]
LONG = [guide for guide in SPOKEN if guide.id != "short"]
WRITTEN = GUIDES["written"]

ORDER_OF_KINDS = list(Kind)
CLOSING = ["not_asked", "whom_else", "may_we_quote"]
BUYERS_WAY = [
    "what_changed",
    "pain",
    "needs",
    "alternatives",
    "people",
    "whys",
    "differentiators",
    "value",
    "risk",
    "decision",
    "close",
]
OPEN_WORDS = ("what", "which", "who", "whom", "whose", "how", "when", "where", "at what point")
OPEN_PHRASES = (
    "can you walk me through",
    "in your eyes, what",
    "in your view, what",
    "in what form",
    "if ",
)
HYPOTHETICAL = r"\b(would|could|might|will|if you|imagine|suppose)\b"
OPINION = r"\b(think|feel|believe|opinion|prefer|satisfied|important|view|eyes)\b"
NEVER = (
    r"\b(always|never|everyone|everybody|all|most people|why do|know|usually"
    r"|great|amazing|terrible|painful|outdated|innovative|easy|obviously|surely)\b"
)


def every_guide() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)


def every_spoken_guide() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("guide", SPOKEN, ids=lambda guide: guide.id)


def breaking(rule: Callable[[Question], bool]) -> list[str]:
    """The questions of all guides that do not keep a rule."""
    return [f"{g.id}: {q.say}" for g in GUIDES.values() for q in g.questions if not rule(q)]


def test_the_guides_are_there_under_their_names() -> None:
    assert set(GUIDES) == {"win", "loss", "no_decision", "renewal", "churn", "short", "written"}
    assert all(guide.id == name for name, guide in GUIDES.items())


def test_every_outcome_has_a_guide_of_thirty_minutes_and_the_short_form() -> None:
    assert sorted(outcome for guide in LONG for outcome in guide.outcomes) == sorted(Outcome)
    assert set(GUIDES["short"].outcomes) == set(Outcome)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_json_schema_takes_the_file(path: Path) -> None:
    schema = json.loads((FOLDER / "guide.schema.json").read_text(encoding="utf-8"))
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(content)


@pytest.mark.parametrize("guide", LONG, ids=lambda guide: guide.id)
def test_a_full_guide_takes_thirty_minutes_along_the_buyers_way(guide: Guide) -> None:
    assert guide.minutes == 30
    assert [section.id for section in guide.sections] == BUYERS_WAY
    assert 20 <= len(guide.questions) <= 26
    assert 9 <= sum(question.must for question in guide.questions) <= 10


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_short_form_asks_eight_or_nine_questions_in_fifteen_minutes(outcome: Outcome) -> None:
    guide = GUIDES["short"]
    asked = [q for q in guide.questions if applies(q, Situation(outcome=outcome))]
    assert guide.minutes == 15
    assert 8 <= len(asked) <= 9


@every_spoken_guide()
def test_facts_come_first_in_each_section_then_think_feel_would_do(guide: Guide) -> None:
    for section in guide.sections:
        kinds = [ORDER_OF_KINDS.index(question.kind) for question in section.questions]
        assert all(before <= after for before, after in pairwise(kinds)), section.id
        assert section.id == "close" or section.questions[0].kind is Kind.FACT, section.id


@every_spoken_guide()
def test_a_guide_closes_by_asking_what_was_missed_whom_else_to_ask_and_how_to_quote(
    guide: Guide,
) -> None:
    close = guide.sections[-1]
    assert [question.id for question in close.questions] == CLOSING
    assert all(question.must for question in close.questions)


@every_guide()
def test_a_must_is_asked_of_everybody(guide: Guide) -> None:
    assert all(applies(q, Situation(outcome=o)) for q in guide.questions if q.must for o in Outcome)


@every_guide()
def test_a_guide_can_make_clear_all_that_we_want_to_know(guide: Guide) -> None:
    assert {point for question in guide.questions for point in question.clarifies} == set(Clarifies)


@every_spoken_guide()
def test_the_opening_says_who_how_long_no_selling_and_how_words_are_used(guide: Guide) -> None:
    assert "not here to sell" in guide.opening or "not here to win you back" in guide.opening
    for placeholder in (Placeholder.INTERVIEWER, Placeholder.COMPANY, Placeholder.MINUTES):
        assert f"{{{placeholder}}}" in guide.opening
    for words in ("name", "role only", "never quoted", "change that later", "stop when you like"):
        assert words in guide.opening


def test_questions_are_short() -> None:
    assert breaking(lambda q: len(q.say.split()) <= 25 and q.say.count(",") < 3) == []


def test_questions_ask_once() -> None:
    assert breaking(lambda q: q.say.endswith("?") and q.say.count("?") == 1) == []


def test_questions_ask_for_one_thing() -> None:
    assert breaking(lambda q: not re.search(r"\b(and|or)\b", q.say)) == []


def test_questions_are_open() -> None:
    assert breaking(lambda q: q.say.lower().startswith(OPEN_WORDS + OPEN_PHRASES)) == []


def test_questions_use_plain_unloaded_words() -> None:
    acronym = r"\b[A-Z]{2,}\b"
    assert breaking(lambda q: not re.search(NEVER, q.say, re.IGNORECASE)) == []
    assert breaking(lambda q: not re.search(acronym, q.say)) == []


def test_fact_questions_hold_neither_the_hypothetical_nor_opinion() -> None:
    unfit = rf"{HYPOTHETICAL}|{OPINION}"
    assert breaking(lambda q: q.kind != Kind.FACT or not re.search(unfit, q.say.lower())) == []


def test_questions_say_in_a_line_why_they_are_asked() -> None:
    assert breaking(lambda q: len(q.why.split()) <= 25) == []


def test_questions_have_short_probes() -> None:
    assert breaking(lambda q: 1 <= len(q.probes) <= 4) == []
    assert breaking(lambda q: all(p.endswith("?") and len(p.split()) <= 10 for p in q.probes)) == []


def test_a_question_asked_in_several_guides_is_of_the_same_kind_in_each() -> None:
    kinds: dict[str, set[Kind]] = {}
    for guide in GUIDES.values():
        for question in guide.questions:
            kinds.setdefault(question.id, set()).add(question.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_who_bought_is_asked_about_use_satisfaction_money_and_doing_without() -> None:
    for name in ("win", "renewal"):
        value = next(section for section in GUIDES[name].sections if section.id == "value")
        asked = {question.id for question in value.questions}
        assert {"use", "satisfaction", "money_made", "without_it"} <= asked
    win = {question.id: question.say for question in GUIDES["win"].questions}
    assert win["without_it"] == "How would you feel if you could no longer use it?"


def test_the_linter_finds_nothing_in_the_questions_of_any_guide() -> None:
    found = [
        f"{guide.id}: {question.say}: {finding.rule}"
        for guide in GUIDES.values()
        for question in guide.questions
        for finding in lint(question.say, question.kind)
    ]
    assert found == []


def test_the_written_guide_begins_with_three_questions_for_everybody_in_five_minutes() -> None:
    first = WRITTEN.sections[0]
    assert first.minutes == 5
    assert [question.must for question in WRITTEN.questions].count(True) == 3
    assert all(question.must for question in first.questions)
    assert "three questions, about five minutes" in WRITTEN.opening


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_written_guide_asks_everybody_at_most_twelve_three_at_a_time(outcome: Outcome) -> None:
    asked = [
        sum(applies(question, Situation(outcome=outcome)) for question in section.questions)
        for section in WRITTEN.sections
    ]
    assert asked == [3, 3, 3, 3]


@every_guide()
@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_a_guide_is_whole_in_every_language(guide: Guide, language: str) -> None:
    assert language in guide.languages
    assert missing_texts(guide, language) == []


def test_a_translation_has_as_many_probes_as_the_question() -> None:
    for guide in GUIDES.values():
        for question in guide.questions:
            counts = {len(words.probes) for words in question.translations.values()}
            assert counts == {len(question.probes)}, f"{guide.id}: {question.id}"


def test_a_translated_question_asks_once_and_is_short() -> None:
    said = [
        words.say
        for guide in GUIDES.values()
        for question in guide.questions
        for words in question.translations.values()
    ]
    assert [say for say in said if say.count("?") != 1 or len(say.split()) > 25] == []


def test_the_written_guide_says_who_asks_that_nothing_is_sold_and_how_words_are_used() -> None:
    for words in ("sell you anything", "name", "role only", "never quoted", "change that later"):
        assert words in WRITTEN.opening


@every_guide()
def test_an_opening_says_who_asks_and_for_whom_in_every_language(guide: Guide) -> None:
    for opening in (guide.opening, *(words.opening for words in guide.translations.values())):
        for placeholder in (Placeholder.CONTACT, Placeholder.INTERVIEWER, Placeholder.COMPANY):
            assert f"{{{placeholder}}}" in opening


def test_the_guide_in_the_documentation_can_be_read() -> None:
    page = Path("docs/guides.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert read_guide(example, "docs/guides.md").id == "our_loss"


def test_the_documentation_lists_every_shipped_guide_with_its_minutes() -> None:
    page = Path("docs/guides.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)\.yaml` \|.*\| (\d+) \|$", page, re.MULTILINE)
    assert {name: int(minutes) for name, minutes in listed} == {
        name: guide.minutes for name, guide in GUIDES.items()
    }
