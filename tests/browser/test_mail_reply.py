"""A buyer answers the letter from their own mail program instead of by the link: over a real mail
server into a real mailbox, from where the words come to a page, for a person to place."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.core import clock
from app.core.db import Database
from app.guides.operations import SHIPPED, load_shipped
from app.identity import operations as identity
from config import Settings
from tests.browser import buyer
from tests.browser.conftest import Visit
from tests.browser.house import ADA, House, add_ada, open_house
from tests.browser.interview import SAID
from tests.browser.visitor import PHONE
from tests.conftest import settings_for
from tests.factories import PASSWORD
from tests.house.running import free_port
from tests.mail.mailbox import ImapServer, open_imap_server
from tests.mail.postbox import open_postbox

MONDAY = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
MAILBOX = "interviews"


@pytest.fixture(scope="module")
def imap() -> Iterator[ImapServer]:
    with open_imap_server() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, imap: ImapServer) -> Settings:
    return settings_for(
        settings.instance, DATABASE_URL=settings.database_url, MAILBOX_URL=imap.url(MAILBOX)
    )


@pytest.fixture
def house(app: Flask, db: Database) -> Iterator[House]:
    with clock.frozen(MONDAY), db.writing() as session:
        identity.ensure_workspace(session, "Europe/Berlin").company = "Halden"
        load_shipped(session, SHIPPED)
        add_ada(session)
    with open_house(app, db, free_port(), MONDAY) as opened:
        yield opened


def test_a_reply_by_mail_waits_on_the_page_and_is_placed(
    visit: Visit, house: House, imap: ImapServer
):
    ada = visit(house, PHONE)
    ada.sign_in(ADA, PASSWORD)
    buyer.ask_in_writing(ada, "Nordwind")
    letter = ada.page.get_by_label(re.compile("A letter to send it in")).input_value()
    ada.follow("Interview")
    ada.arrives_at("Interview with Ilse Brandt")
    asked = ada.page.url

    arrives(imap, reply_to(letter, "\n\n".join(SAID[:2])))
    house.wait_until(MONDAY + timedelta(minutes=3))

    ada.go(asked)
    expect(ada.page.get_by_role("heading", name="Came by mail, to be placed")).to_be_visible()
    assert ada.faults() == []
    ada.touch(ada.page.get_by_role("link", name=re.compile("Place the reply")))
    expect(ada.page.locator(".pieces blockquote")).to_have_text(list(SAID[:2]))
    for number in (1, 2):
        ada.page.get_by_label(f"Piece {number} belongs").select_option(index=number)
    ada.press("Place them")
    ada.arrives_at("Interview with Ilse Brandt")
    expect(ada.page.locator(".answered")).to_contain_text(list(SAID[:2]))
    expect(ada.page.get_by_text("Came by mail")).to_have_count(0)


def reply_to(letter: str, words: str) -> EmailMessage:
    """As a mail program writes it: the words, and below them the letter, quoted."""
    reply = EmailMessage()
    reply["From"], reply["To"] = "Ilse Brandt <ilse@nordwind.example>", "interviews@halden.example"
    reply["Subject"], reply["Message-ID"] = "Re: Your decision", "<reply@nordwind.example>"
    quoted = "\n".join(f"> {line}" for line in letter.splitlines())
    reply.set_content(f"{words}\n\nOn Mon, 7 Dec 2026 at 10:00 Ada Ling wrote:\n{quoted}\n")
    return reply


def arrives(imap: ImapServer, mail: EmailMessage) -> None:
    """From the buyer's program to the house's mail server, and on into its mailbox."""
    with open_postbox() as postbox:
        with smtplib.SMTP("127.0.0.1", postbox.port) as server:
            server.send_message(mail)
        imap.receives(MAILBOX, *(arrived.as_bytes() for arrived in postbox.arrived))
