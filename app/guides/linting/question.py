"""The build of a question: what is said before it, how it is asked, who does what in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.tokens import Words


class Form(StrEnum):
    """How a question is asked."""

    OPEN = "open"
    """By a wh-word: what happened?"""
    POLAR = "polar"
    """By a verb in front: did it happen?"""
    REQUEST = "request"
    """By asking for words: tell me about it; can you walk me through it?"""
    STATEMENT = "statement"
    """By the order of a statement: so it happened?"""
    FRAGMENT = "fragment"
    """Without a verb: anything else?"""


class LeadKind(StrEnum):
    """What stands before the main clause."""

    CONDITION = "condition"
    TIME = "time"
    PREMISE = "premise"
    PHRASE = "phrase"
    STATEMENT = "statement"


@dataclass(slots=True)
class Lead:
    """A clause or phrase before the main clause, from one word up to another."""

    first: int
    after: int
    kind: LeadKind


@dataclass(slots=True)
class Question:
    """A question as read: places are numbers of words, -1 where there is none."""

    words: Words
    sentences: list[tuple[int, int]]
    main: tuple[int, int]
    form: Form = Form.FRAGMENT
    head: int = 0
    """Where the main clause begins, after openers, leads and the frame of a request."""
    frame: tuple[int, int] = (0, 0)
    leads: list[Lead] = field(default_factory=list)
    wh: int = -1
    aux: int = -1
    subject: tuple[int, int] = (-1, -1)
    verb: int = -1
    hedged: bool = False
    line: str = ""
    """The words joined by blanks, those in quotation marks left out."""
    spaced: str = ""
    """The line with a blank before it, so that a blank stands before every word."""
    line_starts: list[int] = field(default_factory=list)
    low: list[str] = field(init=False)
    tags: str = field(init=False)

    def __post_init__(self) -> None:
        # Every rule reads these two over and over.
        self.low = self.words.low
        self.tags = self.words.tags

    def word_at(self, place: int) -> int:
        """Return the number of the word that stands at a place of the line."""
        return bisect_right(self.line_starts, place) - 1

    @property
    def end(self) -> int:
        return self.main[1]

    @property
    def wh_word(self) -> str:
        return self.low[self.wh] if self.wh >= 0 else ""

    @property
    def modal(self) -> str:
        """The modal of the main clause, or ''."""
        return self.low[self.aux] if self.aux >= 0 and self.tags[self.aux] == "M" else ""

    @property
    def negated(self) -> bool:
        return self.aux >= 0 and "T" in self.tags[self.aux + 1 : self.subject[1] + 1]

    def base(self, at: int) -> str:
        """The base form of the verb at a place; the word itself where it is none we know."""
        return FORMS.get(self.low[at], (self.low[at], ""))[0] if at >= 0 else ""

    @property
    def subject_words(self) -> list[str]:
        return self.low[self.subject[0] : self.subject[1]] if self.subject[0] >= 0 else []
