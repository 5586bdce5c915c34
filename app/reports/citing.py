"""What a person wrote beside the figures may cite them: [[Security]] becomes the reason with its
share, and on a page opens what is behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.analytics.figures import SubjectFigure, SubjectFigures
from app.analytics.queries import Subject
from app.analytics.stats.theme import in_words
from app.reports.quarter import QuarterReport

_CITED = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_PLURALS = {
    Subject.REASON: "reasons",
    Subject.DIFFERENTIATOR: "differentiators",
    Subject.COMPETITOR: "competitors",
}


@dataclass(frozen=True)
class Cited:
    """A figure that can be cited: where it opens, and its share in words."""

    subjects: str
    figure: SubjectFigure

    @property
    def words(self) -> str:
        return f"‘{self.figure.name}’ ({in_words(self.figure.focus.interval)})"


@dataclass(frozen=True)
class Run:
    """Words as they were written, or a figure that they cite."""

    text: str
    cites: Cited | None = None


def names_of(report: QuarterReport) -> dict[str, Cited]:
    """Everything that may be cited, by its name in small letters; where something was said both
    ways, the way that weighed more."""
    found: dict[str, Cited] = {}
    for figures in (report.competitors, report.differentiators, report.reasons):
        for figure in reversed(figures.figures):
            found[figure.name.casefold()] = _cited(figures, figure)
    return found


def cited(text: str, names: Mapping[str, Cited]) -> list[list[Run]]:
    """The paragraphs, each as runs. A name that stands for nothing here stays as it was written."""
    return [_runs(line, names) for line in text.strip().splitlines() if line.strip()]


def _runs(line: str, names: Mapping[str, Cited]) -> list[Run]:
    runs = []
    end = 0
    for match in _CITED.finditer(line):
        runs.append(Run(line[end : match.start()]))
        found = names.get(" ".join(match[1].split()).casefold())
        runs.append(Run(found.words, found) if found else Run(match[1]))
        end = match.end()
    return [run for run in (*runs, Run(line[end:])) if run.text]


def _cited(figures: SubjectFigures, figure: SubjectFigure) -> Cited:
    return Cited(_PLURALS[figures.subject], figure)
