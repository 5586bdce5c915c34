"""Reading guides: the newest version of each, and the one that fits a deal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.access import NotFound
from app.guides.models import GuideVersion
from app.guides.versions import guide_of


def newest_versions(session: Session) -> Sequence[GuideVersion]:
    """Each guide in its newest version, by title."""
    newest = (
        select(GuideVersion.slug, func.max(GuideVersion.number).label("number"))
        .group_by(GuideVersion.slug)
        .subquery()
    )
    return session.scalars(
        select(GuideVersion)
        .join(
            newest,
            (GuideVersion.slug == newest.c.slug) & (GuideVersion.number == newest.c.number),
        )
        .order_by(GuideVersion.title, GuideVersion.id)
    ).all()


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


def choose_guide(session: Session, outcome: str, minutes: int) -> GuideVersion | None:
    """The longest guide for this outcome that fits the time, else the shortest for it.

    A deal that is still open, or was not counted, is asked about with a guide for any outcome.
    """
    fitting = [
        (guide_of(version).minutes, version)
        for version in newest_versions(session)
        if _is_for(version, outcome)
    ]
    in_time = [pair for pair in fitting if pair[0] <= minutes]
    if in_time:
        return max(in_time, key=lambda pair: pair[0])[1]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _is_for(version: GuideVersion, outcome: str) -> bool:
    outcomes = version.content["outcomes"]
    decided = outcome in ("won", "lost", "no_decision", "renewed", "churned")
    return outcome in outcomes if decided else len(outcomes) > 1
