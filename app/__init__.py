"""Because: the application factory."""

from __future__ import annotations

from flask import Flask

from app.core.application import build
from config import Settings, load_settings


def create_app(settings: Settings | None = None) -> Flask:
    """The web application. Raises config.BadSetting where a setting cannot be used."""
    return build(settings or load_settings())
