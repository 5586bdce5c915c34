"""A buyer takes a time at their own device, moves it and gives it back; an interviewer's day."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.scheduling.invitations import Method, invitation
from tests.browser.buyer import ask_in_writing
from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, PHONE, Theme
from tests.house.running import Running
from tests.scheduling.meetings import HARD_MOMENTS, meeting
from tests.scheduling.readers import Read

_ICAL_JS = Path(__file__).parent / "vendor" / "ical.es5.min.cjs"
#: Reads one event by the file's own description of its zone.
_READ = """
(text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const inside = calendar.getFirstSubcomponent("vevent");
  const event = new ICAL.Event(inside);
  const alarm = inside.getFirstSubcomponent("valarm");
  return JSON.stringify({
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    starts: event.startDate.toUnixTime(),
    ends: event.endDate.toUnixTime(),
    summary: event.summary,
    status: inside.getFirstPropertyValue("status"),
    organizer: event.organizer,
    attendees: event.attendees.map((one) => one.getFirstValue()).sort(),
    alarm_minutes: alarm ? -alarm.getFirstPropertyValue("trigger").toSeconds() / 60 : null,
  });
}
"""


def test_a_browsers_reader_finds_the_same_in_every_file(chromium: Browser):
    page = chromium.new_page()
    page.add_script_tag(path=_ICAL_JS)
    for name, (zone, starts_at) in HARD_MOMENTS.items():
        text = invitation(meeting(zone, starts_at), Method.REQUEST)
        read = Read.of(json.loads(page.evaluate(_READ, text)))
        assert datetime.fromtimestamp(read.starts, UTC) == starts_at, name
        assert datetime.fromtimestamp(read.ends, UTC) == starts_at + timedelta(minutes=30), name
        assert (read.method, read.alarm_minutes) == ("REQUEST", 15), name
        assert read.attendees == ["mailto:ada@halden.example", "mailto:lukasz@nordwind.example"]
    page.close()


@pytest.mark.parametrize(("screen", "theme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_a_buyer_takes_moves_and_cancels_a_time(
    visit: Visit, demo: Running, screen: object, theme: Theme, pictures: Path
):
    manager = visit(demo)
    manager.sign_in_as("Account manager")
    person = f"Ilse Brandt {theme}"
    address = ask_in_writing(manager, f"Nordwind {theme}", person) + "/times"

    buyer = visit(demo, screen, theme)
    buyer.go(address)
    buyer.page.get_by_role("heading", name="When shall we talk?").wait_for()
    assert buyer.faults() == []
    buyer.picture(pictures / f"times-{theme}.png")
    buyer.page.locator(".times a").first.click()
    expect(buyer.page.get_by_role("heading", level=1)).to_contain_text("?")
    assert buyer.faults() == []
    buyer.picture(pictures / f"times-confirm-{theme}.png")
    buyer.press("Yes, take this time")
    buyer.page.get_by_role("button", name="Cancel our talk").wait_for()
    assert buyer.faults() == []
    buyer.picture(pictures / f"times-booked-{theme}.png")

    buyer.follow("Another time")
    buyer.page.locator(".times a").last.click()
    buyer.press("Yes, take this time instead")
    buyer.press("Cancel our talk")
    buyer.page.get_by_text("Your time is cancelled").wait_for()

    buyer.follow("Rather in writing")
    buyer.page.get_by_role("heading", name="Rather in writing?").wait_for()
    assert buyer.faults() == []


def test_the_browser_says_by_which_clock_its_owner_lives(
    demo: Running, visit: Visit, chromium: Browser
):
    manager = visit(demo)
    manager.sign_in_as("Account manager")
    address = ask_in_writing(manager, "Tokyo Freight", "Aiko Tanaka")
    context = chromium.new_context(base_url=demo.url, timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.goto(f"{address}/times")
    label = page.locator("label[for=zone]")
    expect(label).to_contain_text(re.compile("Tokyo|Amsterdam|Berlin"))
    context.close()


def test_an_interviewers_day_on_a_phone(visit: Visit, demo: Running, pictures: Path):
    interviewer = visit(demo, PHONE)
    interviewer.sign_in_as("Account manager")
    interviewer.follow("Prepare for today")
    interviewer.arrives_at("Your day")
    expect(interviewer.page.get_by_text("sealed until you begin")).to_be_visible()
    assert interviewer.faults() == []
    interviewer.picture(pictures / "day-phone.png")
    interviewer.go("/account/hours")
    interviewer.arrives_at("Your hours")
    assert interviewer.faults() == []
    interviewer.picture(pictures / "hours-phone.png")
