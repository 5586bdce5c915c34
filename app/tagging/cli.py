"""Commands for the reason list."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.commandline import application, print_json, refuse
from app.core.formats import plural
from app.tagging.codebook.entries import UnreadableList
from app.tagging.codebook.exchanging import bring_in, entries_of
from app.tagging.codebook.files import WRITERS, read_list
from app.tagging.codebook.loading import Loaded, load_reason_list
from app.tagging.codebook_files import shipped_codebook, shipped_ids
from app.tagging.import_command import interviews
from app.tagging.suggest_command import tags


@click.group("reasons")
def reasons() -> None:
    """The reason list."""


@reasons.command("load")
@click.argument("source", default="starter")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def load(source: str, as_json: bool) -> None:
    """Load SOURCE: starter, health_systems, technology_choices, or your own (.yaml, .csv, .qdc).

    Entries are known by their ids, keys or names, so loading again changes only what the file
    changed. Reasons that are not in the file are left alone.
    """
    with application() as (_, database), database.writing() as session:
        title, loaded = _load(session, source)
    if as_json:
        print_json({"list": title, **vars(loaded)})
        return
    click.echo(
        f"{title}: {plural(loaded.added, 'entry', 'entries')} added, "
        f"{loaded.changed} changed, {loaded.unchanged} as they were."
    )


def _load(session: Session, source: str) -> tuple[str, Loaded]:
    if source in shipped_ids():
        codebook = shipped_codebook(source)
        return codebook.title, load_reason_list(session, SYSTEM, codebook)
    path = Path(source)
    if not path.is_file():
        refuse(f"there is no file '{source}'. It takes {', '.join(shipped_ids())}, or a file.")
    try:
        entries = read_list(path.read_bytes(), path.name)
        return path.name, bring_in(session, SYSTEM, entries, path.name)
    except UnreadableList as refusal:
        refuse("\n".join(refusal.problems))


@reasons.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the reason list to FILE: .csv for a spreadsheet, .qdc (REFI-QDA) for other programs."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        refuse(f"'{file.name}' ends in none of .csv and .qdc.")
    with application() as (_, database), database.reading() as session:
        entries = entries_of(session)
    if not entries:
        refuse("the reason list is empty.")
    file.write_bytes(WRITERS[ending](entries).content)
    click.echo(f"{file.name}: {plural(len(entries), 'entry', 'entries')}.")


commands: list[click.Command] = [interviews, reasons, tags]
