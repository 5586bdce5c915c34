"""Whoever runs the programme looks after the mail: what left, what is to decide, what came in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.core.db import Database
from app.identity import operations as identity
from app.mail import operations
from app.mail.models import IncomingMail, MailState
from app.mail.operations import Letter
from tests.browser.conftest import Visit
from tests.browser.house import ADA, House, add_ada, open_house
from tests.browser.visitor import DESKTOP, PHONE, Screen
from tests.factories import PASSWORD
from tests.house.running import free_port

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
STATES = {
    "Your decision": (MailState.SENT, ""),
    "Three questions about your decision": (MailState.DOUBTFUL, "The connection ended."),
    "A reminder": (MailState.FAILED, "550 5.1.1 No such user"),
    "What we wrote down": (MailState.QUEUED, ""),
}
CAME_IN = {
    "Re: Your decision": ("replies", "taken"),
    "Undelivered: A reminder": ("bounces", "failed"),
    "Autumn sale": ("", ""),
}


@pytest.fixture
def house(app: Flask, db: Database) -> Iterator[House]:
    with db.writing() as session:
        identity.ensure_workspace(session, "Europe/Berlin").company = "Halden"
        add_ada(session)
        for subject, (state, said) in STATES.items():
            letter = Letter("ilse@ferrow.example", subject, "Dear Ilse,\n\nhow did it come to it?")
            mail = operations.write(session, letter, domain="halden.example")
            mail.state, mail.server_words = state, said
            mail.sent_at = MONDAY if state is MailState.SENT else None
        for number, (subject, (reader, became)) in enumerate(CAME_IN.items()):
            session.add(
                IncomingMail(
                    fingerprint=str(number),
                    sender="ilse@ferrow.example",
                    subject=subject,
                    reader=reader,
                    became=became,
                )
            )
    with open_house(app, db, free_port(), MONDAY) as opened:
        yield opened


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
def test_mail_is_looked_after(visit: Visit, house: House, screen: Screen, pictures: Path):
    ada = visit(house, screen)
    ada.sign_in(ADA, PASSWORD)
    ada.go("/mail")
    expect(ada.page.get_by_text("2 mails want a decision.")).to_be_visible()
    assert ada.faults() == []
    ada.picture(pictures / f"mail-{screen.name}.png")

    ada.follow("To decide")
    ada.follow("Three questions about your decision")
    expect(ada.page.get_by_text("Nobody can tell whether this was taken.")).to_be_visible()
    assert ada.faults() == []
    ada.picture(pictures / f"mail-doubtful-{screen.name}.png")
    ada.press("It arrived")
    expect(ada.page.get_by_text("Noted as sent.")).to_be_visible()

    ada.go("/mail")
    ada.follow("A reminder")
    expect(ada.page.get_by_text("550 5.1.1 No such user")).to_be_visible()
    ada.press("Take it back")
    expect(ada.page.get_by_text("Taken back: it will not be sent.")).to_be_visible()

    ada.go("/mail")
    ada.follow("Incoming")
    for subject in CAME_IN:
        expect(ada.page.get_by_text(subject)).to_be_visible()
    assert ada.faults() == []
    ada.picture(pictures / f"mail-incoming-{screen.name}.png")
    ada.in_theme("dark")
    assert ada.faults() == []
