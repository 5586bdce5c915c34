"""What thanks bring to the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.buyer import ways
from app.buyer.models import BuyerLink
from app.buyer.ways import Further
from app.core.navigation import Entry, register
from app.thanks import handlers as _handlers  # noqa: F401  # registers its handler
from app.thanks import queries
from app.thanks.models import Kind, State
from app.thanks.panels import register_panels


def open_room(app: Flask) -> None:
    from app.thanks.routes import buyer, ledger

    # A buyer has no session that a foreign page could use: the address itself is the proof.
    app.extensions["csrf"].exempt(buyer)
    for blueprint in (ledger, buyer):
        app.register_blueprint(blueprint)
    ways.register_further(_to_its_thanks)
    register_panels()
    register(Entry("Thanks", "thanks.index", "thanks.edit", 34, group="house"))


def _to_its_thanks(session: Session, link: BuyerLink) -> Further | None:
    """Whoever is offered something says what becomes of it."""
    row = queries.thanks_for(session, link.interview)
    if row is None or row.state in (State.NOT_OFFERED, State.SENT):
        return None
    label = gettext("Pick a cause") if row.kind is Kind.DONATION else gettext("A small thank-you")
    return Further(str(label), "buyer_thanks.thanks")
