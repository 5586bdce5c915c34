"""The page of outgoing mail, for whoever runs the programme."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.mail import operations
from app.mail.models import Mail, MailState
from app.mail.operations import Letter
from tests.factories import Factory, sign_in_as


@pytest.fixture
def manager(app: Flask, db: Database, make: Factory) -> FlaskClient:
    make.workspace()
    user = make.user("programme_manager")
    make.commit()
    return sign_in_as(app, db, user)


def write(make: Factory, state: MailState = MailState.QUEUED, **values: str) -> Mail:
    mail = operations.write(
        make.session,
        Letter("ilse@ferrow.example", "Your decision", "How did you <come> to it?\n"),
        domain="halden.example",
    )
    mail.state = state
    mail.server_words = values.get("server_words", "")
    make.commit()
    return mail


def test_without_a_server_the_page_says_what_is_missing(manager: FlaskClient, make: Factory):
    write(make)
    page = manager.get("/mail").text
    assert "No mail server is set" in page
    assert "1 mail waits" in page


def test_a_doubtful_mail_wants_a_decision(manager: FlaskClient, make: Factory):
    mail = write(make, MailState.DOUBTFUL)
    assert "1 mail wants a decision" in manager.get("/mail").text
    assert "Nobody can tell" in manager.get(f"/mail/{mail.public_id}").text
    manager.post(f"/mail/{mail.public_id}/arrived")
    assert "Sent" in manager.get(f"/mail/{mail.public_id}").text
    assert "wants a decision" not in manager.get("/mail").text


def test_a_failed_mail_shows_the_servers_words_and_is_sent_again(
    manager: FlaskClient, make: Factory
):
    mail = write(make, MailState.FAILED, server_words="550 No such <user>")
    assert "550 No such &lt;user&gt;" in manager.get(f"/mail/{mail.public_id}").text
    manager.post(f"/mail/{mail.public_id}/again")
    assert "Waits" in manager.get(f"/mail/{mail.public_id}").text


def test_a_mail_that_has_left_cannot_be_taken_back(manager: FlaskClient, make: Factory):
    mail = write(make, MailState.SENT)
    answer = manager.post(f"/mail/{mail.public_id}/back", follow_redirects=True)
    assert "has left" in answer.text


def test_words_are_shown_as_words(manager: FlaskClient, make: Factory):
    mail = write(make)
    assert "How did you &lt;come&gt; to it?" in manager.get(f"/mail/{mail.public_id}").text


def test_an_account_manager_sees_no_outgoing_mail(app: Flask, db: Database, make: Factory):
    mail = write(make)
    user = make.user("interviewer")
    make.commit()
    client = sign_in_as(app, db, user)
    assert client.get("/mail").status_code == 403
    assert client.get(f"/mail/{mail.public_id}").status_code == 403
