"""What reports bring to the application."""

from __future__ import annotations

from flask import Blueprint, Flask

from app.core.charts import chart_uri, chart_words

blueprint = Blueprint("reports", __name__, template_folder="templates")


def open_room(app: Flask) -> None:
    app.jinja_env.globals.update(chart_uri=chart_uri, chart_words=chart_words)
    app.register_blueprint(blueprint)
