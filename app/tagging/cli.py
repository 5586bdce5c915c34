"""Commands for the reason list."""

from __future__ import annotations

from pathlib import Path

import click

from app.core.access import SYSTEM
from app.core.commandline import application, print_json, refuse
from app.core.formats import plural
from app.core.marked_yaml import UnreadableFileError
from app.tagging.codebook_files import Codebook, read_codebook, shipped_codebook, shipped_ids
from app.tagging.import_command import interviews
from app.tagging.reasons import load_reason_list


@click.group("reasons")
def reasons() -> None:
    """The reason list."""


@reasons.command("load")
@click.argument("source", default="starter")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def load(source: str, as_json: bool) -> None:
    """Load SOURCE: starter, health_systems, or a YAML file of your own.

    Entries are known by their keys, so loading again changes only what the file changed. What was
    retired stays so, and reasons that are not in the file are left alone.
    """
    codebook = _open(source)
    with application() as (_, database), database.writing() as session:
        loaded = load_reason_list(session, SYSTEM, codebook)
    if as_json:
        print_json({"list": codebook.id, **vars(loaded)})
        return
    click.echo(
        f"{codebook.title}: {plural(loaded.added, 'entry', 'entries')} added, "
        f"{loaded.changed} changed, {loaded.unchanged} as they were."
    )


def _open(source: str) -> Codebook:
    if source in shipped_ids():
        return shipped_codebook(source)
    path = Path(source)
    if not path.is_file():
        refuse(f"there is no file '{source}'. It takes {', '.join(shipped_ids())}, or a file.")
    try:
        return read_codebook(path.read_text(encoding="utf-8"), path.name)
    except (UnreadableFileError, UnicodeDecodeError) as problem:
        refuse(str(problem))


commands: list[click.Command] = [interviews, reasons]
