"""Random tokens for links, kept only as their hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps: whoever reads it cannot make the link."""
    return hashlib.sha256(token.encode()).hexdigest()
