"""Publishing guides: a file becomes a version, and a version never changes."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import SYSTEM, Actor
from app.guides import queries
from app.guides.models import GuideVersion
from app.guides.reading import Guide, read_guide
from app.guides.versions import content_of
from config import ROOT

SHIPPED = ROOT / "interview_guides"


def load_shipped(session: Session, folder: Path) -> list[GuideVersion]:
    """Publish every guide of the folder that is new or says something new; returns those.

    Raises `UnreadableFileError` where a guide cannot be read.
    """
    guides = [
        read_guide(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(folder.glob("*.yaml"))
    ]
    published = [publish(session, SYSTEM, guide) for guide in guides]
    return [version for version in published if version is not None]


def publish(session: Session, actor: Actor, guide: Guide) -> GuideVersion | None:
    """A new version of the guide, or None where its newest version says the same."""
    newest = queries.newest_version(session, guide.id)
    if newest is not None and newest.checksum == guide.checksum:
        return None
    version = GuideVersion(
        slug=guide.id,
        number=1 + (newest.number if newest is not None else 0),
        checksum=guide.checksum,
        title=guide.title,
        content=content_of(guide),
    )
    session.add(version)
    audit.record(session, actor, "guide.published", version, slug=guide.id, number=version.number)
    return version
