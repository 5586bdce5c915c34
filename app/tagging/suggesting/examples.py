"""What there is to learn from. Pure."""

from __future__ import annotations

from dataclasses import dataclass

#: Changes when what was learnt before could no longer be understood.
FORMAT = 2


@dataclass(frozen=True)
class Example:
    """A sentence and the tags a person gave it: none is a lesson too. Sentences of one `group`
    (an interview) are held out together; without a group each stands alone."""

    text: str
    tags: frozenset[str]
    group: str = ""
