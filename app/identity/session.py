"""The signed-in person of a request, from the session row that the browser's token names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.core.access import Actor
from app.identity.models import Role
from app.identity.policy import permissions_of


@dataclass(frozen=True)
class SignedIn:
    """A viewer, as Flask-Login and app.core.access know one."""

    user_id: int
    name: str
    email: str
    role: str
    is_tagger: bool
    time_zone: str
    token: str
    sign_in_id: int
    last_seen_at: datetime
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    @classmethod
    def of(cls, row: Row[Any], token: str) -> SignedIn:
        """From what `queries.who_signed_in` found."""
        return cls(
            user_id=row.user_id,
            name=row.name,
            email=row.email,
            role=row.role.value,
            is_tagger=row.is_tagger,
            time_zone=row.time_zone or row.workspace_zone or "UTC",
            token=token,
            sign_in_id=row.sign_in_id,
            last_seen_at=row.last_seen_at,
        )

    @property
    def actor(self) -> Actor:
        return Actor(self.user_id, self.name)

    def get_id(self) -> str:
        return self.token

    def may(self, permission: str) -> bool:
        return permission in permissions_of(Role(self.role), self.is_tagger)
