"""The blueprint of the tagging room."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("tagging", "app.tagging", template_folder="templates")

INVALID = 422
