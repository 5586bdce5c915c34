"""What invitations bring to the application."""

from __future__ import annotations

from flask import Flask

from app.core.navigation import Entry, register
from app.invitations import (
    handlers,  # noqa: F401 - registers what listens to earlier rooms
    jobs,  # noqa: F401 - registers the writing of letters
)
from app.invitations.incoming import register_readers
from app.invitations.panels import register_panels


def open_room(app: Flask) -> None:
    from app.invitations.routes import answers, invitations, wording
    from app.invitations.routes.wording import AboutConverter, StepConverter

    app.url_map.converters["letter_about"] = AboutConverter
    app.url_map.converters["letter_step"] = StepConverter
    # The signed address is the proof, and a mail program's own button sends no token of ours.
    app.extensions["csrf"].exempt(answers)
    for blueprint in (wording, invitations, answers):
        app.register_blueprint(blueprint)
    register_panels()
    register_readers()
    for entry in (
        Entry("Invitations", "invitations.index", "interviews.hold", 22),
        Entry("Letters", "letters.index", "invitations.edit", 30, group="house"),
        Entry("Your booking page", "letters.booking_page", "interviews.hold", 16, group="account"),
    ):
        register(entry)
