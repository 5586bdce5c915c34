"""Each change of the list is a version, written in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.access import Actor
from app.tagging.codebook.models import ListChange, ListVersion, ReasonRevision
from app.tagging.models import Reason

LONGEST_WHY = 500
#: What a version keeps of a reason; its key and where it came from never change.
KEPT = (
    "parent_id",
    "name",
    "definition",
    "includes",
    "excludes",
    "examples",
    "seeds",
    "aliases",
    "colour",
    "position",
    "life",
    "merged_into_id",
)


def keep_version(
    session: Session,
    actor: Actor,
    change: ListChange,
    why: str,
    reasons: Iterable[Reason],
    *,
    takes_back: ListVersion | None = None,
) -> ListVersion:
    """The list's next version, with what it says of these reasons from now on."""
    session.flush()
    last = session.scalar(select(func.max(ListVersion.number))) or 0
    version = ListVersion(
        number=last + 1,
        change=change,
        why=why.strip()[:LONGEST_WHY],
        made_by_id=actor.id,
        made_by_name=actor.name,
        takes_back=takes_back,
    )
    session.add(version)
    for reason in reasons:
        kept = {field: getattr(reason, field) for field in KEPT}
        session.add(ReasonRevision(version=version, reason=reason, **kept))
    session.flush()
    return version
