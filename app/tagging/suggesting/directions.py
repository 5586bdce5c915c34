"""Whether a sentence speaks well or badly of what it is about. Pure.

Words that judge say so from the first day; what was learnt takes over where it beats them. Which
way that speaks for us depends on whom it is said of: see `said_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.tagging.suggesting.examples import Example
from app.tagging.suggesting.judgement import leaning, words_that_judge
from app.tagging.suggesting.keywords import Keywords

if TYPE_CHECKING:
    from app.tagging.suggesting.model import Model

GOOD, BAD = "good", "bad"
_LEANS = {1: GOOD, -1: BAD, 0: None}
#: What stands before whom something is measured against.
_COMPARED_WITH = re.compile(
    r"\b(?:than|(?:compared|next) (?:to|with)|unlike|as|"
    r"als|wie|verglichen mit|que|comparado con|comparé à)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Directions:
    """What judges sentences. `learnt` is None while the words that judge stand."""

    learnt: Model | None = None

    def judge(self, texts: Sequence[str]) -> list[str | None]:
        """GOOD, BAD, or None where the words do not say."""
        if self.learnt is None:
            return [_LEANS[leaning(text)] for text in texts]
        return [
            next((one.tag for one in found if one.is_sure), None)
            for found in self.learnt.suggest(texts)
        ]


def learn_directions(examples: Sequence[Example]) -> Directions:
    """By sentences that are each GOOD or BAD; runs in the worker."""
    from app.tagging.suggesting.training import train  # brings numpy

    good, bad = words_that_judge()
    model = train(examples, Keywords({GOOD: good, BAD: bad}))
    return Directions(model if model.learnt is not None else None)


def said_of(text: str, names: Iterable[tuple[int, int]]) -> bool:
    """Whether one of these names (code points [start, end)) is what the sentence speaks of, and
    not only what something is measured against: 'dearer than Fenwick' is not said of Fenwick."""
    return any(_COMPARED_WITH.search(text[:start]) is None for start, _ in names)
