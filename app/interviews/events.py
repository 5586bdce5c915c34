"""What interviews tells later rooms, inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InterviewHeld:
    """A buyer was heard; the deal now counts among those heard."""

    interview_id: int


@dataclass(frozen=True)
class InterviewMoved:
    """The interview's state changed (also when it was held)."""

    interview_id: int


@dataclass(frozen=True)
class AnswerRevised:
    """An answer has new words; `number` is the new revision's."""

    answer_id: int
    number: int


@dataclass(frozen=True)
class ScopeChanged:
    """The buyer allowed more or less of their words."""

    interview_id: int
