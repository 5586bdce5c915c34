"""Rules over deals: conditions, and groups of them joined by and, or, not.

A rule is kept as a tree of plain data: {"join": "all", "of": [...]} for a group, and
{"field": "outcome", "test": "is", "values": ["lost"]} for a condition.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MOST_CONDITIONS = 40
DEEPEST = 3
FACT = "fact:"


class Join(enum.StrEnum):
    """How the parts of a group are joined: and, or, not."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Compare(enum.StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    SINCE = "since"
    UNTIL = "until"
    UNKNOWN = "unknown"


class Kind(enum.StrEnum):
    """What a field holds, and so how it can be tested."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    DAY = "day"


COMPARISONS: Mapping[Kind, tuple[Compare, ...]] = {
    Kind.CHOICE: (Compare.IS, Compare.IS_NOT, Compare.UNKNOWN),
    Kind.NUMBER: (Compare.AT_LEAST, Compare.AT_MOST, Compare.UNKNOWN),
    Kind.TEXT: (Compare.IS, Compare.IS_NOT, Compare.CONTAINS, Compare.UNKNOWN),
    Kind.DAY: (Compare.SINCE, Compare.UNTIL, Compare.UNKNOWN),
}
COMPARE_WORDS: Mapping[Compare, str] = {
    Compare.IS: "is",
    Compare.IS_NOT: "is not",
    Compare.CONTAINS: "contains",
    Compare.AT_LEAST: "is at least",
    Compare.AT_MOST: "is at most",
    Compare.SINCE: "is on or after",
    Compare.UNTIL: "is on or before",
    Compare.UNKNOWN: "is not known",
}
JOIN_WORDS: Mapping[Join, str] = {
    Join.ALL: "All of these hold",
    Join.ANY: "At least one of these holds",
    Join.NONE: "None of these holds",
}


@dataclass(frozen=True)
class Field:
    """What a condition can ask about; choices are pairs of a value and what it is called."""

    key: str
    label: str
    kind: Kind
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Condition:
    field: str
    test: Compare
    values: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it says enough to narrow anything."""
        return self.test is Compare.UNKNOWN or any(value.strip() for value in self.values)

    def plain(self) -> dict[str, Any]:
        return {"field": self.field, "test": self.test.value, "values": list(self.values)}


@dataclass(frozen=True)
class Group:
    join: Join
    of: tuple[Node, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        return {"join": self.join.value, "of": [node.plain() for node in self.of]}


Node = Condition | Group
EVERYTHING = Group(Join.ALL)


class RuleError(ValueError):
    """The rule cannot be kept so; the message is for whoever builds it."""


def read_rule(content: Mapping[str, Any]) -> Group:
    """The rule kept as this content. Raises RuleError for what is none."""
    node = _read(content, depth=1)
    if not isinstance(node, Group):
        raise RuleError("A rule begins with a group of conditions.")
    return node


def _read(content: Any, depth: int) -> Node:
    if depth > DEEPEST + 1:
        raise RuleError(f"Groups go {DEEPEST} deep at most.")
    try:
        if "join" in content:
            parts = tuple(_read(part, depth + 1) for part in content["of"])
            return Group(Join(content["join"]), parts)
        values = tuple(str(value) for value in content["values"])
        return Condition(str(content["field"]), Compare(content["test"]), values)
    except (KeyError, TypeError, ValueError) as error:
        raise RuleError("This is not a rule.") from error


def conditions_of(node: Node) -> Iterator[Condition]:
    if isinstance(node, Condition):
        yield node
    else:
        for part in node.of:
            yield from conditions_of(part)


def whole_parts(group: Group) -> Group:
    """The rule without conditions that do not say anything yet, and without empty groups."""
    parts: list[Node] = []
    for node in group.of:
        if isinstance(node, Group):
            inner = whole_parts(node)
            if inner.of:
                parts.append(inner)
        elif node.is_whole:
            parts.append(node)
    return Group(group.join, tuple(parts))


def problem_with(condition: Condition, fields: Mapping[str, Field]) -> str:
    """What is wrong with the condition, in words; empty where nothing is."""
    about = fields.get(condition.field)
    if about is None:
        return "Say what this condition is about."
    if condition.test not in COMPARISONS[about.kind]:
        return f"{about.label} cannot be tested like that."
    if condition.test is Compare.UNKNOWN:
        return ""
    if not condition.is_whole:
        return f"{about.label}: say which." if about.kind is Kind.CHOICE else _NEEDS[about.kind]
    if about.kind is Kind.NUMBER and number_of(condition) is None:
        return "Enter a number, such as 50000."
    if about.kind is Kind.DAY and day_of(condition) is None:
        return "Enter a day, such as 2026-11-12."
    return ""


_NEEDS = {
    Kind.NUMBER: "Enter a number, such as 50000.",
    Kind.TEXT: "Enter what it is to be.",
    Kind.DAY: "Enter a day, such as 2026-11-12.",
}


def number_of(condition: Condition) -> float | None:
    try:
        number = float("".join(condition.values[0].replace(",", "").split()))
    except (IndexError, ValueError):
        return None
    return number if math.isfinite(number) and abs(number) < 1e15 else None


def day_of(condition: Condition) -> date | None:
    try:
        return date.fromisoformat(condition.values[0].strip())
    except (IndexError, ValueError):
        return None


def sentence(group: Group, fields: Mapping[str, Field]) -> str:
    """The rule as one reads it: 'Outcome is Lost; and Region is DACH or Nordics'."""
    whole = whole_parts(group)
    return _words(whole, fields) if whole.of else "Every closed deal"


def _words(group: Group, fields: Mapping[str, Field]) -> str:
    parts = [
        f"({_words(node, fields)})" if isinstance(node, Group) else _condition_words(node, fields)
        for node in group.of
    ]
    if group.join is Join.ANY:
        return ", or ".join(parts)
    if group.join is Join.NONE:
        return "neither " + " nor ".join(parts) if len(parts) > 1 else f"not {parts[0]}"
    return "; and ".join(parts)


def _condition_words(condition: Condition, fields: Mapping[str, Field]) -> str:
    about = fields.get(condition.field)
    label = about.label if about else condition.field.removeprefix(FACT)
    if condition.test is Compare.UNKNOWN:
        return f"{label} is not known"
    called = dict(about.choices) if about else {}
    values = [called.get(value, value) for value in condition.values if value.strip()]
    return f"{label} {COMPARE_WORDS[condition.test]} {' or '.join(values)}"
