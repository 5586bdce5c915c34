"""The report's PDF by mail, through a real mail server: to whom it goes, and when it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.core.storage import Storage
from app.identity.models import Role
from app.interviews.confidence import Audience
from app.mail.sending import deliver_due
from app.mail.transport import read_server
from app.reports import issuing, mailing
from app.reports.models import Issue, Report, ReportKind, ReportSchedule
from config import Settings
from tests.factories import Factory, sign_in_as
from tests.mail.postbox import Postbox, open_postbox

PDF = b"%PDF-1.7 the report"
Arrived = Callable[[], EmailMessage]
SENDER = "Halden <reports@halden.example>"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with open_postbox() as opened:
        yield opened


@pytest.fixture
def storage(app: Flask) -> Storage:
    kept: Storage = app.extensions["because_storage"]
    return kept


def published(
    make: Factory,
    storage: Storage,
    kind: ReportKind = ReportKind.QUARTER,
    subject: str = "2026Q3",
    audience: Audience = Audience.LEADERSHIP,
    quoted: tuple[int, ...] = (),
) -> Issue:
    report = make.add(Report(kind=kind, subject=subject, audience=audience))
    issue: Issue = make.add(
        Issue(
            report=report,
            number=1,
            title="Security costs us deals",
            data={"lines": ["We won 40 %."]},
            formulas="1",
            html_key=storage.put("reports", b"<p>", "html"),
            pdf_key=storage.put("reports", PDF, "pdf"),
            pdf_sha256="0",
            quoted_deals=list(quoted),
        )
    )
    return issue


@pytest.fixture
def arrived(session: Session, db: Database, postbox: Postbox, storage: Storage) -> Arrived:
    """What is due is sent; the one letter that then came."""

    def sent() -> EmailMessage:
        session.commit()
        deliver_due(db, read_server(postbox.url), SENDER, storage=storage)
        (message,) = postbox.arrived
        return message

    return sent


def attached(message: EmailMessage) -> list[tuple[str | None, bytes]]:
    return [
        (part.get_filename(), part.get_payload(decode=True))
        for part in message.iter_attachments()
        if part.get_content_type() == "application/pdf"
    ]


def test_on_its_day_the_pdf_goes_to_its_readers_alone(
    session: Session, settings: Settings, make: Factory, storage: Storage, arrived: Arrived
) -> None:
    make.workspace()
    published(make, storage)
    leader = make.user(Role.LEADERSHIP)
    make.user(Role.PRODUCT)
    make.user(Role.INTERVIEWER)
    with clock.frozen(datetime(2026, 10, 5, 9, tzinfo=UTC)):
        mailing.set_schedule(session, SYSTEM, Audience.LEADERSHIP, 14, as_pdf=True)
        session.flush()
    with clock.frozen(datetime(2026, 10, 14, 9, tzinfo=UTC)):
        assert mailing.mail_scheduled(session, settings) == 1
        message = arrived()
    assert leader.email in message["To"]
    assert attached(message) == [("because-quarter-2026Q3-v1.pdf", PDF)]
    assert "/reports/versions/" in message.get_body(("plain",)).get_content()


def test_as_a_link_nothing_is_attached(
    session: Session, settings: Settings, make: Factory, storage: Storage, arrived: Arrived
) -> None:
    make.user(Role.LEADERSHIP)
    mailing.mail_issue(session, settings, SYSTEM, published(make, storage))
    message = arrived()
    assert attached(message) == []


def test_a_deals_summary_goes_only_to_sellers_who_see_the_deal(
    session: Session, settings: Settings, make: Factory, storage: Storage, arrived: Arrived
) -> None:
    owner, other = make.user(Role.INTERVIEWER), make.user(Role.INTERVIEWER)
    deal = make.deal("lost", seller=make.seller(user=owner))
    issue = published(make, storage, ReportKind.DEAL, deal.public_id, Audience.SELLERS, (deal.id,))
    assert mailing.mail_issue(session, settings, SYSTEM, issue, as_pdf=True) == 1
    message = arrived()
    assert owner.email in message["To"]
    assert other.email not in message["To"]
    assert [content for _, content in attached(message)] == [PDF]


def test_what_a_buyer_took_back_before_it_left_is_not_sent(
    session: Session, settings: Settings, make: Factory, storage: Storage, arrived: Arrived
) -> None:
    make.user(Role.LEADERSHIP)
    deal = make.deal("lost")
    mailing.mail_issue(
        session, settings, SYSTEM, published(make, storage, quoted=(deal.id,)), as_pdf=True
    )
    issuing.take_back(session, deal.id)
    message = arrived()
    assert attached(message) == []
    assert "/reports/versions/" in message.get_body(("plain",)).get_content()


def test_link_or_pdf_is_chosen_with_the_days(
    app: Flask, db: Database, session: Session, make: Factory
) -> None:
    make.workspace()
    manager = make.user(Role.PROGRAMME_MANAGER)
    make.commit()
    client = sign_in_as(app, db, manager)
    ways = {"leadership_way": "pdf", "product_way": "link", "sellers_way": "link"}
    client.post("/reports/schedule", data={"leadership": "14", "product": "7", **ways})
    session.expire_all()
    page = client.get("/reports/schedule")
    kept = {row.audience: row.as_pdf for row in session.scalars(select(ReportSchedule))}
    assert kept == {Audience.LEADERSHIP: True, Audience.PRODUCT: False}
    ticked = re.findall(r'<input checked[^>]*name="(\w+)"[^>]*value="(\w+)"', page.text)
    assert ("leadership_way", "pdf") in ticked
    assert ("product_way", "link") in ticked
