"""How well the linter finds what people found: labelled questions, and counts of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.guides.linting import Level, lint

RESEMBLES = "It is like"
"""How the model's findings begin; those of the rules do not."""


@dataclass(frozen=True)
class Labelled:
    """A question, and whether a person found it bad."""

    text: str
    kind: str | None
    bad: bool


@dataclass(frozen=True)
class Counts:
    """Of so many bad questions so many were found, of so many good ones so many were doubted."""

    found: int
    bad: int
    doubted: int
    good: int

    @property
    def precision(self) -> float:
        return self.found / max(self.found + self.doubted, 1)

    @property
    def recall(self) -> float:
        return self.found / max(self.bad, 1)

    @property
    def false_alarms(self) -> float:
        return self.doubted / max(self.good, 1)


def errors(row: Labelled) -> bool:
    return any(finding.level is Level.ERROR for finding in lint(row.text, row.kind))


def errors_without_kind(row: Labelled) -> bool:
    return any(finding.level is Level.ERROR for finding in lint(row.text))


def rules(row: Labelled) -> bool:
    return any(
        finding.level is not Level.NOTE and not finding.why.startswith(RESEMBLES)
        for finding in lint(row.text, row.kind)
    )


def errors_and_warnings(row: Labelled) -> bool:
    return any(finding.level is not Level.NOTE for finding in lint(row.text, row.kind))


def without_kind(row: Labelled) -> bool:
    return any(finding.level is not Level.NOTE for finding in lint(row.text))


PARTS: dict[str, Callable[[Labelled], bool]] = {
    "errors alone": errors,
    "errors alone, kind unknown": errors_without_kind,
    "rules, errors and warnings": rules,
    "rules and model": errors_and_warnings,
    "the same, kind unknown": without_kind,
}


def count(rows: Sequence[Labelled], finds: Callable[[Labelled], bool]) -> Counts:
    found = [finds(row) for row in rows]
    bad = sum(row.bad for row in rows)
    return Counts(
        sum(row.bad and hit for row, hit in zip(rows, found, strict=True)),
        bad,
        sum(not row.bad and hit for row, hit in zip(rows, found, strict=True)),
        len(rows) - bad,
    )
