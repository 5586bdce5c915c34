"""The signed-in person of a request, from the session row that the browser's token names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.access import Actor
from app.identity.models import Role, SignIn
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
    def of(cls, sign_in: SignIn, token: str, workspace_zone: str) -> SignedIn:
        user = sign_in.user
        return cls(
            user_id=user.id,
            name=user.name,
            email=user.email,
            role=user.role.value,
            is_tagger=user.is_tagger,
            time_zone=user.time_zone or workspace_zone,
            token=token,
            sign_in_id=sign_in.id,
            last_seen_at=sign_in.last_seen_at,
        )

    @property
    def actor(self) -> Actor:
        return Actor(self.user_id, self.name)

    def get_id(self) -> str:
        return self.token

    def may(self, permission: str) -> bool:
        return permission in permissions_of(Role(self.role), self.is_tagger)
