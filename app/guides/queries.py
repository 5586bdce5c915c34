"""Reading guides: the newest version of each, drafts, and the guide that fits a deal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.core.access import NotFound
from app.guides.models import ArchivedGuide, GuideDraft, GuideVersion, ShippedText
from app.guides.reading import Channel, Guide, Outcome
from app.guides.versions import guide_of


def newest_versions(session: Session) -> Sequence[GuideVersion]:
    """Each guide that is offered in its newest version, by title."""
    return _newest(session, archived=False)


def archived_versions(session: Session) -> Sequence[GuideVersion]:
    """Each guide that is offered no more in its newest version, by title."""
    return _newest(session, archived=True)


def _newest(session: Session, *, archived: bool) -> Sequence[GuideVersion]:
    newest = (
        select(GuideVersion.slug, func.max(GuideVersion.number).label("number"))
        .group_by(GuideVersion.slug)
        .subquery()
    )
    is_archived = exists().where(ArchivedGuide.slug == GuideVersion.slug)
    return session.scalars(
        select(GuideVersion)
        .join(
            newest,
            (GuideVersion.slug == newest.c.slug) & (GuideVersion.number == newest.c.number),
        )
        .where(is_archived if archived else ~is_archived)
        .order_by(GuideVersion.title, GuideVersion.id)
    ).all()


def is_archived(session: Session, slug: str) -> bool:
    return session.get(ArchivedGuide, slug) is not None


def newest_version(session: Session, slug: str) -> GuideVersion | None:
    return session.scalar(
        select(GuideVersion)
        .where(GuideVersion.slug == slug)
        .order_by(GuideVersion.number.desc())
        .limit(1)
    )


def versions_of(session: Session, slug: str) -> Sequence[GuideVersion]:
    """All versions of one guide, newest first. Raises NotFound where there is none."""
    versions = session.scalars(
        select(GuideVersion).where(GuideVersion.slug == slug).order_by(GuideVersion.number.desc())
    ).all()
    if not versions:
        raise NotFound
    return versions


def was_published(session: Session, slug: str, checksum: str) -> bool:
    """Whether some version says just this."""
    found = select(GuideVersion.id).where(
        GuideVersion.slug == slug, GuideVersion.checksum == checksum
    )
    return session.scalar(found.limit(1)) is not None


def find_shipped_text(session: Session, slug: str) -> ShippedText | None:
    return session.get(ShippedText, slug)


def drafts(session: Session) -> Sequence[GuideDraft]:
    """All drafts, the latest edited first."""
    return session.scalars(select(GuideDraft).order_by(GuideDraft.edited_at.desc())).all()


def find_draft(session: Session, slug: str) -> GuideDraft | None:
    return session.scalar(select(GuideDraft).where(GuideDraft.slug == slug))


def get_draft(session: Session, slug: str) -> GuideDraft:
    """Raises NotFound where nobody writes at this guide."""
    draft = find_draft(session, slug)
    if draft is None:
        raise NotFound
    return draft


def slugs(session: Session) -> set[str]:
    """The lasting names in use, of guides and of drafts."""
    return {*session.scalars(select(GuideVersion.slug)), *session.scalars(select(GuideDraft.slug))}


def choose_guide(session: Session, outcome: str, minutes: int) -> GuideVersion | None:
    """The longest spoken guide for this outcome that fits the time, else the shortest for it.

    A deal that is still open, or was not counted, is asked about with a guide for any outcome.
    """
    fitting = _fitting(session, outcome, Channel.SPOKEN)
    in_time = [pair for pair in fitting if pair[0] <= minutes]
    if in_time:
        return max(in_time, key=lambda pair: pair[0])[1]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def choose_written_guide(session: Session, outcome: str) -> GuideVersion | None:
    """The shortest guide for this outcome that a buyer reads and answers alone."""
    fitting = _fitting(session, outcome, Channel.WRITTEN)
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _fitting(session: Session, outcome: str, channel: Channel) -> list[tuple[int, GuideVersion]]:
    guides = [(guide_of(version), version) for version in newest_versions(session)]
    return [
        (guide.minutes, version)
        for guide, version in guides
        if guide.channel is channel and _is_for(guide, outcome)
    ]


def _is_for(guide: Guide, outcome: str) -> bool:
    decided = outcome in list(Outcome)
    return outcome in guide.outcomes if decided else len(guide.outcomes) > 1
