"""A mail about a talk that has not begun is no answer in it: whoever holds the talk gets it."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from flask import Flask
from sqlalchemy import select

from app.buyer import operations, tokens
from app.buyer.incoming import PASSED_ON, read_reply
from app.interviews.models import Answer, Channel, Interview, State
from app.mail.models import Mail
from config import Settings
from tests.buyer.conftest import SELLER
from tests.buyer.mails import mail
from tests.conftest import settings_for
from tests.factories import Factory

BUYER = "ilse@brandt.example"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings_for(
        settings.instance,
        DATABASE_URL=settings.database_url,
        SECRET_KEY=settings.secret_key,
        SMTP_URL="smtp://127.0.0.1:1",
        MAIL_FROM="Halden <interviews@halden.example>",
    )


@pytest.fixture
def interview(make: Factory) -> Interview:
    make.workspace()
    return make.interview(
        state="scheduled",
        scope=None,
        interviewer=make.user(email="ada@halden.example"),
        contact=make.contact(name="Ilse Brandt", email=BUYER),
    )


def reply(
    app: Flask, settings: Settings, make: Factory, of: Interview, text: str, **headers: str
) -> str | None:
    in_writing = of.channel is Channel.WRITTEN
    link = operations.make_link(make.session, SELLER, of, days=180, in_writing=in_writing)
    make.session.flush()
    token = tokens.token_of(settings.secret_key, link.public_id)
    raw = mail(f"{text}\n\nOn Monday Ada wrote:\n> http://h/b/{token}\n", BUYER, **headers)
    with app.app_context():
        return read_reply(make.session, message_from_bytes(raw, policy=policy.default), raw)


def test_it_is_passed_on_to_whoever_holds_it_and_begins_nothing(
    app: Flask, settings: Settings, make: Factory, interview: Interview
):
    assert reply(app, settings, make, interview, "Could we talk an hour later?") == PASSED_ON
    (told,) = make.session.scalars(select(Mail)).all()
    assert (told.to_address, told.reply_to) == ("ada@halden.example", BUYER)
    assert "Could we talk an hour later?" in told.text
    assert "On Monday Ada wrote" not in told.text
    assert interview.state is State.SCHEDULED
    assert make.session.scalar(select(Answer)) is None


def test_a_machines_reply_is_not_passed_on(
    app: Flask, settings: Settings, make: Factory, interview: Interview
):
    automatic = {"Auto-Submitted": "auto-replied"}
    assert reply(app, settings, make, interview, "I am away.", **automatic) is None
    assert make.session.scalar(select(Mail)) is None


def test_in_writing_a_reply_is_still_an_answer(
    app: Flask, settings: Settings, make: Factory, interview: Interview
):
    interview.channel = Channel.WRITTEN
    assert reply(app, settings, make, interview, "It was the audit in March.") == "taken"
    assert interview.state is State.IN_PROGRESS
