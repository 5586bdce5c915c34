"""'Do we know why?': what nine things became clear by, and what to ask where they are open."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.guides.linting import Level, lint
from app.guides.reading import Clarifies
from app.interviews.clarity import QUESTIONS, Person, next_to_ask, nine_things, whom_to_ask


@dataclass(frozen=True)
class Asked:
    question_id: str
    clarifies: tuple[Clarifies, ...]
    is_answered: bool = False
    is_skipped: bool = False
    must: bool = False

    @property
    def say(self) -> str:
        return f"{self.question_id}?"


def topic_of(*questions: Asked, topic: Clarifies = Clarifies.ROLES):
    return next(one for one in nine_things(questions) if one.topic is topic)


def test_there_are_nine_and_all_are_open_before_anybody_spoke():
    topics = nine_things(())
    assert [one.topic for one in topics] == list(Clarifies)
    assert len(topics) == 9
    assert not any(one.is_clear for one in topics)


def test_a_thing_is_clear_by_the_answers_that_say_it():
    who = Asked("who", (Clarifies.RIGHT_PEOPLE, Clarifies.ROLES), is_answered=True)
    found = topic_of(who, Asked("stakes", (Clarifies.ROLES,)))
    assert found.is_clear
    assert found.answered == (who,)
    assert not topic_of(who, topic=Clarifies.RETURN).is_clear


def test_what_is_open_names_the_guides_question_the_one_that_must_be_asked_first():
    may = Asked("may", (Clarifies.ROLES,))
    must = Asked("must", (Clarifies.ROLES,), must=True)
    assert (topic_of(may, must).ask, topic_of(may, must).ask_id) == ("must?", "must")


def test_a_question_passed_over_is_not_asked_again_another_one_is():
    passed = Asked("passed", (Clarifies.ROLES,), is_skipped=True)
    found = topic_of(passed)
    assert (found.ask, found.ask_id) == (QUESTIONS[Clarifies.ROLES], "")


def test_what_the_guide_still_asks_goes_before_what_it_does_not():
    asked = [Asked(topic, (topic,), is_answered=True) for topic in list(Clarifies)[1:-1]]
    last = Asked("last", (Clarifies.RETURN,))
    assert next_to_ask(nine_things([*asked, last])).ask_id == "last"
    done = [*asked, Asked("a", (Clarifies.RIGHT_PEOPLE, Clarifies.RETURN), is_answered=True)]
    assert next_to_ask(nine_things(done)) is None


@pytest.mark.parametrize("topic", list(Clarifies))
def test_the_questions_of_ones_own_are_good_ones(topic: Clarifies):
    assert not [one for one in lint(QUESTIONS[topic]) if one.level is Level.ERROR]


def test_whoever_was_not_heard_is_asked_and_of_those_who_knows_best():
    user = Person("Una", "user", was_heard=False)
    payer = Person("Pia", "economic_buyer", was_heard=False)
    heard = Person("Hal", "economic_buyer", was_heard=True)
    assert whom_to_ask(Clarifies.RETURN, [user, heard, payer]) == [payer, user]


def test_where_all_were_heard_only_those_who_know_are_asked_again():
    user = Person("Una", "user", was_heard=True)
    payer = Person("Pia", "economic_buyer", was_heard=True)
    assert whom_to_ask(Clarifies.RETURN, [user, payer]) == [payer]
    assert whom_to_ask(Clarifies.RETURN, []) == []
