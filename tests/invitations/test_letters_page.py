"""The page on which letters are worded, looked at and tried on oneself."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from app.audit.models import AuditEvent
from app.core.db import Database
from app.invitations.models import BookingAddress, LetterWording
from app.invitations.queries import wording_for
from app.invitations.wording import About, Step, shipped
from app.mail.models import Mail
from config import Settings
from tests.conftest import settings_for
from tests.factories import Factory, sign_in_as

LETTER = "/letters/lost/de/invitation"
WORDS = {"subject": "Kurz zu {product}", "text": "Guten Tag {name},\r\n\r\n{ways}\r\n\r\n{sender}"}


@pytest.fixture
def manager(app: Flask, db: Database, make: Factory) -> FlaskClient:
    make.workspace(company="Halden", product="Halden Flow")
    user = make.user("programme_manager", name="Zoë Lindqvist", email="zoe@halden.example")
    make.commit()
    return sign_in_as(app, db, user)


def stands(db: Database) -> str:
    with db.reading() as session:
        return wording_for(session, About.LOST, "de", Step.INVITATION).subject


def test_the_list_shows_every_letter_of_a_language(manager: FlaskClient):
    page = unescape(manager.get("/letters?language=fr").text)
    for about in About:
        assert shipped(about, "fr", Step.INVITATION).subject in page
    assert manager.get("/letters?language=xx").status_code == 200


def test_a_letter_is_shown_as_a_buyer_reads_it(manager: FlaskClient):
    page = manager.get(LETTER).text
    assert "Wie Sie über Halden Flow entschieden haben" in page
    assert "Guten Tag Ingrid Holm" in page
    assert "Zoë Lindqvist" in page
    assert "Nein, danke" in page
    assert "Uhrzeit in Berlin" in page


def test_changed_words_are_kept_and_written_from_then_on(manager: FlaskClient, db: Database):
    answer = manager.post(LETTER, data=WORDS, follow_redirects=True)
    assert "Kurz zu Halden Flow" in answer.text
    assert stands(db) == "Kurz zu {product}"
    assert "Zoë Lindqvist" in manager.get("/letters?language=de").text
    with db.reading() as session:
        assert session.scalars(select(AuditEvent.action)).all().count("letter.reworded") == 1


def test_looking_saves_nothing_and_shows_what_was_typed(manager: FlaskClient, db: Database):
    page = manager.post(LETTER, data={**WORDS, "then": "preview"}).text
    assert "Kurz zu Halden Flow" in page
    assert "Kurz zu {product}" in page
    assert stands(db) == shipped(About.LOST, "de", Step.INVITATION).subject


def test_what_cannot_be_filled_in_is_refused_and_stays_typed(manager: FlaskClient, db: Database):
    answer = manager.post(LETTER, data={**WORDS, "text": "Guten Tag {nmae},\n\nohne Weg"})
    assert answer.status_code == 422
    assert "Nothing fills in {nmae}" in answer.text
    assert "ohne Weg" in answer.text
    answer = manager.post(LETTER, data={**WORDS, "text": "Guten Tag", "subject": ""})
    assert "{ways} is missing" in answer.text
    assert "A letter has a subject." in answer.text


def test_one_goes_back_to_what_is_shipped(manager: FlaskClient, db: Database):
    manager.post(LETTER, data=WORDS)
    manager.post(f"{LETTER}/restore")
    assert stands(db) == shipped(About.LOST, "de", Step.INVITATION).subject
    with db.reading() as session:
        assert session.scalars(select(LetterWording)).all() == []


def test_typing_the_shipped_words_again_keeps_no_row(manager: FlaskClient, db: Database):
    manager.post(LETTER, data=WORDS)
    words = shipped(About.LOST, "de", Step.INVITATION)
    manager.post(LETTER, data={"subject": words.subject, "text": words.text})
    with db.reading() as session:
        assert session.scalars(select(LetterWording)).all() == []


def test_without_a_mail_server_it_says_that_nothing_can_be_sent(manager: FlaskClient, db: Database):
    assert "No mail server is set" in manager.get(LETTER).text
    manager.post(LETTER, data={**WORDS, "then": "test"})
    with db.reading() as session:
        assert session.scalars(select(Mail)).all() == []


def test_a_test_goes_to_oneself_and_saves_nothing(settings: Settings, make: Factory):
    more = {"SMTP_URL": "smtp://127.0.0.1:1", "MAIL_FROM": "Halden <i@halden.example>"}
    app = create_app(settings_for(settings.instance, DATABASE_URL=settings.database_url, **more))
    db: Database = app.extensions["because_database"]
    make.workspace(company="Halden")
    user = make.user("programme_manager", email="zoe@halden.example")
    make.commit()
    page = sign_in_as(app, db, user).post(LETTER, data={**WORDS, "then": "test"})
    assert "on its way to zoe@halden.example" in page.text
    with db.reading() as session:
        mail = session.scalars(select(Mail)).one()
        assert (mail.to_address, mail.subject) == ("zoe@halden.example", "Kurz zu Halden")
        assert mail.html
        assert session.scalars(select(LetterWording)).all() == []


@pytest.mark.parametrize("path", ["/letters/lost/xx/invitation", "/letters/open/en/invitation"])
def test_a_letter_that_there_is_not(manager: FlaskClient, path: str):
    assert manager.get(path).status_code == 404


@pytest.mark.parametrize("role", ["interviewer", "product", "leadership"])
def test_only_whoever_runs_the_programme_words_letters(
    app: Flask, db: Database, make: Factory, role: str
):
    user = make.user(role)
    make.commit()
    client = sign_in_as(app, db, user)
    assert client.get("/letters").status_code == 403
    assert client.post(LETTER, data=WORDS).status_code == 403


def test_an_account_manager_names_a_booking_page_of_their_own(
    app: Flask, db: Database, make: Factory
):
    user = make.user("interviewer")
    make.commit()
    client = sign_in_as(app, db, user)
    refused = client.post("/account/booking-page", data={"address": "http://calendly.com/ada"})
    assert refused.status_code == 422
    assert "begins with https://" in refused.text
    client.post("/account/booking-page", data={"address": "https://calendly.com/ada/30min"})
    assert "https://calendly.com/ada/30min" in client.get("/account/booking-page").text
    client.post("/account/booking-page", data={"address": ""})
    with db.reading() as session:
        assert session.scalars(select(BookingAddress)).all() == []
