"""From a deal that closes to an interview that is held, with no hand but the buyer's, before a real
mail server and a real calendar server; and the other ways that a buyer may take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar as Ical
from playwright.sync_api import expect
from sqlalchemy import select

from app import create_app
from app.calendars import operations as calendars
from app.calendars.fetching import Access
from app.calendars.models import CalendarKind
from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.deals import operations as deals
from app.deals.models import Contact, Deal, DealContact, Outcome
from app.guides.operations import SHIPPED, load_shipped
from app.identity import operations as identity
from app.interviews.models import Interview
from app.programmes.models import OptOut, Selection
from config import Settings
from tests.browser import axe, buyer, interview
from tests.browser.conftest import Visit
from tests.browser.house import ADA, House, add_ada, open_house
from tests.browser.visitor import PHONE, Visitor
from tests.calendars.radicale import PASSWORD as CALENDAR_PASSWORD
from tests.calendars.radicale import CaldavServer, open_radicale
from tests.compiled_once import compile_templates_once
from tests.conftest import settings_for
from tests.factories import PASSWORD, Factory
from tests.house.running import free_port
from tests.mail.postbox import Postbox, open_postbox

#: Ten o'clock in Berlin.
MONDAY = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: Ada's calendar says that she is away until then.
BACK_ON = datetime(2026, 12, 17, 8, 0, tzinfo=UTC)
TALKER, WRITER = "ilse@nordwind.example", "jonas@osprey.example"
DECLINER, LEAVER = "maria@ferrow.example", "tom@harbour.example"
BUYERS = {TALKER: "Ilse Brandt", WRITER: "Jonas Weil", DECLINER: "Maria Costa", LEAVER: "Tom Reed"}


@pytest.fixture(scope="module")
def radicale() -> Iterator[CaldavServer]:
    with open_radicale("ada") as server:
        yield server


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with open_postbox() as opened:
        yield opened


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def settings(settings: Settings, postbox: Postbox, port: int) -> Settings:
    return settings_for(
        settings.instance,
        DATABASE_URL=settings.database_url,
        SECRET_KEY=settings.secret_key,
        OUTSIDE_PRIVATE="1",
        SMTP_URL=postbox.url,
        MAIL_FROM="Halden <interviews@halden.example>",
        PUBLIC_URL=f"http://127.0.0.1:{port}",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    compile_templates_once(app)
    yield app
    app.extensions["because_database"].engine.dispose()


@pytest.fixture
def house(
    app: Flask, db: Database, settings: Settings, radicale: CaldavServer, port: int
) -> Iterator[House]:
    """Halden: a programme that lets leave by itself, and Ada, who is away until the 17th."""
    with clock.frozen(MONDAY), db.writing() as session:
        make = Factory(session)
        company = identity.ensure_workspace(session, "Europe/Berlin")
        company.company, company.product = "Halden", "Halden Customs"
        load_shipped(session, SHIPPED)
        ada = add_ada(session, time_zone="Europe/Berlin")
        session.flush()
        make.programme("Everybody", interviewers=[ada], approval="at_once", per_week=20)
        for number, (email, name) in enumerate(BUYERS.items()):
            place = "Europe/Berlin" if email == TALKER else ""
            contact = make.contact(name=name, email=email, time_zone=place)
            deal = make.deal("open", name=f"Customs {number}", closed_on=None)
            make.deal_contact(deal, contact)
        calendar = radicale.make_calendar("ada", f"Work{port}")
        radicale.put(calendar, "away", _away(MONDAY, BACK_ON), "ada")
        calendars.connect(
            session,
            SYSTEM,
            ada.id,
            Access(CalendarKind.CALDAV, calendar, "ada", CALENDAR_PASSWORD),
            settings.secret_key,
            name="Work",
            writes=True,
        )
    with open_house(app, db, port, MONDAY) as house:
        house.wait_until(MONDAY)
        yield house


def test_from_a_deal_that_closes_to_an_interview_that_is_held(
    house: House, visit: Visit, postbox: Postbox, radicale: CaldavServer
):
    close_the_deals(house, TALKER)
    ada = sign_in(visit, house)
    ada.go("/programmes/queue")
    ada.arrives_at("1 buyer to be asked")
    expect(ada.page.get_by_text("Leaves by itself")).to_be_visible()
    holds_at_both_widths(ada)

    house.wait_until(MONDAY + 2 * DAY)
    (invitation,) = mails_to(postbox, TALKER)
    assert invitation["Reply-To"] == ADA
    house.wait_until(MONDAY + 8 * DAY)
    reminder = mails_to(postbox, TALKER)[-1]
    assert reminder["In-Reply-To"] == invitation["Message-ID"]

    ilse = visit(house, PHONE)
    ilse.go(links_in(reminder)[0])
    expect(ilse.page.get_by_role("heading", level=1)).to_contain_text("17 December")
    holds_at_both_widths(ilse)
    ilse.press("Yes, take this time")
    ilse.page.get_by_role("button", name="Cancel our talk").wait_for()
    holds_at_both_widths(ilse)
    house.work()
    booked = meeting_in(mails_to(postbox, TALKER)[-1])
    assert in_calendar(radicale, house) == [booked["DTSTART"].dt]

    ilse.go(links_in(mails_to(postbox, TALKER)[-1])[0])
    ilse.follow("Another time")
    ilse.page.get_by_role("heading", name="When shall we talk?").wait_for()
    holds_at_both_widths(ilse)
    ilse.page.locator(".times a").last.click()
    ilse.press("Yes, take this time instead")
    ilse.page.get_by_role("button", name="Cancel our talk").wait_for()
    house.work()
    moved = meeting_in(mails_to(postbox, TALKER)[-1])
    assert (moved["UID"], moved["SEQUENCE"]) == (booked["UID"], 1)
    begins = moved["DTSTART"].dt
    assert in_calendar(radicale, house) == [begins]

    for before in (DAY, HOUR):
        told = len(mails_to(postbox, TALKER)), len(mails_to(postbox, ADA))
        house.wait_until(begins.astimezone(UTC) - before)
        house.work()
        told_now = len(mails_to(postbox, TALKER)), len(mails_to(postbox, ADA))
        assert told_now == (told[0] + 1, told[1] + 1)

    house.wait_until(begins.astimezone(UTC))
    ada = sign_in(visit, house)  # It is another week: the browser asks who she is.
    ada.go("/day")
    ada.arrives_at("Your day")
    holds_at_both_widths(ada)
    ada.follow("Open the interview with Ilse Brandt")
    interview.begin(ada)
    for words in interview.SAID:
        interview.answer(ada, words)
    interview.wait_until_saved(ada)
    interview.finish(ada, "Nobody answered in time.", strongest="Fenwick had someone here")
    ada.arrives_at("Thank you: one more buyer is heard")

    # The next morning: nobody is thanked at night.
    house.wait_until(begins.astimezone(UTC) + 18 * HOUR)
    thanks = mails_to(postbox, TALKER)[-1]
    ilse.go(links_in(thanks)[0])
    expect(ilse.page.get_by_text("Fenwick had someone here").first).to_be_visible()
    holds_at_both_widths(ilse)
    assert state_of(house, TALKER) == "held"


def test_in_writing_no_thank_you_and_no_more_letters(house: House, visit: Visit, postbox: Postbox):
    close_the_deals(house, WRITER, DECLINER, LEAVER)
    house.wait_until(MONDAY + 2 * DAY)

    jonas = visit(house, PHONE)
    jonas.go(link_called(mails_to(postbox, WRITER)[-1], "times"))
    whose = jonas.page.locator("label[for=zone]")
    expect(whose).to_contain_text("London")  # By what the browser says: nobody told us.
    jonas.go(link_called(mails_to(postbox, WRITER)[-1], "in-writing"))
    holds_at_both_widths(jonas)
    jonas.press("Yes, in writing")
    jonas.arrives_at("Three questions about your decision")
    buyer.allow(jonas, jonas.page.url)
    for number, words in enumerate(interview.SAID, 1):
        expect(jonas.page.get_by_text(f"Question {number} of 3")).to_be_visible()
        buyer.write(jonas, words)
        jonas.press("Next")
    jonas.arrives_at("Thank you. Three more?")
    holds_at_both_widths(jonas)
    jonas.press("I am done")
    jonas.arrives_at("Thank you")

    maria = visit(house, PHONE)
    maria.go(link_called(mails_to(postbox, DECLINER)[-1], "no"))
    assert state_of(house, DECLINER) == "planned", "opening a page decides nothing"
    holds_at_both_widths(maria)
    maria.press("No, thank you")
    maria.arrives_at("Noted. Nobody asks you again about this decision.")

    tom = visit(house)
    tom.go(link_called(mails_to(postbox, LEAVER)[-1], "stop"))
    holds_at_both_widths(tom)
    tom.press("No more letters")
    tom.arrives_at("You get no more letters that ask")

    told = {who: len(mails_to(postbox, who)) for who in (DECLINER, LEAVER)}
    for days in (3, 8, 14, 21, 29):
        house.wait_until(MONDAY + days * DAY)
    assert {who: len(mails_to(postbox, who)) for who in told} == told, "nobody writes to them"
    assert [mail["Subject"] for mail in mails_to(postbox, WRITER)][1:], "thanked"
    states = [state_of(house, who) for who in (WRITER, DECLINER, LEAVER)]
    assert states == ["held", "declined", "declined"]
    with house.db.reading() as session:
        assert session.scalars(select(OptOut.address)).all() == [LEAVER]

    with clock.frozen(house.now), house.db.writing() as session:
        contact = session.scalar(select(Contact).where(Contact.email == LEAVER))
        assert contact is not None
        again = Factory(session).deal("lost", name="Another", closed_on=house.now.date())
        Factory(session).deal_contact(again, contact)
    house.wait_until(house.now + DAY)
    with house.db.reading() as session:
        chosen = select(Selection.id).join(Selection.deal).where(Deal.name == "Another")
        assert session.scalar(chosen) is None, "no deal is a reason to write to them again"


def close_the_deals(house: House, *emails: str) -> None:
    """The CRM says that they are lost since today."""
    with clock.frozen(house.now), house.app.app_context(), house.db.writing() as session:
        closed = (
            select(Deal)
            .join(DealContact, DealContact.deal_id == Deal.id)
            .join(DealContact.contact)
            .where(Contact.email.in_(emails))
        )
        for deal in session.scalars(closed).all():
            assert deal.account is not None
            deals.edit_deal(
                session,
                SYSTEM,
                deal,
                account=deal.account.name,
                name=deal.name,
                competitors=[],
                outcome=Outcome.LOST,
                closed_on=house.now.date(),
            )
    house.work()


def sign_in(visit: Visit, house: House) -> Visitor:
    ada: Visitor = visit(house)
    ada.sign_in(ADA, PASSWORD)
    return ada


def holds_at_both_widths(visitor: Visitor) -> None:
    """Nothing to be said against the page, wide or narrow."""
    wide = visitor.screen.width, visitor.screen.height
    assert visitor.faults() == []
    visitor.resize(1280 if visitor.screen.is_phone else 390)
    assert visitor.faults(axe.LAID_OUT) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visitor.resize(*wide)


def mails_to(postbox: Postbox, address: str) -> list[EmailMessage]:
    return [mail for mail in postbox.arrived if address in str(mail["To"])]


def words_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def links_in(mail: EmailMessage) -> list[str]:
    """The addresses that the buyer can click, in their order."""
    return re.findall(r"https?://\S+", words_of(mail))


def link_called(mail: EmailMessage, ending: str) -> str:
    (found,) = [link for link in links_in(mail) if link.endswith(f"/{ending}")]
    return found


def meeting_in(mail: EmailMessage) -> Any:
    """What the buyer's calendar reads."""
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    (event,) = Ical.from_ical(part.get_content()).walk("VEVENT")
    return event


def in_calendar(radicale: CaldavServer, house: House) -> list[datetime]:
    """When Ada's talks begin, as her own calendar has them."""
    address = f"{radicale.address}ada/work{urlsplit(house.url).port}/"
    talks = [event for event in radicale.events(address, "ada") if "UID:away" not in event]
    starts = re.findall(r"DTSTART;TZID=Europe/Berlin:(\w+)", "".join(talks))
    here = ZoneInfo("Europe/Berlin")
    return [datetime.strptime(start, "%Y%m%dT%H%M%S").replace(tzinfo=here) for start in starts]


def state_of(house: House, email: str) -> str:
    with house.db.reading() as session:
        asked = select(Interview.state).join(Interview.contact).where(Contact.email == email)
        return str(session.scalars(asked).one().value)


def _away(begin: datetime, end: datetime) -> str:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Ada//EN\r\nBEGIN:VEVENT\r\nUID:away\r\n"
        f"DTSTAMP:{begin:%Y%m%dT%H%M%SZ}\r\nDTSTART:{begin:%Y%m%dT%H%M%SZ}\r\n"
        f"DTEND:{end:%Y%m%dT%H%M%SZ}\r\nSUMMARY:Away\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
