"""Because: the application factory."""

from __future__ import annotations

import os

from flask import Flask

from app.core.application import build
from config import Settings, load_settings

# Our matrices are of a few columns: several threads on one of them wait for each other longer than
# they work. Read when numpy is first loaded, which no import here does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def create_app(settings: Settings | None = None) -> Flask:
    """The web application. Raises config.BadSetting where a setting cannot be used."""
    return build(settings or load_settings())
