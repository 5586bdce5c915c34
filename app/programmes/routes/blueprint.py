"""The blueprint of programmes; its pages are one file a subject."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("programmes", "app.programmes", template_folder="templates")

INVALID = 422
