"""`because questions`: lint questions that lie in a file, measure how well, learn anew."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from app.core.commandline import EXIT_REFUSED
from app.guides.linting import lint
from app.guides.linting.measuring import PARTS, Counts, Labelled, count
from app.guides.linting.model import WEIGHTS
from app.guides.linting.training.weights import learn_weights

KINDS = ("fact", "think", "feel", "would_do")


@dataclass(frozen=True)
class AskedLine:
    """One line of the file: a question, or what is wrong with the line."""

    number: int
    id: Any = None
    text: str = ""
    kind: str | None = None
    language: str = "en"
    bad: bool | None = None
    problem: str = ""


def read_lines(path: Path) -> Iterator[AskedLine]:
    """Yield every line that is not blank; a bad one carries its problem."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            yield _read_line(number, line)


def _read_line(number: int, line: bytes) -> AskedLine:
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return AskedLine(number, problem="not UTF-8")
    except ValueError as mistake:
        return AskedLine(number, problem=f"not JSON: {mistake}")
    if not isinstance(value, dict):
        return AskedLine(number, problem="not an object with text, and kind if known")
    if not isinstance(value.get("text"), str):
        return AskedLine(number, problem="text is missing, or not a string")
    kind = value.get("kind") or None
    if kind is not None and kind not in KINDS:
        return AskedLine(number, problem=f"kind is {kind!r}; it takes {', '.join(KINDS)}")
    language = value.get("language") or "en"
    if not isinstance(language, str):
        return AskedLine(number, problem=f"language is {language!r}; it takes a code such as en")
    bad = value.get("bad")
    if bad is not None and not isinstance(bad, bool):
        return AskedLine(number, problem=f"bad is {bad!r}; it takes true or false")
    return AskedLine(number, value.get("id", number), value["text"], kind, language, bad)


@click.group("questions")
def questions() -> None:
    """Questions: say what is wrong with them."""


@questions.command("lint")
@click.argument("path", metavar="FILE.jsonl", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def lint_file(path: Path, as_json: bool) -> None:
    """Print the findings of every question of a file: one JSON object a line, with text and,
    where known, kind and id. A question without id is named by its line.

    Exits with 1 where a line cannot be read; the others are linted all the same.
    """
    lines = list(read_lines(path))
    read = [line for line in lines if not line.problem]
    findings = [(line, lint(line.text, line.kind, line.language)) for line in read]
    if as_json:
        result = [
            {"id": line.id, "findings": [f.as_json() for f in found]} for line, found in findings
        ]
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        for line, found in findings:
            for finding in found:
                click.echo(f"{path}:{line.number}: {finding.level} {finding.rule}: {finding.why}")
                if finding.attempt:
                    click.echo(f"    try: {finding.attempt}")
        click.echo(
            f"{len(read)} questions, {sum(1 for _, found in findings if found)} with findings."
        )
    _refuse([line for line in lines if line.problem], path)


def _refuse(bad: list[AskedLine], path: Path) -> None:
    for line in bad:
        click.echo(f"{path}:{line.number}: {line.problem}", err=True)
    if bad:
        sys.exit(EXIT_REFUSED)


@questions.command("measure")
@click.argument("path", metavar="FILE.jsonl", type=click.Path(exists=True, path_type=Path))
@click.option("--show", is_flag=True, help="Print the questions on which linter and label differ.")
def measure_file(path: Path, show: bool) -> None:
    """Print how often the linter is right about labelled questions: lines as `lint` reads them,
    with bad, true or false.

    Exits with 1, measuring nothing, where a line cannot be read or has no label.
    """
    lines = list(read_lines(path))
    unlabelled = [
        AskedLine(line.number, problem=line.problem or "bad is missing; it takes true or false")
        for line in lines
        if line.problem or line.bad is None
    ]
    _refuse(unlabelled, path)
    rows = [Labelled(line.text, line.kind, bool(line.bad)) for line in lines]
    for name, finds in PARTS.items():
        _say(name, count(rows, finds))
    if show:
        finds = PARTS["rules and model"]
        for row in rows:
            if finds(row) != row.bad:
                click.echo(f"{'missed' if row.bad else 'doubted'}: {row.text}")


@questions.command("train")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=WEIGHTS,
    help="Where to write the weights; without it, where the linter reads them.",
)
def train(path: Path) -> None:
    """Learn the small model beside the rules anew, from the questions that ship with it.

    The same questions give the same bytes. Prints what rules and model find of questions whose
    group was not learnt from.
    """
    for name, counts in learn_weights(path).items():
        _say(name, counts)
    click.echo(f"{path}: {path.stat().st_size // 1024} KB")


def _say(name: str, counts: Counts) -> None:
    click.echo(
        f"{name}: precision {counts.precision:.2f}, found {counts.found} of {counts.bad} bad"
        f" ({counts.recall:.2f}), doubted {counts.doubted} of {counts.good} good"
        f" ({counts.false_alarms:.2f})"
    )
