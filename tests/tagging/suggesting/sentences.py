"""Sentences of an invented workshop, by what they are about; always the same."""

from __future__ import annotations

import random

from app.tagging.suggesting.examples import Example

_SAID = {
    "price": ["the quote was steep", "they wanted a fortune", "the other offer cost half as much"],
    "support": ["nobody answered our tickets", "the helpdesk rang back", "we waited on the line"],
    "speed": ["pages took ages to open", "it crawled on Mondays", "reports came in a blink"],
}
_AROUND = ["In March", "Honestly", "As far as I saw", "For our team", "At the second site", "Then"]


def examples(count: int) -> list[Example]:
    """Of each, one or two things said, with something around it."""
    draw = random.Random(3)
    made = []
    for _ in range(count):
        tags = draw.sample(sorted(_SAID), draw.choice([1, 1, 2]))
        said = " and ".join(draw.choice(_SAID[tag]) for tag in tags)
        made.append(Example(f"{draw.choice(_AROUND)} {said}.", frozenset(tags)))
    return made
