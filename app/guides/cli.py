"""`because guides`: check files that people wrote, and publish the shipped ones."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.core.commandline import EXIT_REFUSED, application, print_json, refuse
from app.core.marked_yaml import UnreadableFileError
from app.guides.checking import linted
from app.guides.content import content_of
from app.guides.linting import Level
from app.guides.operations import SHIPPED, load_shipped
from app.guides.question_commands import questions
from app.guides.reading import read_guide


@click.group("guides")
def guides() -> None:
    """Interview guides: check them, publish them."""


@guides.command("check")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--no-lint", is_flag=True, help="Leave the questions' wording out.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(paths: tuple[Path, ...], no_lint: bool, as_json: bool) -> None:
    """Say what is wrong in guides, each mistake with its place. A folder means its *.yaml files.

    What the linter says of the questions follows. Exits with 1 where a guide cannot be used, or
    where the linter finds an error; its warnings and notes fail nothing.
    """
    files = _files(paths)
    problems = [problem for file in files for problem in _problems_of(file)]
    broken = {problem["file"] for problem in problems}
    sound = [] if no_lint else [file for file in files if str(file) not in broken]
    findings = [finding for file in sound for finding in _findings_of(file)]
    if as_json:
        print_json({"files": len(files), "problems": problems, "findings": findings})
    else:
        for problem in problems:
            click.echo("{file}:{line}:{column}: {message}".format(**problem))
        for finding in findings:
            click.echo("{file}: question '{question}': {level}, {rule}: {why}".format(**finding))
        click.echo(f"{len(files)} checked, {len(broken)} with mistakes.")
    if problems or any(finding["level"] == Level.ERROR for finding in findings):
        sys.exit(EXIT_REFUSED)


@guides.command("load")
@click.option(
    "--folder",
    default=SHIPPED,
    show_default="interview_guides/",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the guides lie.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def load(folder: Path, as_json: bool) -> None:
    """Publish the guides of a folder; what did not change keeps its version.

    A guide that was edited on its pages is left alone; its page offers the new text to compare.
    """
    with application() as (_, db), db.writing() as session:
        try:
            published = load_shipped(session, folder)
        except UnreadableFileError as mistakes:
            refuse(str(mistakes))
    lines = [{"guide": version.slug, "version": version.number} for version in published]
    if as_json:
        print_json({"published": lines})
        return
    for line in lines:
        click.echo("{guide}: version {version} published".format(**line))
    if not lines:
        click.echo("Nothing changed.")


def _files(paths: tuple[Path, ...]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        files.extend(sorted(path.glob("*.yaml")) if path.is_dir() else [path])
    if not files:
        refuse("there is no *.yaml file in " + ", ".join(str(path) for path in paths))
    return files


def _problems_of(file: Path) -> list[dict[str, str | int]]:
    try:
        read_guide(file.read_text(encoding="utf-8"), str(file))
    except UnicodeDecodeError:
        return [_problem(str(file), 1, 1, "the file is not UTF-8; save it as UTF-8")]
    except UnreadableFileError as mistakes:
        return [_problem(p.file, p.line, p.column, p.message) for p in mistakes.problems]
    return []


def _findings_of(file: Path) -> list[dict[str, str]]:
    content = content_of(read_guide(file.read_text(encoding="utf-8"), str(file)))
    return [
        {
            "file": str(file),
            "question": found.question_id,
            "language": found.language,
            "rule": found.finding.rule,
            "level": found.finding.level.value,
            "why": found.finding.why,
        }
        for found in linted(content)
    ]


def _problem(file: str, line: int, column: int, message: str) -> dict[str, str | int]:
    return {"file": file, "line": line, "column": column, "message": message}


commands: list[click.Command] = [guides, questions]
