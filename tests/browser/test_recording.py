"""A recording is attached over a bad connection, and heard."""

from __future__ import annotations

import io
import math
import struct
import wave
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser import interview
from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, PHONE, Screen, Visitor
from tests.house.running import Running

#: Three parts of a recording, so that it can break off in the middle.
_SECONDS = 1100

_DURATION = """audio => new Promise(known => {
  if (audio.readyState) known(audio.duration);
  else audio.addEventListener("loadedmetadata", () => known(audio.duration));
})"""
_JUMP = """(audio, to) => new Promise(there => {
  audio.addEventListener("seeked", () => there(audio.currentTime));
  audio.currentTime = to;
})"""


def tone() -> bytes:
    """A quiet hum as a WAV file, a little over 16 MB."""
    rate = 8000
    second = b"".join(
        struct.pack("<h", int(3000 * math.sin(2 * math.pi * 220 * n / rate))) for n in range(rate)
    )
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        for _ in range(_SECONDS):
            sound.writeframes(second)
    return file.getvalue()


@pytest.fixture
def on_page(visit: Visit, demo: Running, request: pytest.FixtureRequest) -> Visitor:
    """An account manager on the page of an interview that is under way."""
    screen: Screen = request.param
    visitor = visit(demo, screen)
    visitor.sign_in_as("Account manager")
    visitor.go("/interviews/new")
    interview.fill_in_the_plan(visitor, f"Recorded on a {screen.name}", "Ilse Brandt")
    visitor.arrives_at("Interview with Ilse Brandt")
    page = visitor.page.url
    interview.begin(visitor)
    interview.question(visitor).wait_for()
    visitor.go(page)
    return visitor


@pytest.mark.parametrize("on_page", [DESKTOP, PHONE], indirect=True, ids=lambda s: s.name)
def test_a_broken_connection_costs_nothing(on_page: Visitor, pictures: Path):
    breaks: list[str] = []

    def break_once(route: Route) -> None:
        if route.request.url.endswith("/1") and not breaks:
            breaks.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    on_page.page.route("**/parts/*", break_once)
    chooser = on_page.page.get_by_label("Attach the recording of the call")
    chooser.set_input_files({"name": "call.wav", "mimeType": "audio/wav", "buffer": tone()})
    player = on_page.page.locator("audio[data-player]")
    player.wait_for()
    assert breaks
    assert round(player.evaluate(_DURATION)) == _SECONDS
    assert player.evaluate(_JUMP, 1000) == 1000
    assert on_page.faults() == []
    on_page.picture(pictures / f"recording-{on_page.screen.name}.png")
    on_page.forgive("ERR_CONNECTION_RESET")


@pytest.mark.parametrize("on_page", [DESKTOP], indirect=True, ids=lambda s: s.name)
def test_a_file_of_another_kind_is_refused_at_its_place(on_page: Visitor):
    chooser = on_page.page.get_by_label("Attach the recording of the call")
    chooser.set_input_files({"name": "call.wav", "mimeType": "audio/wav", "buffer": b"<html>"})
    expect(on_page.page.get_by_role("alert")).to_have_text(
        "This is no wav file, whatever its name says."
    )
    on_page.forgive("422")
