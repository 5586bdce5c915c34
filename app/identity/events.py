"""What identity tells later rooms, inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkspaceMade:
    """The first administrator came, and the workspace with them."""

    workspace_id: int


@dataclass(frozen=True)
class UserAdded:
    """Somebody joined."""

    user_id: int


@dataclass(frozen=True)
class UserLeft:
    """Somebody was shut out: what they were to do is for others now."""

    user_id: int
