"""A viewer where nobody is looking: the worker, on behalf of somebody."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.access import Actor
from app.identity.models import Role, User
from app.identity.policy import permissions_of


@dataclass(frozen=True)
class ActingFor:
    """Sees and may do what this person does, and no more."""

    user_id: int
    name: str
    role: str
    is_tagger: bool
    time_zone: str

    @classmethod
    def of(cls, user: User, workspace_zone: str) -> ActingFor:
        zone = user.time_zone or workspace_zone
        return cls(user.id, user.name, user.role.value, user.is_tagger, zone)

    @property
    def actor(self) -> Actor:
        return Actor(self.user_id, self.name)

    def may(self, permission: str) -> bool:
        return permission in permissions_of(Role(self.role), self.is_tagger)
