"""Messages that come in: offered to the readers, taken once, otherwise left alone and listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.core.jobs import enqueue, run_job
from app.mail import cli, incoming, operations, queries
from app.mail.incoming import Outcome, go_on_reading, offer, read_path, readers
from app.mail.jobs import READ
from app.mail.mailboxes import Found, ImapFolder, MailboxTrouble, messages_at, read_address
from app.mail.models import IncomingMail, MailboxPlace
from config import BadSetting, Settings
from tests.buyer.mails import mail
from tests.conftest import settings_for
from tests.factories import Factory, sign_in_as
from tests.house.running import free_port
from tests.mail.mailbox import ImapServer, open_imap_server


def read_parcels(session: Session, message: EmailMessage, _raw: bytes) -> str | None:
    if "poison" in str(message["Subject"]):
        session.add(MailboxPlace(key="half done"))
        session.flush()
        raise ZeroDivisionError
    return "signed_for" if "parcel" in str(message["Subject"]) else None


def read_bounces(_session: Session, message: EmailMessage, _raw: bytes) -> str | None:
    return "stopped" if "returned" in str(message["Subject"]) else None


@pytest.fixture(autouse=True)
def two_readers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "_readers", {})
    incoming.register("parcels", read_parcels, says={"signed_for": "signed for"})
    incoming.register("bounces", read_bounces, order=10)


def message(subject: str, number: int = 1) -> bytes:
    return mail("Hello.", Subject=subject, **{"Message-ID": f"<{number}@x>"})


def bring(db: Database, content: bytes, *, again: bool = True) -> Outcome:
    return offer(db, Found("1.eml", content), readers(), again=again)


def kept(db: Database) -> list[tuple[str, str, str]]:
    with db.reading() as session:
        rows = session.scalars(select(IncomingMail).order_by(IncomingMail.id))
        return [(row.subject, row.reader, row.became) for row in rows]


def test_the_first_reader_that_knows_its_kind_takes_it(db: Database):
    both = bring(db, message("Your parcel was returned"))
    assert (both.reader, both.became, both.is_taken) == ("bounces", "stopped", True)
    assert bring(db, message("Your parcel", 2)).reader == "parcels"


def test_a_message_counts_once(db: Database):
    bring(db, message("Your parcel"))
    again = bring(db, message("Your parcel"))
    assert (again.became, again.is_taken) == ("known", True)
    assert len(kept(db)) == 1


def test_what_nobody_takes_is_left_and_offered_again_when_asked(db: Database):
    assert bring(db, message("Lunch?")).became == "left"
    assert kept(db) == [("Lunch?", "", "left")]
    incoming.register("lunches", lambda *_: "accepted")
    assert bring(db, message("Lunch?"), again=False).became == "known"
    assert bring(db, message("Lunch?")).reader == "lunches"
    assert kept(db) == [("Lunch?", "lunches", "accepted")]


def test_a_reader_that_stumbles_harms_no_other_message(db: Database):
    poison = bring(db, message("poison"))
    assert (poison.reader, poison.became, poison.is_taken) == ("parcels", "failed", False)
    assert kept(db) == [("poison", "parcels", "failed")]
    with db.reading() as session:
        assert queries.mailbox(session, "half done") is None
    assert bring(db, message("Your parcel", 2)).is_taken


def test_one_reader_alone_says_nothing_of_what_it_leaves(db: Database):
    alone = [reader for reader in readers() if reader.name == "bounces"]
    assert offer(db, Found("1.eml", message("Lunch?")), alone, again=True).became == "left"
    assert kept(db) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: \xff <",
        b"Subject: =?utf-8?q?=00=ff?=\n\n",
        b"Date: x\n\ny",
        b"Subject: " + b"x" * 5000 + b"\n\n",
        b"Content-Type: multipart/mixed\n\nno end",
    ],
)
def test_whatever_is_no_proper_message_is_left(db: Database, content: bytes):
    assert bring(db, content).became == "left"


def test_who_wrote_what_nobody_took_is_forgotten_after_a_month(db: Database):
    bring(db, message("Lunch?"))
    bring(db, message("Your parcel", 2))
    with clock.frozen(clock.now() + timedelta(days=31)), db.writing() as session:
        operations.forget_strangers(session)
    assert [subject for subject, *_ in kept(db)] == ["", "Your parcel"]


def test_a_maildir_a_folder_of_files_and_one_file_are_read(tmp_path: Path):
    for name in ("box/new/1.host", "box/cur/2.host:2,S", "folder/a.eml", "folder/b.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(message("Your parcel"))
    assert len(list(messages_at(tmp_path / "box"))) == 2
    assert [found.name for found in messages_at(tmp_path / "folder")] == ["a.eml"]
    assert len(list(messages_at(tmp_path / "folder" / "a.eml"))) == 1
    with pytest.raises(MailboxTrouble, match="no mailbox at"):
        list(messages_at(tmp_path / "nowhere"))


def test_reading_a_folder_of_files(db: Database, tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(message("Your parcel"))
    (tmp_path / "b.eml").write_bytes(message("Lunch?", 2))
    results = read_path(db, tmp_path, readers(), again=True)
    assert [(each.mail, each.became) for each in results] == [
        ("a.eml", "signed_for"),
        ("b.eml", "left"),
    ]


@pytest.fixture(scope="module")
def imap() -> Iterator[ImapServer]:
    with open_imap_server() as server:
        yield server


def folder(url: str) -> ImapFolder:
    found = read_address(url)
    assert isinstance(found, ImapFolder)
    return found


def test_an_imap_folder_is_read_from_where_it_was_left(db: Database, imap: ImapServer):
    imap.receives("ada", message("Your parcel"), message("Lunch?", 2))
    inbox = folder(imap.url("ada"))
    assert [each.became for each in go_on_reading(db, inbox)] == ["signed_for", "left"]
    assert go_on_reading(db, inbox) == []
    imap.receives("ada", message("Second parcel", 3))
    assert [each.subject for each in go_on_reading(db, inbox)] == ["Second parcel"]


def test_reading_leaves_the_mailbox_as_it_was(db: Database, imap: ImapServer):
    imap.receives("eve", message("Your parcel"))
    go_on_reading(db, folder(imap.url("eve")))
    with imap.opened("eve") as server:
        server.select("INBOX", readonly=True)
        assert server.uid("SEARCH", "UNSEEN")[1] == [b"1"]


def test_a_folder_made_anew_is_read_from_its_beginning(db: Database, imap: ImapServer):
    imap.receives("tom", message("Your parcel"))
    inbox = folder(imap.url("tom"))
    go_on_reading(db, inbox)
    with db.writing() as session:
        place = queries.mailbox(session, inbox.key)
        assert place is not None
        place.validity, place.uid = place.validity - 1, 99
    assert [each.became for each in go_on_reading(db, inbox)] == ["known"]


def test_a_wrong_password_and_a_missing_folder_are_said(db: Database, imap: ImapServer):
    for url, words in (
        (imap.url("ada", "wrong"), "does not take this name and password"),
        (imap.url("ada", folder="Interviews"), "has no folder Interviews"),
        (f"imap://ada:x@127.0.0.1:{free_port()}/", "does not answer"),
    ):
        inbox = folder(url)
        assert go_on_reading(db, inbox) == []
        with db.reading() as session:
            place = queries.mailbox(session, inbox.key)
            assert place is not None
            assert words in place.problem
            assert "wrong" not in place.problem


def test_the_worker_reads_the_mailbox(settings: Settings, imap: ImapServer):
    imap.receives("job", message("Your parcel"))
    app, db = with_mailbox(settings, imap.url("job"))
    incoming._readers.clear()
    incoming.register("parcels", read_parcels)
    with db.writing() as session:
        job = enqueue(session, READ, SYSTEM)
    run_job(app, db, job.id)
    assert kept(db) == [("Your parcel", "parcels", "signed_for")]


def with_mailbox(settings: Settings, url: str) -> tuple[Flask, Database]:
    more = {"DATABASE_URL": settings.database_url, "MAILBOX_URL": url}
    app = create_app(settings_for(settings.instance, **more))
    return app, app.extensions["because_database"]


@pytest.mark.parametrize("url", ["pop3://host/", "imaps://", "a/relative/path"])
def test_a_mailbox_that_is_none_stops_the_start(tmp_path: Path, url: str):
    with pytest.raises(BadSetting, match="MAILBOX_URL"):
        settings_for(tmp_path, MAILBOX_URL=url)


def test_an_address_is_read_with_its_folder_and_its_escaped_password():
    found = folder("imaps://ada%40halden.example:a%2Fb@mail.example/Win%20loss/Replies")
    assert (found.user, found.password, found.port) == ("ada@halden.example", "a/b", 993)
    assert (found.folder, found.encrypted) == ("Win loss/Replies", True)
    assert replace(found, password="other").key == found.key


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("BECAUSE_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url.replace("+psycopg", ""))
    monkeypatch.delenv("MAILBOX_URL", raising=False)
    return CliRunner()


def run(command: CliRunner, *arguments: str) -> Any:
    return command.invoke(cli.mail, arguments)


def test_the_command_says_what_became_of_each(command: CliRunner, tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(message("Your parcel"))
    (tmp_path / "b.eml").write_bytes(message("Lunch?", 2))
    said = run(command, "read", str(tmp_path)).stdout
    assert "a.eml: Parcels: signed for" in said
    assert "b.eml: Left alone (from ilse@brandt.example, 'Lunch?')" in said
    assert "2 messages, 1 taken in." in said
    again = json.loads(run(command, "read", str(tmp_path), "--json").stdout)
    assert [each["became"] for each in again] == ["known", "left"]


def test_the_command_for_bounces_reads_nothing_else(
    command: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # The command builds the product anew, and with it the real reader of bounces.
    monkeypatch.setattr("app.invitations.incoming.take_bounce", read_bounces)
    (tmp_path / "a.eml").write_bytes(message("Your parcel"))
    (tmp_path / "b.eml").write_bytes(message("returned", 2))
    said = json.loads(run(command, "bounces", str(tmp_path), "--json").stdout)
    assert [(each["reader"], each["became"]) for each in said] == [
        ("", "left"),
        ("bounces", "stopped"),
    ]


def test_without_a_path_and_a_mailbox_the_command_says_so(command: CliRunner):
    result = run(command, "read")
    assert result.exit_code == 1
    assert "set MAILBOX_URL" in result.stderr


def test_the_command_reads_the_mailbox_of_the_setting(
    command: CliRunner, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
):
    imap.receives("cli", message("Your parcel"))
    monkeypatch.setenv("MAILBOX_URL", imap.url("cli"))
    assert "1 message, 1 taken in." in run(command, "read").stdout


def test_the_page_lists_what_came_in_and_says_what_is_wrong(
    app: Flask, db: Database, make: Factory, settings: Settings
):
    make.workspace()
    manager = make.user("programme_manager")
    make.commit()
    page = sign_in_as(app, db, manager).get("/mail/incoming").text
    assert "No mailbox is read" in page
    assert "Nothing has come in" in page
    bring(db, message("Your <parcel>"))
    bring(db, message("Lunch?", 2))
    app, db = with_mailbox(settings, f"imap://ada:x@127.0.0.1:{free_port()}/")
    incoming._readers.clear()
    incoming.register("parcels", read_parcels, says={"signed_for": "signed for"})
    go_on_reading(db, folder(app.extensions["because_settings"].mailbox_url))
    page = sign_in_as(app, db, manager).get("/mail/incoming").text
    assert "The mailbox cannot be read" in page
    assert "Your &lt;parcel&gt;" in page
    assert "Parcels: signed for" in page
    assert "Left alone" in page
