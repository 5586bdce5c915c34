"""What deals brings to the application."""

from __future__ import annotations

from flask import Flask

from app.deals import handlers  # noqa: F401 - registers what listens to earlier rooms


def open_room(app: Flask) -> None:
    """Routes come with the pages."""
