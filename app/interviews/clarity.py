"""'Do we know why?': nine things that a deal's conversations should have made clear, and what to
ask, of whom, where they have not. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from app.guides.reading import BuyingRole, Clarifies

MOST_TO_ASK = 2

#: Asked where the guide has no question left that would make it clear.
QUESTIONS: Mapping[Clarifies, str] = {
    Clarifies.RIGHT_PEOPLE: "Who took part in the decision?",
    Clarifies.ROLES: "What was at stake for each of those who took part?",
    Clarifies.DECISION_PROCESS: "What steps led from the first conversation to the decision?",
    Clarifies.PRIORITIES: "What mattered most to you at the time?",
    Clarifies.PROBLEM_AND_COST: "What, if anything, did carrying on as before cost you?",
    Clarifies.OTHER_SOLUTIONS: "Which other ways of solving this did you look at?",
    Clarifies.LIKES_DISLIKES: "What, if anything, stood out to you about us?",
    Clarifies.VIEW_OF_COMPETITION: "How did the others compare, in your eyes?",
    Clarifies.RETURN: "What return on the money, if any, had you worked out?",
}

#: Who can tell best, the best first.
_KNOWS: Mapping[Clarifies, tuple[BuyingRole, ...]] = {
    Clarifies.RIGHT_PEOPLE: (BuyingRole.CHAMPION, BuyingRole.EVALUATOR),
    Clarifies.ROLES: (BuyingRole.CHAMPION, BuyingRole.DECISION_MAKER),
    Clarifies.DECISION_PROCESS: (BuyingRole.DECISION_MAKER, BuyingRole.CHAMPION),
    Clarifies.PRIORITIES: (BuyingRole.DECISION_MAKER, BuyingRole.ECONOMIC_BUYER),
    Clarifies.PROBLEM_AND_COST: (BuyingRole.USER, BuyingRole.EVALUATOR),
    Clarifies.OTHER_SOLUTIONS: (BuyingRole.EVALUATOR, BuyingRole.CHAMPION),
    Clarifies.LIKES_DISLIKES: (BuyingRole.USER, BuyingRole.EVALUATOR),
    Clarifies.VIEW_OF_COMPETITION: (BuyingRole.EVALUATOR, BuyingRole.DECISION_MAKER),
    Clarifies.RETURN: (BuyingRole.ECONOMIC_BUYER, BuyingRole.DECISION_MAKER),
}


class Question(Protocol):
    """A question of a conversation, as far as this goes."""

    @property
    def question_id(self) -> str: ...
    @property
    def say(self) -> str: ...
    @property
    def must(self) -> bool: ...
    @property
    def clarifies(self) -> tuple[Clarifies, ...]: ...
    @property
    def is_answered(self) -> bool: ...
    @property
    def is_skipped(self) -> bool: ...


Q = TypeVar("Q", bound=Question)


@dataclass(frozen=True)
class Topic(Generic[Q]):
    """One of the nine things: the answers that made it clear, and else what to ask next.
    `ask_id` names the question of the guide, where it is one of its own."""

    topic: Clarifies
    answered: tuple[Q, ...]
    ask: str
    ask_id: str = ""

    @property
    def is_clear(self) -> bool:
        return bool(self.answered)


def nine_things(questions: Sequence[Q]) -> list[Topic[Q]]:
    """Each of the nine, in their order, as one or several conversations have left it."""
    return [_topic(topic, questions) for topic in Clarifies]


def next_to_ask(topics: Sequence[Topic[Q]]) -> Topic[Q] | None:
    """What to ask next: what the guide still asks goes before what it does not."""
    open_topics = [topic for topic in topics if not topic.is_clear]
    return min(open_topics, key=lambda topic: not topic.ask_id, default=None)


@dataclass(frozen=True)
class Person:
    """Somebody who took part, and whether they were heard."""

    name: str
    role: str | None
    was_heard: bool


def whom_to_ask(topic: Clarifies, people: Sequence[Person]) -> list[Person]:
    """Who could make it clear: whoever was not heard yet first, and of those who knows best."""
    roles = _KNOWS[topic]

    def rank(person: Person) -> tuple[bool, int]:
        known = roles.index(BuyingRole(person.role)) if person.role in roles else len(roles)
        return person.was_heard, known

    fitting = [one for one in people if not one.was_heard or one.role in roles]
    return sorted(fitting, key=rank)[:MOST_TO_ASK]


def _topic(topic: Clarifies, questions: Sequence[Q]) -> Topic[Q]:
    about = [one for one in questions if topic in one.clarifies]
    answered = tuple(one for one in about if one.is_answered)
    left = [one for one in about if not one.is_answered and not one.is_skipped]
    following = min(left, key=lambda one: not one.must, default=None)
    if following is None:
        return Topic(topic, answered, QUESTIONS[topic])
    return Topic(topic, answered, following.say, following.question_id)
