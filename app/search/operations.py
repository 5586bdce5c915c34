"""Keeping searches."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Viewer
from app.search import queries
from app.search.models import SavedSearch
from app.search.telling import tell_later


def save(session: Session, viewer: Viewer, asked: str) -> SavedSearch:
    """The same once more changes nothing."""
    known = queries.saved_as(session, viewer, asked)
    if known is not None:
        return known
    saved = SavedSearch(
        user_id=viewer.user_id, asked=asked, seen_until=queries.newest_document(session)
    )
    session.add(saved)
    audit.record(session, viewer.actor, "search.saved", saved)
    return saved


def subscribe(session: Session, viewer: Viewer, saved: SavedSearch, *, is_wanted: bool) -> None:
    """Be told by mail when it finds more, from now on; or no longer."""
    if is_wanted and not saved.is_subscribed:
        tell_later(session, saved)
    saved.is_subscribed = is_wanted
    saved.seen_until = queries.newest_document(session)
    audit.record(session, viewer.actor, "search.subscribed" if is_wanted else "search.left", saved)


def forget(session: Session, viewer: Viewer, saved: SavedSearch) -> None:
    audit.record(session, viewer.actor, "search.forgotten", saved)
    session.delete(saved)
