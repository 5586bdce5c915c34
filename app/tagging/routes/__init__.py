"""The pages of tagging, one file a subject, on one blueprint."""

from __future__ import annotations

from app.tagging.routes import finish, imports, reason_list, tagging, tags
from app.tagging.routes.blueprint import blueprint

__all__ = ["blueprint", "finish", "imports", "reason_list", "tagging", "tags"]
