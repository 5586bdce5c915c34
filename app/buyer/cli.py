"""`bin/because buyer replies`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from app.buyer.incoming import take_in
from app.buyer.reading import NotAMail, read_mail
from app.buyer.replies import SAYS, Received
from app.core.access import Actor
from app.core.commandline import application, print_json
from app.core.db import Database
from app.core.formats import plural
from app.mail.mailboxes import messages_at

COMMAND_LINE = Actor(None, "Command line")


@click.group("buyer")
def buyer() -> None:
    """What buyers send."""


@buyer.command("replies")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def replies(path: Path, as_json: bool) -> None:
    """Take in replies by mail from PATH: an .eml file, a folder of them, or a maildir.

    A mail is a reply where it holds the buyer's link: quoted, in its subject, in an address or in
    the thread it belongs to. The same mail again changes nothing; none is moved or deleted.
    """
    with application() as (_, db):
        results = [_take_in(db, found.name, found.content) for found in messages_at(path)]
    if as_json:
        print_json(results)
        return
    for result in results:
        click.echo(_line(result))
    counts = Counter(result["result"] for result in results)
    click.echo(f"{plural(len(results), 'mail')}, {counts[Received.TAKEN]} taken in.")


def _take_in(db: Database, name: str, content: bytes) -> dict[str, Any]:
    try:
        mail = read_mail(content)
    except NotAMail as problem:
        return {"mail": name, "result": Received.UNREADABLE.value, "why": str(problem)}
    with db.writing() as session:
        result, link = take_in(session, COMMAND_LINE, mail)
        return {
            "mail": name,
            "result": result.value,
            "why": SAYS[result],
            "interview": link.interview.public_id if link is not None else None,
            "attachments_left_out": mail.attachments,
        }


def _line(result: Mapping[str, Any]) -> str:
    line = f"{result['mail']}: {result['why']}"
    if result["result"] == Received.TAKEN and result["attachments_left_out"]:
        line += f"; {plural(result['attachments_left_out'], 'attachment')} left out"
    return line


commands: list[click.Command] = [buyer]
