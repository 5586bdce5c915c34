"""Interviews already held, as a file has them: one JSON object a line. Pure: no database, no web.

Offsets count Unicode code points of `answers[].text`, the end not included. Line ends become LF,
and the offsets move with them.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

OUTCOMES = ("won", "lost", "no_decision", "renewed", "churned", "invalid", "open")
BUYING_ROLES = ("evaluator", "decision_maker", "economic_buyer", "user", "champion", "blocker")
SCOPES = ("name", "role", "count")
KINDS = ("fact", "think", "feel", "would_do")
TAKEN = ("written", "transcript", "typed", "notes", "dictated", "pasted")
DIRECTIONS = ("for", "against", "neutral")
WEIGHTS = ("decisive", "contributing", "mentioned", "table_stakes")
LAYERS = ("surface", "probed")

_LONGEST_NAME = 200
_LONGEST_SHOWN = 60
_ABSENT = (None, "")


@dataclass(frozen=True)
class TagLine:
    """A span of an answer, and what is said of it. Without a reason it only has its direction."""

    start: int
    end: int
    reason: str
    direction: str
    weight: str
    layer: str
    evidence: str
    differentiator: str
    competitor: str


@dataclass(frozen=True)
class AnswerLine:
    question: str
    kind: str
    taken: str
    text: str
    tags: tuple[TagLine, ...]


@dataclass(frozen=True)
class DealLine:
    external_id: str
    name: str
    account: str
    outcome: str
    closed_on: date | None
    amount: Decimal | None
    currency: str
    segment: str
    product: str
    competitors: tuple[str, ...]
    lost_to: str


@dataclass(frozen=True)
class ContactLine:
    name: str
    title: str
    email: str
    buying_role: str

    @property
    def is_somebody(self) -> bool:
        return bool(self.name or self.title or self.email)


@dataclass(frozen=True)
class InterviewLine:
    """One interview as its line says."""

    external_id: str
    deal: DealLine
    contact: ContactLine
    held_on: date
    scope: str
    answers: tuple[AnswerLine, ...]
    #: Fields that nobody knows, each with the likely one.
    ignored: tuple[str, ...] = ()

    @property
    def checksum(self) -> str:
        """Changes with what the line says, not with how it is written."""
        said = replace(self, ignored=())
        content = json.dumps(asdict(said), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def spans(self) -> int:
        """How many quotes it holds: one span is one quote, however often it is tagged."""
        return sum(len({(tag.start, tag.end) for tag in answer.tags}) for answer in self.answers)

    @property
    def tags(self) -> int:
        """How many tags it holds; a span without a reason is not tagged."""
        return sum(
            len({(tag.start, tag.end, tag.reason) for tag in answer.tags if tag.reason})
            for answer in self.answers
        )


@dataclass(frozen=True)
class Problem:
    """What is wrong at one field of a line, and what it takes."""

    field: str
    value: str
    why: str


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
        shown = _shown(line.decode("utf-8", "replace"))
        raise LineRefused([Problem("", shown, f"the line is not JSON ({error})")]) from error
    return read_interview(content)


def read_interview(content: Any) -> InterviewLine:
    """Read one interview, from JSON or from a spreadsheet's rows. Raises LineRefused."""
    problems: list[Problem] = []
    ignored: list[str] = []
    record = _Record(content, "", problems, ignored)
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


def _deal(record: _Record) -> DealLine:
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


def _contact(record: _Record) -> ContactLine:
    contact = ContactLine(
        name=record.text("name", most=300),
        title=record.text("title"),
        email=record.text("email", most=320),
        buying_role=record.token("buying_role", BUYING_ROLES),
    )
    record.finish()
    return contact


def _answer(record: _Record) -> AnswerLine:
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


def _tag(record: _Record, raw: str | None, text: str, dropped: list[int], kind: str) -> TagLine:
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


class _Record:
    """One JSON object. Fields are taken by name; a mistake is noted, and reading goes on."""

    def __init__(
        self, content: Any, path: str, problems: list[Problem], ignored: list[str]
    ) -> None:
        self._path = path
        self._problems = problems
        self._ignored = ignored
        self._asked: list[str] = []
        if not isinstance(content, Mapping):
            self.refuse("", content, "it takes an object, such as {…}")
            content = {}
        self._content = content

    def refuse(self, name: str, value: Any, why: str) -> None:
        field = f"{self._path}.{name}" if self._path and name else self._path or name
        self._problems.append(Problem(field, _shown(value), why))

    def record(self, name: str, *, required: bool = False) -> _Record:
        content = self._take(name)
        if content is None and required:
            self.refuse(name, "", "it is missing")
            # Its fields would be missing too; one message is enough.
            return _Record({}, self._below(name), [], [])
        given = {} if content is None else content
        return _Record(given, self._below(name), self._problems, self._ignored)

    def records(self, name: str) -> Iterator[_Record]:
        content = self._take(name)
        if content is None:
            return
        if not isinstance(content, list):
            self.refuse(name, content, "it takes a list, such as [{…}]")
            return
        for index, each in enumerate(content):
            path = f"{self._below(name)}[{index}]"
            yield _Record(each, path, self._problems, self._ignored)

    def text(self, name: str, *, required: bool = False, most: int = _LONGEST_NAME) -> str:
        """A name or another short text, without the space around it."""
        value = self._take(name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            self.refuse(name, value, "it takes text in quotation marks")
            return ""
        text = " ".join((value or "").split())
        if required and not text:
            self.refuse(name, "", "it is missing")
        if len(text) > most:
            self.refuse(name, text, f"it takes at most {most} characters")
        return self._clean(name, text)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._take(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.refuse(name, value, 'it takes a list of names, such as ["Fenwick"]')
            return ()
        names = [" ".join(each.split()) for each in value]
        return tuple(dict.fromkeys(self._clean(name, each) for each in names if each))

    def words(self, name: str) -> str | None:
        """What somebody said, exactly; None where that was refused."""
        value = self._take(name)
        if value is None:
            self.refuse(name, "", "it is missing")
            return None
        if not isinstance(value, str):
            self.refuse(name, value, "it takes text in quotation marks")
            return None
        return self._clean(name, value) or ("" if not value else None)

    def token(
        self, name: str, tokens: tuple[str, ...], *, default: str = "", required: bool = False
    ) -> str:
        value = self._take(name)
        if value in _ABSENT:
            if required:
                self.refuse(name, "", f"it is missing; it takes {_one_of(tokens)}")
            return default
        if value not in tokens:
            self.refuse(name, value, f"it takes {_one_of(tokens)}")
            return default
        return str(value)

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self._take(name)
        if value in _ABSENT:
            if required:
                self.refuse(name, "", "it is missing; it takes a day such as 2026-10-04")
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.refuse(name, value, "it takes a day such as 2026-10-04")
            return None

    def amount(self, name: str) -> Decimal | None:
        value = self._take(name)
        if value in _ABSENT:
            return None
        try:
            if isinstance(value, bool):
                raise InvalidOperation
            amount = Decimal(value)
        except (InvalidOperation, TypeError, ValueError):
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 15:
            self.refuse(name, value, "it takes a number from 0, such as 84000 or 84000.50")
            return None
        return amount

    def currency(self, name: str) -> str:
        code = self.text(name).upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            self.refuse(name, code, "it takes a code of three letters, such as EUR")
            return ""
        return code

    def offset(self, name: str) -> int | None:
        value = self._take(name)
        if value is None:
            self.refuse(name, "", "it is missing; it takes a number of characters from 0")
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse(name, value, "it takes a number of characters from 0")
            return None
        return int(value)

    def finish(self) -> None:
        """Note the fields that nobody asked for, each with the likely one."""
        for name in self._content:
            if name not in self._asked:
                near = difflib.get_close_matches(str(name), self._asked, n=1)
                hint = f" (did you mean {near[0]}?)" if near else ""
                field = re.sub(r"\[\d+\]", "[]", self._below(str(name)))
                self._ignored.append(f"{field}{hint}")

    def _take(self, name: str) -> Any:
        self._asked.append(name)
        return self._content.get(name)

    def _below(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _clean(self, name: str, text: str) -> str:
        """Text that a database can keep."""
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            self.refuse(name, "", "it holds a character that is none (NUL, or half of a pair)")
            return ""
        return text


def _one_of(words: tuple[str, ...] | list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
