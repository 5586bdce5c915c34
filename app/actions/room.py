"""What decisions bring to the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.actions import (
    handlers,  # noqa: F401 - registers what listens to earlier rooms
    jobs,  # noqa: F401 - registers the reminding
)
from app.actions.panels import register_panels
from app.buyer import ways
from app.buyer.models import BuyerLink
from app.buyer.ways import Further
from app.core import navigation
from app.core.navigation import Entry


def open_room(app: Flask) -> None:
    from app.actions.buyer_routes import blueprint as of_the_buyer
    from app.actions.routes import blueprint

    # A buyer has no session that a foreign page could use: the address itself is the proof.
    app.extensions["csrf"].exempt(of_the_buyer)
    app.register_blueprint(blueprint)
    app.register_blueprint(of_the_buyer)
    ways.register_further(_to_what_changes)
    register_panels()
    navigation.register(
        Entry("Decisions", "actions.index", "actions.view", 75, key="a", group="insight")
    )


def _to_what_changes(_session: Session, link: BuyerLink) -> Further | None:
    """Whoever was heard says whether they want to hear what becomes of it."""
    if not link.interview.is_heard or link.interview.contact_id is None:
        return None
    return Further(str(gettext("Shall we tell you what changes?")), "buyer_to_tell.what_changes")
