"""A buyer's way through the questions: one a page, three at a time, at most twelve. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.interviews.conversation import Turn

AT_A_TIME = 3
MOST = 12
#: An answer of fewer words is asked about once more.
_THIN = 9


@dataclass(frozen=True)
class Course:
    """The questions, numbered from 1."""

    turns: Sequence[Turn]

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> Course:
        return cls(turns[:MOST])

    def turn(self, number: int) -> Turn | None:
        return self.turns[number - 1] if 1 <= number <= len(self.turns) else None

    @property
    def answered(self) -> int:
        return sum(turn.is_answered for turn in self.turns)

    @property
    def next_number(self) -> int | None:
        """Where to go on: after the last question that was answered or passed over; None at the
        end."""
        seen = [n for n, turn in enumerate(self.turns, 1) if turn.is_answered or turn.is_skipped]
        following = (seen[-1] if seen else 0) + 1
        return following if following <= len(self.turns) else None

    def is_rest(self, number: int) -> bool:
        """Whether the buyer is asked after this question if they would answer three more."""
        return number % AT_A_TIME == 0 and number < len(self.turns)

    def stage(self, number: int) -> tuple[int, int]:
        """Which of how many questions it is, of those the buyer has agreed to answer."""
        agreed = -(-number // AT_A_TIME) * AT_A_TIME
        return number, min(agreed, len(self.turns))

    def left_after(self, number: int) -> int:
        """How many more would follow a rest."""
        return min(AT_A_TIME, len(self.turns) - number)


def is_thin(text: str) -> bool:
    """Something was said, but so little that an example would help."""
    return 0 < len(text.split()) < _THIN
