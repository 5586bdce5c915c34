"""The question linter: `lint` says what is wrong with a question. Pure; docs/questions.md."""

from __future__ import annotations

from app.guides.linting.findings import RULES, Finding, Level, Rule
from app.guides.linting.hits import Hit
from app.guides.linting.model import resembled_rule
from app.guides.linting.question import Question
from app.guides.linting.reading import read_question
from app.guides.linting.rules import hits
from app.guides.linting.suggestions import attempt

__all__ = ["RULES", "Finding", "Level", "Rule", "lint"]

_ORDER = {level: place for place, level in enumerate(Level)}


def lint(text: str, kind: str | None = None, language: str = "en") -> list[Finding]:
    """Return what is wrong with a question, errors first; never raises, whatever the text.

    Without a kind, a question is taken to be of the kind it suits. Rules of English are kept to
    English; the others hold in every language.
    """
    question = read_question(text)
    english = language.lower().startswith("en")
    found = _by_rules(question, kind, english=english)
    if english and all(finding.level is Level.NOTE for finding in found):
        found += _by_resemblance(question, kind)
    return sorted(found, key=lambda finding: (_ORDER[finding.level], finding.span))


def _by_rules(question: Question, kind: str | None, *, english: bool) -> list[Finding]:
    return [
        Finding(
            hit.rule,
            RULES[hit.rule].level,
            question.words.span(hit.first, hit.last),
            hit.why or RULES[hit.rule].why,
            _better(question, hit, kind) if english else "",
        )
        for hit in hits(question, kind, english=english)
    ]


def _by_resemblance(question: Question, kind: str | None) -> list[Finding]:
    """Return a doubt where no rule found fault, but the question is like those that are bad."""
    rule = resembled_rule(question, kind)
    if not rule:
        return []
    text = question.words.text
    start = len(text) - len(text.lstrip())
    why = f"It is like questions that go wrong so: {RULES[rule].why}"
    return [Finding(rule, Level.WARNING, (start, len(text.rstrip())), why)]


def _better(question: Question, hit: Hit, kind: str | None) -> str:
    """Return a better wording, if there is one and it passes the rules itself."""
    wording = attempt(question, hit, kind)
    if not wording or wording == question.words.text:
        return ""
    again = hits(read_question(wording), "think" if hit.rule == "knowledge" else kind, english=True)
    return "" if any(RULES[hit.rule].level is not Level.NOTE for hit in again) else wording
