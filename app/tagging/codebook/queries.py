"""Reading the list's versions: what each changed, and the list as it stood in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.core.access import NotFound
from app.tagging.codebook.models import ListVersion, ReasonRevision
from app.tagging.models import Reason

PAGE = 50


@dataclass(frozen=True)
class VersionLine:
    """A version, and how many reasons it changed."""

    version: ListVersion
    reasons: int


def latest_version(session: Session) -> ListVersion | None:
    return session.scalar(select(ListVersion).order_by(ListVersion.number.desc()).limit(1))


def version_by_number(session: Session, number: int) -> ListVersion:
    """Raises NotFound."""
    version = session.scalar(
        select(ListVersion)
        .where(ListVersion.number == number)
        .options(joinedload(ListVersion.takes_back))
    )
    if version is None:
        raise NotFound
    return version


def version_at(session: Session, moment: datetime) -> ListVersion | None:
    """The version that stood then; the first one for any time before it."""
    stood = session.scalar(
        select(ListVersion)
        .where(ListVersion.made_at < moment)
        .order_by(ListVersion.number.desc())
        .limit(1)
    )
    return stood or session.scalar(select(ListVersion).order_by(ListVersion.number).limit(1))


def versions(session: Session, *, before: int | None = None) -> Sequence[VersionLine]:
    """A page of versions, latest first, of those with a number below `before`; one more than a
    page where there are older ones."""
    statement = (
        select(ListVersion, func.count(ReasonRevision.id))
        .outerjoin(ReasonRevision, ReasonRevision.version_id == ListVersion.id)
        .group_by(ListVersion.id)
        .order_by(ListVersion.number.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(ListVersion.number < before)
    return [VersionLine(version, count) for version, count in session.execute(statement)]


def versions_of_reason(session: Session, reason: Reason) -> Sequence[ReasonRevision]:
    """What changed of one reason, latest first."""
    return session.scalars(
        select(ReasonRevision)
        .where(ReasonRevision.reason_id == reason.id)
        .options(joinedload(ReasonRevision.version))
        .order_by(ReasonRevision.version_id.desc())
    ).all()


@dataclass(frozen=True)
class Changed:
    """What a version says of a reason, and what was said before it; None where it was new."""

    after: ReasonRevision
    before: ReasonRevision | None


def changed_in(session: Session, version: ListVersion) -> list[Changed]:
    """The reasons that the version changed, in the order in which they stand in it."""
    after = session.scalars(
        select(ReasonRevision)
        .where(ReasonRevision.version_id == version.id)
        .options(joinedload(ReasonRevision.reason))
        .order_by(ReasonRevision.id)
    ).all()
    ids = [revision.reason_id for revision in after]
    before = {row.reason_id: row for row in _standing(session, version.id - 1, ids)}
    return [Changed(revision, before.get(revision.reason_id)) for revision in after]


def standing_in(session: Session, version: ListVersion) -> Sequence[ReasonRevision]:
    """The whole list as it stood in a version."""
    return _standing(session, version.id)


def _standing(
    session: Session, version_id: int, reason_ids: Sequence[int] | None = None
) -> Sequence[ReasonRevision]:
    last = select(func.max(ReasonRevision.id)).where(ReasonRevision.version_id <= version_id)
    if reason_ids is not None:
        last = last.where(ReasonRevision.reason_id.in_(reason_ids))
    return session.scalars(
        select(ReasonRevision)
        .where(ReasonRevision.id.in_(last.group_by(ReasonRevision.reason_id)))
        .options(joinedload(ReasonRevision.reason))
        .order_by(ReasonRevision.id)
    ).all()
