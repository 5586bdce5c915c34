"""Viewers of each role, without signing in."""

from __future__ import annotations

from app.core import clock
from app.core.access import Actor
from app.identity.models import Role, User
from app.identity.session import SignedIn


def viewer_of(user: User) -> SignedIn:
    return SignedIn(
        user_id=user.id,
        name=user.name,
        email=user.email,
        role=user.role.value,
        is_tagger=user.is_tagger,
        time_zone="UTC",
        token="",
        sign_in_id=0,
        last_seen_at=clock.now(),
    )


def anybody(role: Role | str) -> SignedIn:
    return viewer_of(User(id=0, name="Anna", email="anna@example.com", role=Role(role)))


ANNA = Actor(1, "Anna")
