"""`bin/because deals import`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from app.core.access import Actor
from app.core.commandline import (
    EXIT_QUESTION,
    EXIT_REFUSED,
    application,
    is_interactive,
    print_json,
    refuse,
)
from app.core.db import Database
from app.deals.importing import operations, queries, results, running
from app.deals.importing.opening import Files, InputFile, Opened, open_deals, open_files
from app.deals.importing.options import Options
from app.deals.reading.answers import BadOption, read_assignments
from app.deals.reading.files import FileProblem
from app.deals.reading.headers import SOURCES, header_signature
from app.deals.reading.survey import Question
from app.identity.queries import workspace

COMMAND_LINE = Actor(None, "Command line")
_LISTED = 20
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("deals")
def deals() -> None:
    """Closed deals, and their import from a CRM."""


@deals.command("import")
@click.argument("file", type=_FILE)
@click.option("--accounts", type=_FILE, help="A file of the deals' accounts.")
@click.option("--contacts", type=_FILE, help="A file of the people.")
@click.option("--links", type=_FILE, help="A file that says who had a part in which deal.")
@click.option("--source", type=click.Choice(SOURCES), default="auto", show_default=True)
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN")
@click.option("--outcome", "outcomes", multiple=True, metavar="STAGE=OUTCOME")
@click.option("--date-format", metavar="STRPTIME", help="How dates are written: %d/%m/%Y.")
@click.option("--currency", metavar="CUR", help="Of amounts that name none; else the workspace's.")
@click.option("--no-amount", multiple=True, metavar="VALUE", help="Stands for 'no amount'.")
@click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), metavar="CSV")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_deals(
    file: Path,
    accounts: Path | None,
    contacts: Path | None,
    links: Path | None,
    source: str,
    columns: Sequence[str],
    outcomes: Sequence[str],
    date_format: str | None,
    currency: str | None,
    no_amount: Sequence[str],
    refused: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import deals from a CSV or XLSX export.

    Run it again with a newer export: deals are known by their id in the CRM, and nothing doubles.
    An import that was interrupted goes on where it was when the same command is given again.

    Exit codes: 0 imported, perhaps with refused rows; 1 the file or an option cannot be used;
    3 something has to be answered first: the options that answer are printed.
    """
    paths = {"deals": file, "accounts": accounts, "contacts": contacts, "links": links}
    files = {kind: InputFile(path, path.name) for kind, path in paths.items() if path is not None}
    with application() as (_, db):
        try:
            with db.reading() as session:
                options = Options(
                    source=source,
                    columns=read_assignments("--map", columns),
                    outcomes=tuple(outcomes),
                    date_format=date_format,
                    currency=currency or workspace(session).currency,
                    no_amount=tuple(no_amount),
                )
            if dry_run:
                _rehearse(db, files, options, as_json)
            else:
                _import(db, files, options, refused, as_json)
        except (FileProblem, BadOption) as problem:
            refuse(str(problem))


def _import(
    db: Database, files: Files, options: Options, refused: Path | None, as_json: bool
) -> None:
    kept = {kind: {"name": each.name, "digest": each.digest()} for kind, each in files.items()}
    import_id = _unfinished(db, kept, options)
    opened = None
    if import_id is None:
        opened, options = _open_and_ask(db, files, options, as_json)
        import_id = _unfinished(db, kept, options) or _begin(db, files, kept, options, opened)
    running.run(db, COMMAND_LINE, import_id, lambda: opened or _open(db, files, options), _report)
    with db.reading() as session:
        row = queries.import_by_id(session, import_id)
        if refused is not None:
            with refused.open("w", encoding="utf-8", newline="") as out:
                out.writelines(results.refused_csv(session, row))
        result = results.summary(session, row)
    _print(result, as_json)


def _rehearse(db: Database, files: Files, options: Options, as_json: bool) -> None:
    opened, _ = _open_and_ask(db, files, options, as_json)
    with db.reading() as session:
        kept, refused, flags = results.rehearse(session, opened)
    result = results.counts(kept) | {
        "dry_run": True,
        "refused": [each.as_json() for each in refused],
        "flags": [each.as_json() for each in flags],
    }
    _print(result, as_json)


def _unfinished(db: Database, files: dict[str, Any], options: Options) -> int | None:
    """The same import of the same files, interrupted earlier."""
    with db.reading() as session:
        for row in queries.unfinished_imports(session):
            if row.files == files and row.answers == options.as_json():
                click.echo("Going on with the import that was interrupted.", err=True)
                return row.id
    return None


def _begin(
    db: Database, files: Files, kept: dict[str, Any], options: Options, opened: Opened
) -> int:
    with db.writing() as session:
        row = operations.add_import(session, COMMAND_LINE, files["deals"].name, kept, options)
        operations.begin(session, COMMAND_LINE, row, opened)
        return row.id


def _open(db: Database, files: Files, options: Options) -> Opened:
    signature = header_signature(open_deals(files["deals"]).headers)
    with db.reading() as session:
        remembered = queries.remembered(session, signature)
        products = queries.known_products(session)
    return open_files(files, options, remembered, products)


def _open_and_ask(
    db: Database, files: Files, options: Options, as_json: bool
) -> tuple[Opened, Options]:
    """The files, with every question answered: on a terminal by asking."""
    opened = _open(db, files, options)
    while opened.questions:
        if not is_interactive():
            _leave_asking(opened.questions, as_json)
        for question in opened.questions:
            options = options.answered(question.key, _ask(question))
        opened = _open(db, files, options)
    return opened, options


def _ask(question: Question) -> str:
    click.echo(question.text, err=True)
    for number, choice in enumerate(question.choices, start=1):
        click.echo(f"  {number}  {choice.label}", err=True)
    picked = click.prompt("Number", type=click.IntRange(1, len(question.choices)), err=True)
    return question.choices[picked - 1].value


def _leave_asking(questions: Sequence[Question], as_json: bool) -> NoReturn:
    for question in questions:
        click.echo(question.text, err=True)
        for choice in question.choices:
            click.echo(f"  {choice.option}    {choice.label}", err=True)
    click.echo("Nothing was imported. Give the options that answer.", err=True)
    if as_json:
        print_json(
            {
                "questions": [
                    {
                        "question": question.text,
                        "answers": [
                            {"option": choice.option, "means": choice.label}
                            for choice in question.choices
                        ],
                    }
                    for question in questions
                ]
            }
        )
    sys.exit(EXIT_QUESTION)


def _report(done: int, total: int | None, doing: str) -> None:
    if sys.stderr.isatty():
        whole = f" of {total:,}" if total else ""
        click.echo(f"\r{doing}: {done:,}{whole}   ", err=True, nl=False)


def _print(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(result)
    else:
        _print_words(result)
    if result["rows"] and result["rejected"] == result["rows"]:
        sys.exit(EXIT_REFUSED)


def _print_words(result: dict[str, Any]) -> None:
    if sys.stderr.isatty():
        click.echo(err=True)
    if result.get("dry_run"):
        click.echo("This was a rehearsal: nothing was changed.")
    click.echo(
        "{rows:,} rows: {created:,} deals created, {updated:,} updated, {unchanged:,} unchanged, "
        "{rejected:,} refused, {ignored:,} ignored.".format(**result)
    )
    outcomes = ", ".join(
        f"{count:,} {name.replace('_', ' ')}" for name, count in result["by_outcome"].items()
    )
    if outcomes:
        click.echo(f"By outcome: {outcomes}.")
    for kind in ("accounts", "contacts", "links"):
        if kind in result:
            found = result[kind]
            click.echo(
                "{0}: {rows:,} rows, {created:,} created, {updated:,} updated, "
                "{rejected:,} refused.".format(kind.capitalize(), **found)
            )
    if result["drafts"]:
        click.echo(f"New competitors, to be judged: {', '.join(result['drafts'])}.")
    for match in result["likely_products"]:
        click.echo(
            "The product '{name}' ({count:,} deals) is probably '{likely}'. They were not "
            "merged.".format(**match)
        )
    for name in result["unsure_by_hand"]:
        click.echo(f"'{name}', added by hand, may be one of several deals; it was left alone.")
    _print_told("Refused", result["refused"])
    _print_told("Worth a look", result["flags"])


def _print_told(title: str, told: Sequence[dict[str, Any]]) -> None:
    if told:
        click.echo(f"{title}:")
    for each in told[:_LISTED]:
        where = "" if each["file"] == "deals" else f" of the {each['file']}"
        click.echo("  line {line}{0}, {field} '{value}': {why}".format(where, **each))
    if len(told) > _LISTED:
        click.echo("  and more: --json lists them, --refused FILE keeps every refused row.")


commands: list[click.Command] = [deals]
