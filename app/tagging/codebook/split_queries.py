"""Reading splits: what waits, what was decided, and the quote to decide next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import NotFound, Viewer
from app.deals.access import may_see
from app.deals.models import Deal
from app.interviews.confidence import sight_of
from app.interviews.models import Interview
from app.market.models import Life
from app.tagging.codebook.models import ReasonRevision, Split, SplitItem
from app.tagging.double_coding.queries import blind
from app.tagging.models import Reason, Tag, Verbatim


@dataclass(frozen=True)
class Progress:
    """How far a split is: a quote whose tag was taken away or changed since waits no longer."""

    split: Split
    decided: int
    waiting: int

    @property
    def all(self) -> int:
        return self.decided + self.waiting


def open_split_of(session: Session, reason: Reason) -> Split | None:
    return session.scalar(
        select(Split).where(Split.reason_id == reason.id, Split.closed_at.is_(None))
    )


def open_splits(session: Session) -> list[Progress]:
    splits = session.scalars(
        select(Split)
        .where(Split.closed_at.is_(None))
        .options(joinedload(Split.reason))
        .order_by(Split.id)
    ).all()
    return [progress(session, split) for split in splits]


def split_by_public_id(session: Session, public_id: str) -> Split:
    """Raises NotFound."""
    split = session.scalar(
        select(Split)
        .where(Split.public_id == public_id)
        .options(joinedload(Split.reason), joinedload(Split.version))
    )
    if split is None:
        raise NotFound
    return split


def progress(session: Session, split: Split) -> Progress:
    decided = session.scalar(
        select(func.count()).where(
            SplitItem.split_id == split.id, SplitItem.decided_at.is_not(None)
        )
    )
    waiting = session.scalar(
        select(func.count()).select_from(SplitItem).join(SplitItem.tag).where(*_waits(split))
    )
    return Progress(split, decided or 0, waiting or 0)


def parts_of(session: Session, split: Split) -> Sequence[Reason]:
    """The reasons that it became, as far as they are in use."""
    return session.scalars(
        select(Reason)
        .join(ReasonRevision, ReasonRevision.reason_id == Reason.id)
        .where(
            ReasonRevision.version_id == split.version_id,
            Reason.id != split.reason_id,
            Reason.life == Life.ACTIVE,
        )
        .order_by(ReasonRevision.id)
    ).all()


def next_item(session: Session, viewer: Viewer, split: Split, after: int = 0) -> SplitItem | None:
    """The next quote that waits and whose words this viewer may read; after the last, the first."""
    waiting = session.scalars(_with_words(viewer).where(*_waits(split)).order_by(SplitItem.id))
    readable = [item for item in waiting if _may_read(viewer, item)]
    return next((item for item in readable if item.id > after), None) or next(iter(readable), None)


def item_of_split(session: Session, viewer: Viewer, split: Split, item_id: int) -> SplitItem:
    """Raises NotFound."""
    item = session.scalar(
        _with_words(viewer).where(SplitItem.id == item_id, SplitItem.split_id == split.id)
    )
    if item is None or not _may_read(viewer, item):
        raise NotFound
    return item


def last_decided(session: Session, split: Split) -> SplitItem | None:
    return session.scalar(
        select(SplitItem)
        .where(SplitItem.split_id == split.id, SplitItem.decided_at.is_not(None))
        .options(joinedload(SplitItem.tag).joinedload(Tag.verbatim))
        .order_by(SplitItem.decided_at.desc(), SplitItem.id.desc())
        .limit(1)
    )


def _waits(split: Split) -> list[ColumnElement[bool]]:
    return [
        SplitItem.split_id == split.id,
        SplitItem.decided_at.is_(None),
        Tag.reason_id == split.reason_id,
        Tag.removed_at.is_(None),
    ]


def _with_words(viewer: Viewer) -> Select[SplitItem]:
    return (
        select(SplitItem)
        .join(SplitItem.tag)
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .join(Interview.deal)
        .where(may_see(viewer), Interview.id.not_in(blind(viewer)))
        .options(
            contains_eager(SplitItem.tag).options(
                contains_eager(Tag.verbatim).options(
                    joinedload(Verbatim.answer),
                    contains_eager(Verbatim.interview)
                    .contains_eager(Interview.deal)
                    .options(joinedload(Deal.seller), joinedload(Deal.account)),
                ),
                joinedload(Tag.competitor),
                joinedload(Tag.differentiator),
            )
        )
    )


def _may_read(viewer: Viewer, item: SplitItem) -> bool:
    verbatim = item.tag.verbatim
    return sight_of(viewer, verbatim.interview, verbatim.scope).words
