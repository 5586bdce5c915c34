"""The blueprint of deals; its pages are one file a subject."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("deals", "app.deals", template_folder="templates")

INVALID = 422
