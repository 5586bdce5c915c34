"""The rules in the order in which they look at a question."""

from __future__ import annotations

from collections.abc import Iterator

from app.guides.linting.closed import closed
from app.guides.linting.double_barrelled import double_barrelled
from app.guides.linting.fact_in_view import fact_in_view
from app.guides.linting.hits import Hit, RuleFunction
from app.guides.linting.hypothetical import hypothetical
from app.guides.linting.kind_fit import opinion_in_fact
from app.guides.linting.knowledge import knowledge
from app.guides.linting.leading import leading, tag_question
from app.guides.linting.loaded import loaded
from app.guides.linting.pitch import pitch
from app.guides.linting.presupposition import presupposition
from app.guides.linting.question import Question
from app.guides.linting.wording import long, two_question_marks, wording

OF_EVERY_LANGUAGE: tuple[RuleFunction, ...] = (two_question_marks, long)
OF_ENGLISH: tuple[RuleFunction, ...] = (
    pitch,
    tag_question,
    leading,
    presupposition,
    loaded,
    double_barrelled,
    hypothetical,
    knowledge,
    fact_in_view,
    opinion_in_fact,
    closed,
    wording,
)


def hits(question: Question, kind: str | None, *, english: bool) -> Iterator[Hit]:
    """Yield what the rules find, each rule once."""
    if not question.low:
        return
    seen: set[str] = set()
    for rule in OF_EVERY_LANGUAGE + (OF_ENGLISH if english else ()):
        for hit in rule(question, kind):
            if hit.rule not in seen:
                seen.add(hit.rule)
                yield hit
