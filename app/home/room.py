"""What home brings to the application: the start page, and the last rooms' parts of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import BaseConverter, ValidationError

from app.core import panels
from app.core.access import Viewer
from app.core.navigation import Entry, register
from app.core.panels import Panel
from app.home import queries
from app.home.steps import Step


class StepConverter(BaseConverter):
    """A first step in an address."""

    def to_python(self, value: str) -> Step:
        try:
            return Step(value)
        except ValueError:
            raise ValidationError from None


def open_room(app: Flask) -> None:
    from app.home.routes import blueprint

    app.url_map.converters["first_step"] = StepConverter
    app.register_blueprint(blueprint)
    register(Entry("Today", "home.start", "signed_in", order=0, key="h"))
    panels.register(
        Panel(
            slot="deals.import.result",
            name="first_steps",
            template="home/go_on_button.html",
            permission="workspace.edit",
            queries=2,
            context=_way_back_to_the_first_steps,
        )
    )


def _way_back_to_the_first_steps(
    session: Session, _viewer: Viewer, _subject: Any
) -> Mapping[str, Any] | None:
    return {} if queries.progress(session).is_beginning else None
