"""Rules that look for words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LOOKS: tuple[tuple[str, str], ...] = (
    ("tag_question", r",\s*(?:right|correct|isn't it|wasn't it|don't you think|yes|no)\s*\?"),
    ("leading", r"\b(?:don't|doesn't|didn't|isn't|aren't|wasn't|wouldn't|won't) (?:you|it|our)\b"),
    ("leading", r"\b(?:surely|obviously|would you agree|do you agree)\b"),
    ("pitch", r"\b(?:did you know|are you aware|we (?:also|now) offer|would you be interested)\b"),
    ("loaded", r"\b(?:painful|outdated|great|terrible|awful|amazing|excellent|clunky|horrible)\b"),
    ("double_barrelled", r"\b(?:and|or) (?:how|what|why|who|when|where|which)\b"),
    ("knowledge", r"^what (?:is|are|was|were) (?:\w+\s)?[\w']+'s (?:strategy|plans?|roadmap)\b"),
    ("presuming", r"\bwhat (?:problems?|difficulties|challenges|issues) (?:did|do|have)\b"),
    ("absolute", r"\b(?:always|never|everyone|everybody|nobody)\b"),
    ("jargon", r"\b(?:leverage|synergy|synergies|low-hanging|value-add)\b"),
    ("usually", r"\b(?:usually|typically|generally|normally)\b"),
    ("opening_why", r"^why\b"),
)  # fmt: skip
_RULES = [(rule, re.compile(look, re.IGNORECASE)) for rule, look in _LOOKS]
_HYPOTHETICAL = re.compile(r"\b(?:would|will|might|could)\b", re.IGNORECASE)
_OPINION = re.compile(r"\b(?:think|feel|believe|important|expect|prefer)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"^(?:do|does|did|is|are|was|were|have|has|had|will|would|should)\b", re.IGNORECASE
)


def keyword_findings(text: str, kind: str | None) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each rule that a word of the text trips, and where."""
    looks = list(_RULES)
    if kind == "fact":
        looks += [("hypothetical", _HYPOTHETICAL), ("opinion_in_fact", _OPINION)]
    looks.append(("closed", _CLOSED))
    for rule, look in looks:
        if match := look.search(text):
            yield rule, match.span()
    if text.count("?") > 1:
        yield "two_question_marks", (text.index("?"), text.rindex("?") + 1)
    if len(text.split()) > 25 or text.count(",") > 3:
        yield "long", (0, len(text))
