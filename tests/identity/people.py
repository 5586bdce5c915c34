"""Somebody who can sign in by password: hashing is slow, so only where a test is about that."""

from __future__ import annotations

from app.core.access import SYSTEM
from app.core.db import Database
from app.identity import operations
from app.identity.models import Role

PASSWORD = "four rainy bicycles"


def add_person(
    db: Database,
    role: Role = Role.ADMINISTRATOR,
    *,
    email: str = "ana@halden.example",
    password: str | None = PASSWORD,
    is_active: bool = True,
) -> int:
    """Ana Ruiz, in a workspace; returns her id."""
    with db.writing() as session:
        operations.ensure_workspace(session, "Europe/Berlin").company = "Halden"
        user = operations.add_user(
            session, SYSTEM, email=email, name="Ana Ruiz", role=role, password=password
        )
        user.is_active = is_active
        session.flush()
        return user.id
