"""`because interviews import`: interviews already held, from a file of one JSON object a line."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.core.access import SYSTEM
from app.core.commandline import EXIT_REFUSED, application, print_json, refuse
from app.core.formats import plural
from app.interviews.reading import read_lines
from app.tagging.codebook.entries import UnreadableList
from app.tagging.codebook.project_in import bring_project_in
from app.tagging.codebook.project_out import project_of
from app.tagging.codebook.refi.project import read_project, write_project
from app.tagging.importing import Result, import_interviews

_MOST_SHOWN = 20


@click.group("interviews")
def interviews() -> None:
    """Interviews already held."""


@interviews.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and say what it would do.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import FILE: one interview a line, as a JSON object; or a REFI-QDA project (.qdpx).

    It can be run again: an interview is known by its external_id, and a line that says the same
    changes nothing. Exits with 1 where no line could be taken.
    """
    if file.suffix.lower() == ".qdpx":
        _import_project(file, dry_run=dry_run, as_json=as_json)
        return
    with application() as (_, db), file.open("rb") as lines:
        result = import_interviews(db, SYSTEM, read_lines(lines), dry_run=dry_run)
    if as_json:
        print_json(result.as_json())
    else:
        _say(result, dry_run)
    if result.rejected and not result.interviews:
        sys.exit(EXIT_REFUSED)


def _import_project(file: Path, *, dry_run: bool, as_json: bool) -> None:
    with application() as (_, db), db.writing() as session:
        try:
            project = read_project(file.read_bytes())
            brought = bring_project_in(session, SYSTEM, project, file.name)
        except UnreadableList as refusal:
            refuse("\n".join(refusal.problems))
        if dry_run:
            session.rollback()
    if as_json:
        print_json(vars(brought))
        return
    click.echo(
        f"{plural(brought.interviews, 'interview')}, {plural(brought.quotes, 'quote')};"
        f" tags: {brought.tags_added} new, {brought.tags_changed} changed,"
        f" {brought.tags_unchanged} as they were."
    )
    for words in brought.lost[:_MOST_SHOWN]:
        click.echo(f"  these words no longer stand where they were: {words[:60]}")


@interviews.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write interviews, quotes, tags and the reason list to FILE, a REFI-QDA project (.qdpx).

    The words of buyers who allowed counting only are left out.
    """
    if file.suffix.lower() != ".qdpx":
        refuse(f"'{file.name}' does not end in .qdpx.")
    with application() as (_, db), db.reading() as session:
        project = project_of(session, may_read=lambda _: True)
    file.write_bytes(write_project(project))
    click.echo(
        f"{file.name}: {plural(sum(not each.of for each in project.documents), 'interview')}."
    )


def _say(result: Result, dry_run: bool) -> None:
    did = "Would take" if dry_run else "Took"
    click.echo(
        f"{did} {plural(result.interviews, 'interview')}: {result.created} new,"
        f" {result.updated} changed, {result.unchanged} as they were;"
        f" {plural(result.verbatims, 'quote')}, {plural(result.tags, 'tag')}."
    )
    for what, names in (
        ("reasons", result.draft_reasons),
        ("differentiators", result.draft_differentiators),
        ("competitors", result.draft_competitors),
    ):
        if names:
            shown = ", ".join(names[:_MOST_SHOWN]) + (" …" if len(names) > _MOST_SHOWN else "")
            click.echo(f"Drafts to accept or merge, {len(names)} {what}: {shown}")
    if result.ignored_fields:
        click.echo(f"Fields that were not read: {', '.join(result.ignored_fields)}.")
    if result.rejected:
        click.echo(f"Refused {plural(result.rejected, 'line')}:")
    for refusal in result.refused[:_MOST_SHOWN]:
        held = f" is '{refusal.value}'" if refusal.value else ""
        click.echo(f"  line {refusal.line}: {refusal.field}{held}: {refusal.why}")
    if len(result.refused) > _MOST_SHOWN:
        click.echo("  and more; --json lists them all.")
