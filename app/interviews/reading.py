"""Interviews already held, as a file has them: one JSON object a line. Pure: no database, no web.

Offsets count Unicode code points of `answers[].text`, the end not included. Line ends become LF,
and the offsets move with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.interviews.held_lines import (
    BUYING_ROLES,
    DIRECTIONS,
    KINDS,
    LAYERS,
    OUTCOMES,
    SCOPES,
    TAKEN,
    WEIGHTS,
    AnswerLine,
    ContactLine,
    DealLine,
    InterviewLine,
    TagLine,
)
from app.interviews.json_records import Problem, Record, shown


class LineRefused(ValueError):
    """A line that cannot be used, with all that was found wrong in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.field}: {p.why}" for p in problems))


@dataclass(frozen=True)
class Numbered:
    """An interview and the line it stood on, or why the line cannot be used."""

    line: int
    content: InterviewLine | LineRefused


def read_lines(file: Iterable[bytes]) -> Iterator[Numbered]:
    """Read a file line by line; empty lines are passed over."""
    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                yield Numbered(number, read_line(line))
            except LineRefused as refusal:
                yield Numbered(number, refusal)


def read_line(line: bytes) -> InterviewLine:
    """Read one line of the file. Raises LineRefused."""
    try:
        content = json.loads(line.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise LineRefused([Problem("", "", "the line is not UTF-8; save the file so")]) from error
    except (ValueError, RecursionError) as error:
        start = shown(line.decode("utf-8", "replace"))
        raise LineRefused([Problem("", start, f"the line is not JSON ({error})")]) from error
    return read_interview(content)


def read_interview(content: Any) -> InterviewLine:
    """Read one interview, from JSON or from a spreadsheet's rows. Raises LineRefused."""
    problems: list[Problem] = []
    ignored: list[str] = []
    record = Record(content, "", problems, ignored)
    deal = record.record("deal", required=True)
    contact = record.record("contact")
    interview = InterviewLine(
        external_id=record.text("external_id", required=True),
        deal=_deal(deal),
        contact=_contact(contact),
        held_on=record.day("held_on", required=True) or date.min,
        scope=record.token("scope", SCOPES, default="count"),
        answers=tuple(_answer(answer) for answer in record.records("answers")),
    )
    record.finish()
    if problems:
        raise LineRefused(problems)
    return replace(interview, ignored=tuple(dict.fromkeys(ignored)))


def with_line_feeds(text: str) -> tuple[str, list[int]]:
    """The text with CRLF and CR as LF, and the places of the CRs that fell away."""
    dropped = [match.start() for match in re.finditer("\r\n", text)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), dropped


def _deal(record: Record) -> DealLine:
    deal = DealLine(
        external_id=record.text("external_id", required=True),
        name=record.text("name", required=True, most=300),
        account=record.text("account", most=300),
        outcome=record.token("outcome", OUTCOMES, required=True),
        closed_on=record.day("closed_on"),
        amount=record.amount("amount"),
        currency=record.currency("currency"),
        segment=record.text("segment", most=120),
        product=record.text("product"),
        competitors=record.texts("competitors"),
        lost_to=record.text("lost_to"),
    )
    record.finish()
    return deal


def _contact(record: Record) -> ContactLine:
    contact = ContactLine(
        name=record.text("name", most=300),
        title=record.text("title"),
        email=record.text("email", most=320),
        buying_role=record.token("buying_role", BUYING_ROLES),
    )
    record.finish()
    return contact


def _answer(record: Record) -> AnswerLine:
    said = record.words("text")
    raw = said or ""
    text, dropped = with_line_feeds(raw)
    kind = record.token("kind", KINDS)
    answer = AnswerLine(
        question=record.text("question", most=2000),
        kind=kind,
        taken=record.token("taken", TAKEN, default="notes"),
        text=text,
        tags=tuple(_tag(tag, said, text, dropped, kind) for tag in record.records("tags")),
    )
    record.finish()
    return answer


def _tag(record: Record, raw: str | None, text: str, dropped: list[int], kind: str) -> TagLine:
    start, end = record.offset("start"), record.offset("end")
    if raw is not None and start is not None and end is not None:
        if end > len(raw):
            most = f"it takes {len(raw)} at most, the length of the answer"
            record.refuse("end", end, most)
        elif start >= end:
            record.refuse("end", end, f"it takes more than start, which is {start}")
        else:
            start -= sum(at < start for at in dropped)
            end -= sum(at < end for at in dropped)
            if not text[start:end].strip():
                record.refuse("start", start, "these offsets mark only white space")
    tag = TagLine(
        start=start or 0,
        end=end or 0,
        reason=record.text("reason"),
        direction=record.token("direction", DIRECTIONS, default="neutral"),
        weight=record.token("weight", WEIGHTS, default="mentioned"),
        layer=record.token("layer", LAYERS, default="surface"),
        evidence=record.token("evidence", KINDS, default=kind),
        differentiator=record.text("differentiator"),
        competitor=record.text("competitor"),
    )
    record.finish()
    return tag
