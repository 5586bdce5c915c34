"""What the linter says of a question: the rule, where, why it matters, a better wording."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """An error stops publishing, a warning is a doubt, a note is a thought."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Rule:
    """A rule of docs/questions.md; `why` is one line for the person who wrote the question."""

    name: str
    level: Level
    why: str


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "hypothetical",
            Level.ERROR,
            "A guess about what might be is not a fact; ask what happened.",
        ),
        Rule("pitch", Level.ERROR, "This sells; whoever feels sold to stops telling."),
        Rule("leading", Level.ERROR, "The question holds its own answer."),
        Rule("tag_question", Level.ERROR, "The end of the sentence asks them to agree."),
        Rule("loaded", Level.ERROR, "This word judges for them; let them choose their own."),
        Rule(
            "double_barrelled",
            Level.ERROR,
            "Two questions in one: they answer the easier, and you cannot tell which.",
        ),
        Rule(
            "two_question_marks",
            Level.ERROR,
            "Two questions at once: only the last one gets an answer.",
        ),
        Rule(
            "knowledge",
            Level.WARNING,
            "They cannot know what goes on in others; ask what they saw, or what they think.",
        ),
        Rule(
            "opinion_in_fact",
            Level.WARNING,
            "This asks for a view, but is marked as a fact; ask what happened.",
        ),
        Rule(
            "presuming",
            Level.WARNING,
            "This takes for granted what they have not said; leave room for 'nothing'.",
        ),
        Rule("closed", Level.WARNING, "One word answers it, and the talk ends there."),
        Rule(
            "absolute",
            Level.WARNING,
            "'Always' and 'never' are seldom true; ask about one time.",
        ),
        Rule(
            "jargon",
            Level.WARNING,
            "Not everybody knows this word; say it in plain words.",
        ),
        Rule("long", Level.WARNING, "Long: by the end of it the beginning is forgotten."),
        Rule(
            "usually",
            Level.NOTE,
            "'Usually' gets the rule they would like to have; ask about the last time.",
        ),
        Rule("opening_why", Level.NOTE, "'Why' sounds like an accusation; try 'what led to'."),
    )
}


@dataclass(frozen=True)
class Finding:
    """One thing to mend; `span` counts code points of the text, `attempt` may be empty."""

    rule: str
    level: Level
    span: tuple[int, int]
    why: str
    attempt: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "level": self.level.value,
            "span": list(self.span),
            "why": self.why,
            "try": self.attempt,
        }
