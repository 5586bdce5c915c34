"""The pages of identity, one file a subject, on one blueprint."""

from __future__ import annotations

from app.identity.routes import account, joining, people, phone, signing_in, workspace
from app.identity.routes.blueprint import blueprint

__all__ = ["account", "blueprint", "joining", "people", "phone", "signing_in", "workspace"]
