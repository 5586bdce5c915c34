"""`because mail`: whether the mail server takes what we send, and reading what comes in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from app.core import clock
from app.core.commandline import application, print_json, refuse
from app.core.db import Database
from app.core.formats import plural
from app.mail.incoming import (
    BOUNCES,
    KNOWN,
    Outcome,
    Reader,
    read_folder,
    read_path,
    readers,
    words_for,
)
from app.mail.mailboxes import MailboxTrouble, read_address
from app.mail.models import Mail
from app.mail.queries import new_public_id
from app.mail.sending import composed
from app.mail.transport import Connection, Doubtful, Refused, Unreachable, read_server


@click.group("mail")
def mail() -> None:
    """Mail that goes out, and mail that comes in."""


@mail.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Send one line to ADDRESS, now, and say what the server said."""
    with application() as (app, _):
        settings = app.extensions["because_settings"]
        if not settings.smtp_url:
            refuse("SMTP_URL is not set, so nothing can be sent from here.")
        letter = _line_to(address, settings.public_url)
        try:
            with Connection(read_server(settings.smtp_url), settings.mail_from) as connection:
                connection.send(composed(letter, settings.mail_from), address)
        except (Unreachable, Refused, Doubtful) as trouble:
            refuse(f"the mail server said: {trouble}")
    click.echo(f"The server took it. Look into the mailbox of {address}.")


def _line_to(address: str, public_url: str) -> Mail:
    return Mail(
        message_id=f"<{new_public_id()}@because.invalid>",
        to_address=address,
        to_name="",
        from_name="",
        reply_to="",
        subject="A test from Because",
        text=f"Somebody asked for this test at {public_url}. Mail goes out from here.\n",
        html="",
        calendar="",
        headers={},
        created_at=clock.now(),
    )


_PATH = click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@mail.command("read")
@_PATH
@_JSON
def read(path: Path | None, as_json: bool) -> None:
    """Read what came in at PATH (an .eml file, a folder of them, a maildir), else at MAILBOX_URL.

    Replies, bounces and answers to invitations are taken in; every other message is left alone
    and listed. The same message again changes nothing; none is marked, moved or deleted.
    """
    _read(path, None, as_json)


@mail.command("bounces")
@_PATH
@_JSON
def bounces(path: Path | None, as_json: bool) -> None:
    """Read only the notices of mail that could not be delivered, at PATH or at MAILBOX_URL."""
    _read(path, BOUNCES, as_json)


def _read(path: Path | None, only: str | None, as_json: bool) -> None:
    with application() as (app, db):
        of = [reader for reader in readers() if only in (None, reader.name)]
        url = app.extensions["because_settings"].mailbox_url
        if path is None and not url:
            refuse("say where: a path, or set MAILBOX_URL.")
        try:
            outcomes = _outcomes(db, path, url, of)
        except (MailboxTrouble, OSError) as trouble:
            refuse(str(trouble))
        if as_json:
            print_json([outcome.as_json for outcome in outcomes])
            return
        for outcome in outcomes:
            click.echo(_line(outcome))
        taken = sum(outcome.is_taken for outcome in outcomes)
        click.echo(f"{plural(len(outcomes), 'message')}, {taken} taken in.")


def _outcomes(db: Database, path: Path | None, url: str, of: Sequence[Reader]) -> list[Outcome]:
    mailbox = path or read_address(url)
    if isinstance(mailbox, Path):
        return read_path(db, mailbox, of, again=True)
    return read_folder(db, mailbox, of)


def _line(outcome: Outcome) -> str:
    if outcome.became == KNOWN:
        return f"{outcome.mail}: came in before"
    said = words_for(outcome.reader, outcome.became)
    if outcome.is_taken:
        return f"{outcome.mail}: {said}"
    return f"{outcome.mail}: {said} (from {outcome.sender or 'nobody'}, {outcome.subject!r})"


commands: list[click.Command] = [mail]
