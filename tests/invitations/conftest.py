"""A house with a mail server, and somebody to be asked for an interview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from app.buyer import tokens
from app.buyer.models import BuyerLink
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.db import Database
from app.core.jobs import JobContext, enqueue
from app.guides.operations import SHIPPED, load_shipped
from app.interviews.models import Interview
from app.invitations import jobs, operations
from app.invitations.models import Invitation, Letter
from app.mail.models import Mail
from app.mail.sending import Delivery, deliver_due
from app.mail.transport import read_server
from config import Settings
from tests.conftest import settings_for
from tests.factories import Factory
from tests.mail.postbox import Postbox, open_postbox

#: A Monday morning in Berlin.
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ADA = Actor(None, "Ada Ling")


@dataclass
class House:
    """The product, with everything that leaves it and comes back."""

    app: Flask
    db: Database
    settings: Settings
    postbox: Postbox

    def write(self, at: datetime) -> dict[str, Any]:
        """The worker writes what is due, and hands it to the mail server."""
        with clock.frozen(at):
            with self.db.writing() as session:
                job = enqueue(session, operations.WRITE, SYSTEM)
            result = jobs.write(JobContext(self.app, self.db, job.id, SYSTEM))
            if self.settings.smtp_url:
                self.deliver()
        return result or {}

    def deliver(self) -> Delivery:
        server = read_server(self.postbox.url)
        return deliver_due(self.db, server, self.settings.mail_from)

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.postbox.arrived]

    @property
    def last(self) -> EmailMessage:
        return self.postbox.arrived[-1]

    @property
    def last_text(self) -> str:
        body = self.last.get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def invitation(self) -> Invitation:
        with self.db.reading() as session:
            return session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()  # type: ignore[return-value]

    def letters(self) -> list[Letter]:
        with self.db.reading() as session:
            return list(session.scalars(select(Letter).order_by(Letter.id)))

    def mails(self) -> list[Mail]:
        with self.db.reading() as session:
            return list(session.scalars(select(Mail).order_by(Mail.id)))

    def interview(self) -> Interview:
        with self.db.reading() as session:
            return session.scalars(select(Interview).order_by(Interview.id.desc())).first()  # type: ignore[return-value]

    def buyer(self) -> tuple[FlaskClient, str]:
        """Somebody with the newest link, and its address."""
        with self.db.reading() as session:
            link = session.scalars(select(BuyerLink).order_by(BuyerLink.id.desc())).first()
        assert link is not None
        token = tokens.token_of(self.settings.secret_key, link.public_id)
        return self.app.test_client(), f"/b/{token}"


def open_house(settings: Settings, postbox: Postbox, **more: str) -> House:
    values = {"DATABASE_URL": settings.database_url, **more}
    own = settings_for(settings.instance, **values)
    app = create_app(own)
    app.config["TESTING"] = True
    return House(app, app.extensions["because_database"], own, postbox)


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with open_postbox() as opened:
        yield opened


@pytest.fixture
def house(settings: Settings, postbox: Postbox) -> House:
    """With a mail server."""
    return open_house(
        settings, postbox, SMTP_URL=postbox.url, MAIL_FROM="Halden <interviews@halden.example>"
    )


@pytest.fixture
def house_without_mail(settings: Settings, postbox: Postbox) -> House:
    return open_house(settings, postbox)


@pytest.fixture
def planned(make: Factory) -> Interview:
    """About a deal that was lost to Ilse in Berlin; Ada would hold it."""
    load_shipped(make.session, SHIPPED)
    make.workspace(company="Halden", product="Halden Flow")
    ada = make.user("interviewer", name="Ada Ling", email="ada@halden.example")
    account = make.account("Ferrow")
    contact = make.contact(
        account, name="Ilse Brandt", email="ilse@ferrow.example", time_zone="Europe/Berlin"
    )
    deal = make.deal("lost", account=account, product="Halden Flow")
    make.deal_contact(deal, contact)
    interview: Interview = make.interview(
        deal, state="planned", contact=contact, interviewer=ada, scope=None
    )
    return interview


def invite(house: House, make: Factory, interview: Interview, at: datetime = MONDAY) -> None:
    """As it is done by an approval, or by hand."""
    with house.app.app_context(), clock.frozen(at):
        operations.invite(make.session, ADA, interview)
        make.commit()
    make.session.close()
