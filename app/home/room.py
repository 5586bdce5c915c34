"""What home brings to the application: the start page, and the last rooms' parts of it."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from app.core.navigation import Entry, register
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
