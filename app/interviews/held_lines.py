"""What a line of a file says of an interview already held: its deal, its contact, answers and tags.

Pure: no database, no web.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

OUTCOMES = ("won", "lost", "no_decision", "renewed", "churned", "invalid", "open")
BUYING_ROLES = ("evaluator", "decision_maker", "economic_buyer", "user", "champion", "blocker")
SCOPES = ("name", "role", "count")
KINDS = ("fact", "think", "feel", "would_do")
TAKEN = ("written", "transcript", "typed", "notes", "dictated", "pasted")
DIRECTIONS = ("for", "against", "neutral")
WEIGHTS = ("decisive", "contributing", "mentioned", "table_stakes")
LAYERS = ("surface", "probed")


@dataclass(frozen=True)
class TagLine:
    """A span of an answer, and what is said of it. Without a reason it only has its direction."""

    start: int
    end: int
    reason: str
    direction: str
    weight: str
    layer: str
    evidence: str
    differentiator: str
    competitor: str


@dataclass(frozen=True)
class AnswerLine:
    question: str
    kind: str
    taken: str
    text: str
    tags: tuple[TagLine, ...]


@dataclass(frozen=True)
class DealLine:
    external_id: str
    name: str
    account: str
    outcome: str
    closed_on: date | None
    amount: Decimal | None
    currency: str
    segment: str
    product: str
    competitors: tuple[str, ...]
    lost_to: str


@dataclass(frozen=True)
class ContactLine:
    name: str
    title: str
    email: str
    buying_role: str

    @property
    def is_somebody(self) -> bool:
        return bool(self.name or self.title or self.email)


@dataclass(frozen=True)
class InterviewLine:
    """One interview as its line says."""

    external_id: str
    deal: DealLine
    contact: ContactLine
    held_on: date
    scope: str
    answers: tuple[AnswerLine, ...]
    #: Fields that nobody knows, each with the likely one.
    ignored: tuple[str, ...] = ()

    @property
    def checksum(self) -> str:
        """Changes with what the line says, not with how it is written."""
        said = replace(self, ignored=())
        content = json.dumps(asdict(said), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def spans(self) -> int:
        """How many quotes it holds: one span is one quote, however often it is tagged."""
        return sum(len({(tag.start, tag.end) for tag in answer.tags}) for answer in self.answers)

    @property
    def tags(self) -> int:
        """How many tags it holds; a span without a reason is not tagged."""
        return sum(
            len({(tag.start, tag.end, tag.reason) for tag in answer.tags if tag.reason})
            for answer in self.answers
        )
