"""Publishing guides: what was written becomes a version, and a version never changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import SYSTEM, Actor
from app.guides import queries
from app.guides.content import checksum_of, content_of
from app.guides.models import ArchivedGuide, GuideVersion, Origin, ShippedText
from app.guides.reading import Guide, read_guide
from config import ROOT

SHIPPED = ROOT / "interview_guides"


def load_shipped(session: Session, folder: Path) -> list[GuideVersion]:
    """Publish every guide of the folder that is new or says something new; returns those.

    A guide that the workspace made its own is left alone: the shipped text is kept beside it, to
    be compared. Raises `UnreadableFileError` where a guide cannot be read.
    """
    texts = [
        (path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))
    ]
    guides = [(read_guide(text, name), text) for name, text in texts]
    published = [_load(session, guide, text) for guide, text in guides]
    return [version for version in published if version is not None]


def publish(
    session: Session,
    actor: Actor,
    guide: Guide,
    *,
    origin: Origin = Origin.WORKSPACE,
    source_yaml: str = "",
    overrules: Sequence[dict[str, str]] = (),
) -> GuideVersion | None:
    """A new version of the guide, or None where its newest version says the same."""
    checksum = checksum_of(guide)
    newest = queries.newest_version(session, guide.id)
    if newest is not None and newest.checksum == checksum:
        return None
    version = GuideVersion(
        slug=guide.id,
        number=1 + (newest.number if newest is not None else 0),
        checksum=checksum,
        title=guide.title,
        content=content_of(guide),
        published_by_name=actor.name if actor.id is not None else "",
        origin=origin,
        source_yaml=source_yaml,
        overrules=list(overrules),
    )
    session.add(version)
    audit.record(
        session,
        actor,
        "guide.published",
        version,
        slug=guide.id,
        number=version.number,
        overruled=[each["rule"] for each in overrules],
    )
    return version


def archive(session: Session, actor: Actor, slug: str) -> None:
    """Offer the guide no more. Its versions, and what was held with them, stay."""
    if session.get(ArchivedGuide, slug) is None:
        session.add(ArchivedGuide(slug=slug))
        audit.record(session, actor, "guide.archived", slug=slug)


def bring_back(session: Session, actor: Actor, slug: str) -> None:
    row = session.get(ArchivedGuide, slug)
    if row is not None:
        session.delete(row)
        audit.record(session, actor, "guide.brought_back", slug=slug)


def decline_shipped(session: Session, actor: Actor, text: ShippedText) -> None:
    """The workspace's own words stay, until the next shipped text."""
    if not text.is_declined:
        text.is_declined = True
        audit.record(session, actor, "guide.shipped_text_declined", slug=text.slug)


def _load(session: Session, guide: Guide, text: str) -> GuideVersion | None:
    newest = queries.newest_version(session, guide.id)
    if newest is None or newest.origin is Origin.SHIPPED:
        return publish(session, SYSTEM, guide, origin=Origin.SHIPPED, source_yaml=text)
    checksum = checksum_of(guide)
    kept = session.get(ShippedText, guide.id) or ShippedText(slug=guide.id, checksum="")
    if kept.checksum != checksum:
        kept.checksum = checksum
        kept.content = content_of(guide)
        kept.source_yaml = text
        kept.is_declined = queries.was_published(session, guide.id, checksum)
        session.add(kept)
    return None
