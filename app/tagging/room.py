"""What tagging brings to the application."""

from __future__ import annotations

from flask import Flask

from app.tagging import evidence as evidence  # registers its event handlers


def open_room(app: Flask) -> None:
    """Routes come with the pages."""
