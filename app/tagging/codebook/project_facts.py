"""What a project says of interviews, answers and tags beside words and codes: names and values, out
and in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.core import clock
from app.interviews.held_lines import (
    BUYING_ROLES,
    KINDS,
    OUTCOMES,
    SCOPES,
    TAKEN,
    AnswerLine,
    ContactLine,
    DealLine,
    InterviewLine,
)
from app.interviews.models import Answer, Counterfactual, Interview, Kind
from app.tagging.models import Direction, Layer, Tag, Weight

T = TypeVar("T", bound=StrEnum)


def facts_of(interview: Interview) -> dict[str, str]:
    deal = interview.deal
    facts = {
        "outcome": deal.outcome.value,
        "closed_on": deal.closed_on.isoformat() if deal.closed_on else "",
        "held_on": interview.held_on.isoformat() if interview.held_on else "",
        "buying_role": interview.buying_role.value if interview.buying_role else "",
        "scope": interview.scope.value if interview.scope else "",
    }
    return {name: value for name, value in facts.items() if value}


def says_of_answer(answer: Answer) -> dict[str, str]:
    kind = {"kind": answer.kind.value} if answer.kind else {}
    return kind | {"taken": answer.taken.value} if answer.taken else kind


def says_of_tag(tag: Tag) -> dict[str, str]:
    says = {
        "direction": tag.direction.value,
        "weight": tag.weight.value,
        "layer": tag.layer.value,
        "evidence": tag.evidence.value if tag.evidence else "",
        "would_decide": tag.counterfactual.value if tag.counterfactual else "",
        "differentiator": tag.differentiator.name if tag.differentiator else "",
        "competitor": tag.competitor.name if tag.competitor else "",
        "behind": tag.first.public_id if tag.first and tag.first.removed_at is None else "",
        "come_back": "yes" if tag.comes_back else "",
        "note": tag.note,
    }
    return {name: value for name, value in says.items() if value}


def tag_values(says: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a tag; another program's coding speaks neither way and was mentioned. What a
    tagger noted stays where the file says nothing of it."""
    noted: dict[str, Any] = {}
    if "note" in says:
        noted["note"] = says["note"]
    if "come_back" in says:
        noted["comes_back"] = says["come_back"] == "yes"
    return noted | {
        "direction": _token(Direction, says.get("direction")) or Direction.NEUTRAL,
        "weight": _token(Weight, says.get("weight")) or Weight.MENTIONED,
        "layer": _token(Layer, says.get("layer")) or Layer.SURFACE,
        "evidence": _token(Kind, says.get("evidence")),
        "counterfactual": _token(Counterfactual, says.get("would_decide")),
    }


def answer_line(question: str, text: str, says: Mapping[str, str]) -> AnswerLine:
    return AnswerLine(
        question=question,
        kind=_one_of(KINDS, says.get("kind"), ""),
        taken=_one_of(TAKEN, says.get("taken"), "notes"),
        text=text,
        tags=(),
    )


def interview_line(
    guid: str, name: str, facts: Mapping[str, str], answers: tuple[AnswerLine, ...]
) -> InterviewLine:
    """An interview that is not in this house: its deal is new, and open where nothing is said."""
    return InterviewLine(
        external_id=guid,
        deal=DealLine(
            external_id=guid,
            name=name or "A project's text",
            account="",
            outcome=_one_of(OUTCOMES, facts.get("outcome"), "open"),
            closed_on=_day(facts.get("closed_on")),
            amount=None,
            currency="",
            segment="",
            product="",
            competitors=(),
            lost_to="",
        ),
        contact=ContactLine("", "", "", _one_of(BUYING_ROLES, facts.get("buying_role"), "")),
        held_on=_day(facts.get("held_on")) or clock.now().date(),
        scope=_one_of(SCOPES, facts.get("scope"), "count"),
        answers=answers,
    )


def _token(tokens: type[T], value: str | None) -> T | None:
    return tokens(value) if value in {token.value for token in tokens} else None


def _one_of(tokens: tuple[str, ...], value: str | None, otherwise: str) -> str:
    return value if value in tokens else otherwise


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
