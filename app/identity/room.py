"""What identity brings to the application: the person of each request."""

from __future__ import annotations

from flask import Flask

from app.core.application import login_manager
from app.core.edge import current_session
from app.identity import queries
from app.identity.session import SignedIn


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_signed_in(token: str) -> SignedIn | None:
    session = current_session()
    sign_in = queries.live_sign_in(session, token)
    if sign_in is None:
        return None
    return SignedIn.of(sign_in, token, queries.workspace(session).time_zone)


def open_room(app: Flask) -> None:
    """Routes come with the pages."""
