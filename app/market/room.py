"""What market brings to the application."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from app.core import events, navigation
from app.core.navigation import Entry
from app.identity.events import WorkspaceMade
from app.market import operations


@events.on(WorkspaceMade)
def begin_with_starting_competitors(session: Session, _made: WorkspaceMade) -> None:
    operations.ensure_starting_competitors(session)


def open_room(app: Flask) -> None:
    from app.market.routes import blueprint

    app.register_blueprint(blueprint)
    for entry in (
        Entry("Differentiators", "market.differentiators", "market.view", 60, group="insight"),
        Entry("Competitors", "market.competitors", "market.view", 70, group="insight"),
    ):
        navigation.register(entry)
