"""What market brings to the application."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from app.core import events
from app.identity.events import WorkspaceMade
from app.market import operations


@events.on(WorkspaceMade)
def begin_with_starting_competitors(session: Session, _made: WorkspaceMade) -> None:
    operations.ensure_starting_competitors(session)


def open_room(app: Flask) -> None:
    """Routes come with the pages."""
