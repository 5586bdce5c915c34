"""An account manager's way with a call that Zoom transcribed, click by click."""

from __future__ import annotations

import io
import wave
from pathlib import Path

from tests.browser import interview
from tests.browser.visitor import Visitor

CALL = Path(__file__).with_name("files") / "call.vtt"


def bring_in(visitor: Visitor, file: Path = CALL) -> str:
    """From a planned interview to who is who; returns the interview's address."""
    interview.plan(visitor, "Ferrow Shipping", "Ilse Brandt")
    visitor.arrives_at("Interview with Ilse Brandt")
    address = visitor.page.url
    visitor.follow("Bring in a transcript")
    visitor.arrives_at("Bring in a transcript")
    visitor.page.get_by_label("The file").set_input_files(file)
    visitor.press("Bring it in")
    visitor.arrives_at("Who is who?")
    return address


def attach_recording(visitor: Visitor, seconds: int = 600) -> None:
    """A silent one, on the interview's page."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * seconds)
    visitor.page.get_by_label("Attach the recording of the call").set_input_files(
        {"name": "call.wav", "mimeType": "audio/wav", "buffer": file.getvalue()}
    )
    visitor.page.locator("audio[data-player]").wait_for()


def say_who_is_who(visitor: Visitor) -> None:
    """Nothing is known of the interviewer's name, and the buyer's is suggested."""
    own = visitor.page.get_by_label("Who is Maya Lindqvist?")
    interviewer = own.locator("option", has_text=", the interviewer").first
    own.select_option(value=interviewer.get_attribute("value"))
    visitor.press("That is who they are")
    visitor.page.locator("[data-transcript]").wait_for()
    # Its keys come with its script.
    visitor.page.wait_for_load_state()
