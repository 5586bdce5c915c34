"""The pages of figures, one file a subject, on one blueprint."""

from __future__ import annotations

from app.analytics.routes import (
    behind,
    files,
    how,
    narrow,
    over_time,
    overview,
    phrases,
    responses,
    rivals,
    selling,
    subjects,
    two_views,
)
from app.analytics.routes.blueprint import blueprint

__all__ = [
    "behind",
    "blueprint",
    "files",
    "how",
    "narrow",
    "over_time",
    "overview",
    "phrases",
    "responses",
    "rivals",
    "selling",
    "subjects",
    "two_views",
]
