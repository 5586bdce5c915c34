"""A buyer replies to the letter instead of opening the link; a person places their words."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.buyer import cli, operations, tokens
from app.core.db import Database
from app.guides.operations import SHIPPED, load_shipped
from app.interviews import deleting
from app.interviews.confidence import is_exact
from app.interviews.models import Answer, Interview, State, Taken
from config import Settings
from tests.buyer.conftest import SELLER
from tests.buyer.mails import TOKEN, mail
from tests.factories import Factory, sign_in_as

WORDS = "It was the audit in March. Nobody told us before.\n\nYour price was fine."
BUYER = "ilse@brandt.example"


class Mailbox:
    """What buyers sent, and the command that takes it in."""

    def __init__(self, folder: Path, token: str, interview: Interview) -> None:
        self.folder = folder
        self.token = token
        self.interview = interview
        self._count = 0

    def gets(self, text: str, sender: str = BUYER, **headers: str) -> None:
        self._count += 1
        quoted = f"{text}\n\nAm 3. März 2026 schrieb Ada <a@b.c>:\n> http://h/b/{self.token}\n"
        content = mail(quoted, sender, **({"Message-ID": f"<{self._count}@x>"} | headers))
        (self.folder / f"{self._count}.eml").write_bytes(content)

    def read(self) -> list[dict[str, Any]]:
        result = CliRunner().invoke(cli.buyer, ["replies", str(self.folder), "--json"])
        assert result.exit_code == 0, result.output
        found: list[dict[str, Any]] = json.loads(result.stdout)
        return found

    def results(self) -> list[str]:
        return [each["result"] for each in self.read()]


@pytest.fixture
def mailbox(
    settings: Settings, make: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Mailbox:
    monkeypatch.setenv("BECAUSE_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url.replace("+psycopg", ""))
    monkeypatch.setenv("SECRET_KEY", settings.secret_key)
    load_shipped(make.session, SHIPPED)
    make.workspace(company="Halden")
    interview = make.interview(
        state="planned",
        scope=None,
        interviewer=make.user("interviewer", email="ada@halden.example"),
        contact=make.contact(name="Ilse Brandt", email=BUYER),
    )
    link = operations.make_link(make.session, SELLER, interview, days=180)
    make.commit()
    folder = tmp_path / "mails"
    folder.mkdir()
    return Mailbox(folder, tokens.token_of(settings.secret_key, link.public_id), interview)


def said(db: Database) -> dict[str, str]:
    """What stands in the interview, by question."""
    with db.reading() as session:
        return {each.question: each.text for each in session.scalars(select(Answer)) if each.text}


def test_a_reply_comes_in_as_one_answer_in_the_buyers_exact_words(db: Database, mailbox: Mailbox):
    mailbox.gets(WORDS)
    [result] = mailbox.read()
    assert (result["result"], result["interview"]) == ("taken", mailbox.interview.public_id)
    with db.reading() as session:
        answer = session.scalars(select(Answer)).one()
        assert (answer.question, answer.text, answer.taken) == (
            "Reply by e-mail",
            WORDS,
            Taken.WRITTEN,
        )
        assert is_exact(answer)


def test_the_same_mail_twice_is_one(db: Database, mailbox: Mailbox):
    mailbox.gets(WORDS)
    mailbox.gets(WORDS, **{"Message-ID": "<1@x>"})
    assert mailbox.results() == ["taken", "known"]
    assert mailbox.results() == ["known", "known"]
    assert len(said(db)) == 1


def test_what_is_no_answer_is_told_apart(db: Database, mailbox: Mailbox):
    mailbox.gets("I am away.", **{"Auto-Submitted": "auto-replied"})
    mailbox.gets("Dear Ilse,", sender="Ada@halden.example")
    mailbox.gets("")
    mailbox.token = TOKEN
    mailbox.gets(WORDS)
    (mailbox.folder / "5.eml").write_bytes(b"nothing of the kind")
    assert mailbox.results() == ["automatic", "ours", "empty", "unknown", "unreadable"]
    assert said(db) == {}


def test_a_mail_that_was_deleted_by_its_buyer_never_comes_back(
    db: Database, make: Factory, mailbox: Mailbox
):
    mailbox.gets(WORDS)
    mailbox.read()
    with db.writing() as session:
        deleting.delete_words(session, SELLER, session.get_one(Interview, mailbox.interview.id))
    assert mailbox.results() == ["known"]
    assert said(db) == {}


def test_a_reply_after_the_link_was_made_anew_still_finds_its_interview(
    db: Database, make: Factory, mailbox: Mailbox
):
    with db.writing() as session:
        interview = session.get_one(Interview, mailbox.interview.id)
        operations.make_link(session, SELLER, interview, days=180)
    mailbox.gets(WORDS)
    assert mailbox.results() == ["taken"]


def test_an_interview_that_was_called_off_takes_no_reply(db: Database, mailbox: Mailbox):
    with db.writing() as session:
        session.get_one(Interview, mailbox.interview.id).state = State.DECLINED
    mailbox.gets(WORDS)
    assert mailbox.results() == ["called_off"]


def test_attachments_are_said(mailbox: Mailbox):
    mailbox.gets(WORDS)
    said_ = CliRunner().invoke(cli.buyer, ["replies", str(mailbox.folder)]).stdout
    assert "1.eml: taken in, to be placed on the page of its interview" in said_
    assert "1 mail, 1 taken in." in said_


@pytest.fixture
def placing(app: Flask, db: Database, mailbox: Mailbox) -> tuple[FlaskClient, str]:
    """The interviewer before the reply, and its address."""
    mailbox.gets(WORDS)
    mailbox.read()
    app.config["WTF_CSRF_ENABLED"] = False
    assert mailbox.interview.interviewer is not None
    client = sign_in_as(app, db, mailbox.interview.interviewer)
    page = client.get(f"/interviews/{mailbox.interview.public_id}").text
    assert "Came by mail, to be placed" in page
    address = re.search(r'href="(/interviews/[^"]*/replies/[^"]*)"', page)
    assert address is not None
    return client, address.group(1)


def questions(page: str) -> list[str]:
    """The ids of the questions a piece may go to."""
    values = re.findall(r'<option value="([^"]+)"', page.partition("</select>")[0])
    return [value for value in values if value not in ("here", "out")]


def test_pieces_move_to_their_questions_word_for_word(
    db: Database, mailbox: Mailbox, placing: tuple[FlaskClient, str]
):
    client, address = placing
    page = client.get(address).text
    first, second, *_ = questions(page)
    sent = client.post(address, data={"base": "1", "where": [first, second]})
    assert sent.status_code == 303
    with db.reading() as session:
        by_id = {each.question_id: each for each in session.scalars(select(Answer))}
        assert by_id[first].text == "It was the audit in March. Nobody told us before."
        assert by_id[second].text == "Your price was fine."
        assert by_id[first].taken is Taken.WRITTEN
    with db.reading() as session:
        assert session.get_one(Interview, mailbox.interview.id).state is State.HELD
    assert "Came by mail" not in client.get(f"/interviews/{mailbox.interview.public_id}").text


def test_a_reply_is_placed_by_sentence_too_and_what_is_left_stays(
    db: Database, placing: tuple[FlaskClient, str]
):
    client, address = placing
    first = questions(client.get(address + "?by=sentence").text)[0]
    client.post(address, data={"base": "1", "by": "sentence", "where": [first, "out", "here"]})
    assert sorted(said(db).values()) == ["It was the audit in March.", "Your price was fine."]


def test_a_reply_that_is_no_answer_is_left_out_and_counts_nothing(
    db: Database, mailbox: Mailbox, placing: tuple[FlaskClient, str]
):
    client, address = placing
    client.post(address + "/aside", data={"base": "1"})
    assert said(db) == {}
    with db.reading() as session:
        assert session.get_one(Interview, mailbox.interview.id).state is State.IN_PROGRESS


def test_a_page_that_is_older_than_the_reply_moves_nothing(
    db: Database, placing: tuple[FlaskClient, str]
):
    client, address = placing
    first = questions(client.get(address).text)[0]
    client.post(address, data={"base": "7", "where": [first, first]})
    assert said(db) == {"Reply by e-mail": WORDS}


def test_each_piece_needs_its_place(db: Database, placing: tuple[FlaskClient, str]):
    client, address = placing
    refused = client.post(address, data={"base": "1", "where": ["here"]})
    assert refused.status_code == 422
    assert "Choose for each piece where it belongs." in refused.text
    assert client.post(address, data={"base": "1", "where": ["here", "x"]}).status_code == 422


def test_words_never_go_beside_what_an_interviewer_noted(
    db: Database, make: Factory, mailbox: Mailbox, placing: tuple[FlaskClient, str]
):
    client, address = placing
    first = questions(client.get(address).text)[0]
    make.answer(mailbox.interview, question_id=first, text="Audit, I think.", taken=Taken.NOTES)
    make.commit()
    assert first not in questions(client.get(address).text)


def test_another_colleague_does_not_see_the_reply(
    app: Flask, db: Database, make: Factory, placing: tuple[FlaskClient, str]
):
    other = make.user("interviewer")
    make.commit()
    assert sign_in_as(app, db, other).get(placing[1]).status_code == 404


@pytest.fixture
def at_work(app: Flask, db: Database, mailbox: Mailbox) -> FlaskClient:
    """The interviewer, whose own mailbox the reply came to."""
    app.config["WTF_CSRF_ENABLED"] = False
    assert mailbox.interview.interviewer is not None
    return sign_in_as(app, db, mailbox.interview.interviewer)


def bring(client: FlaskClient, mailbox: Mailbox, **fields: Any) -> TestResponse:
    return client.post(f"/interviews/{mailbox.interview.public_id}/replies/new", data=fields)


def test_an_interviewer_brings_in_the_mail_as_a_file(
    db: Database, mailbox: Mailbox, at_work: FlaskClient
):
    sent = bring(at_work, mailbox, file=(BytesIO(mail(WORDS)), "reply.eml"))
    assert sent.status_code == 303
    assert "Your price was fine." in at_work.get(sent.location).text
    assert said(db) == {"Reply by e-mail": WORDS}


def test_or_pastes_it_and_once_is_enough(db: Database, mailbox: Mailbox, at_work: FlaskClient):
    assert bring(at_work, mailbox, pasted=WORDS).status_code == 303
    again = bring(at_work, mailbox, pasted=WORDS)
    assert (again.status_code, "Not taken in: came in before." in again.text) == (422, True)
    assert said(db) == {"Reply by e-mail": WORDS}


def test_what_cannot_be_read_keeps_what_was_pasted(mailbox: Mailbox, at_work: FlaskClient):
    file = (BytesIO(b"nothing of the kind"), "reply.eml")
    refused = bring(at_work, mailbox, file=file, pasted="It was the audit.")
    assert (refused.status_code, "This is no mail" in refused.text) == (422, True)
    assert "It was the audit." in refused.text
    assert "Choose a file, or paste the words." in bring(at_work, mailbox).text
