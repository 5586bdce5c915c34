"""The pages of tagging, one file a subject, on one blueprint."""

from __future__ import annotations

from app.tagging.routes import (
    agreement,
    finish,
    imports,
    list_files,
    list_merging,
    list_versions,
    matrix,
    reason_list,
    said,
    second,
    splitting,
    steps,
    suggestions,
    tagging,
    tags,
)
from app.tagging.routes.blueprint import blueprint

__all__ = [
    "agreement",
    "blueprint",
    "finish",
    "imports",
    "list_files",
    "list_merging",
    "list_versions",
    "matrix",
    "reason_list",
    "said",
    "second",
    "splitting",
    "steps",
    "suggestions",
    "tagging",
    "tags",
]
