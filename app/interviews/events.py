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
class InterviewArranged:
    """Its time, or who holds it, changed."""

    interview_id: int


@dataclass(frozen=True)
class AnswerRevised:
    """An answer has new words; `number` is the new revision's."""

    answer_id: int
    number: int


@dataclass(frozen=True)
class BuyerChangedWords:
    """The buyer corrected, confirmed, narrowed or withdrew what they said: what was printed of it
    no longer holds."""

    interview_id: int


@dataclass(frozen=True)
class WordsDeleted:
    """The buyer had their words deleted; whoever keeps a copy deletes it too."""

    interview_id: int


@dataclass(frozen=True)
class ScopeChanged:
    """The buyer allowed more or less of their words."""

    interview_id: int
