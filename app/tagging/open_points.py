"""What interview and capture left open, and what a tagger wants to come back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.interviews.confidence import is_exact
from app.interviews.models import Answer, Taken
from app.tagging.models import Tag, Weight
from app.tagging.operations import asks_what_if
from app.tagging.queries import Quote


@dataclass(frozen=True)
class OpenPoints:
    """`taken`: answers of which nobody said whose words they are. `what_if`: what decided against
    us, without what they would have decided had we had it."""

    taken: list[Answer]
    what_if: list[Tag]
    come_back: list[Tag]
    without_reason: int

    @property
    def is_empty(self) -> bool:
        return not (self.taken or self.what_if or self.come_back or self.without_reason)


def open_points(answers: Sequence[Answer], quotes: Sequence[Quote]) -> OpenPoints:
    tags = [tag for quote in quotes for tag in quote.tags]
    return OpenPoints(
        taken=[answer for answer in answers if is_taken_open(answer)],
        what_if=[tag for tag in tags if _is_what_if_open(tag)],
        come_back=[tag for tag in tags if tag.comes_back],
        without_reason=sum(tag.reason is None and not tag.comes_back for tag in tags),
    )


def is_taken_open(answer: Answer) -> bool:
    """Whether nobody knows whose words these are: they were pasted."""
    return bool(answer.text.strip()) and answer.taken is Taken.PASTED and not is_exact(answer)


def _is_what_if_open(tag: Tag) -> bool:
    is_decisive = tag.weight is Weight.DECISIVE
    return asks_what_if(tag.direction, is_decisive=is_decisive) and tag.counterfactual is None
