"""What stands behind a number: the deals that name a subject, and the tags and quotes that do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import Subject, closed_in, counts_in
from app.analytics.taken import evidence_rows
from app.core.access import Viewer
from app.core.periods import Period
from app.deals.access import may_see
from app.deals.models import DECIDED, Deal, Outcome
from app.interviews.models import HEARD, Answer, Interview, Kind
from app.tagging.double_coding.queries import blind
from app.tagging.models import Direction, Tag, TagEvidence, Verbatim, Weight

_TAG_COLUMN = {
    Subject.REASON: Tag.reason_id,
    Subject.DIFFERENTIATOR: Tag.differentiator_id,
    Subject.COMPETITOR: Tag.competitor_id,
}


def deals_naming(
    session: Session,
    viewer: Viewer,
    subject: Subject,
    subject_id: int,
    period: Period,
    *,
    direction: Direction | None = None,
    outcomes: Sequence[Outcome] = DECIDED,
    narrowed: Narrowed = ALL,
) -> Sequence[Deal]:
    """The deals behind a number, latest first, as far as the viewer sees them."""
    said = evidence_rows(narrowed)
    naming = _naming(said, subject, subject_id, period, direction, outcomes, narrowed)
    naming = naming.where(said.interview_id.not_in(blind(viewer)))
    return session.scalars(
        select(Deal)
        .where(Deal.id.in_(naming), may_see(viewer))
        .options(joinedload(Deal.account))
        .order_by(Deal.closed_on.desc(), Deal.id.desc())
    ).all()


def count_deals_naming(
    session: Session,
    subject: Subject,
    subject_id: int,
    period: Period,
    direction: Direction | None = None,
    outcomes: Sequence[Outcome] = DECIDED,
    narrowed: Narrowed = ALL,
) -> int:
    """How many deals stand behind a number, seen or not."""
    said = evidence_rows(narrowed)
    naming = _naming(said, subject, subject_id, period, direction, outcomes, narrowed)
    return session.scalar(select(func.count()).select_from(naming.distinct().subquery())) or 0


def tags_behind(
    session: Session,
    subject: Subject,
    subject_ids: Sequence[int],
    period: Period,
    unseen: Select[int],
    most: int = 500,
    narrowed: Narrowed = ALL,
) -> Sequence[Tag]:
    """The tags behind numbers, the heaviest first, with all that decides who may read the words.

    The caller shows each only as far as interviews/confidence.py allows. `unseen` are the
    interviews whose tags are not to be seen yet, for somebody tags them a second time.
    """
    return session.scalars(
        _tags_of(period, unseen, narrowed).where(_TAG_COLUMN[subject].in_(subject_ids)).limit(most)
    ).all()


def tags_of_quotes(
    session: Session,
    quote_ids: Sequence[int],
    period: Period,
    unseen: Select[int],
    narrowed: Narrowed = ALL,
) -> Sequence[Tag]:
    """The tags of these quotes; as `tags_behind`."""
    return session.scalars(
        _tags_of(period, unseen, narrowed).where(Tag.verbatim_id.in_(quote_ids))
    ).all()


def tags_without_reason(
    session: Session, period: Period, unseen: Select[int], most: int = 500
) -> Sequence[Tag]:
    """Quotes that say for us or against us, and wait for a reason; as `tags_behind`."""
    return session.scalars(
        _tags_of(period, unseen).where(Tag.reason_id.is_(None)).limit(most)
    ).all()


def count_without_reason(session: Session, period: Period) -> dict[Direction, int]:
    """How many quotes wait for a reason, by what they speak for."""
    rows = session.execute(
        select(Tag.direction, func.count(Tag.verbatim_id.distinct()))
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .join(Interview.deal)
        .join(Verbatim.answer)
        .where(Tag.reason_id.is_(None), *_stands_in(period))
        .group_by(Tag.direction)
    )
    return dict(iter(rows))


def deals_seen(session: Session, viewer: Viewer, deal_ids: Iterable[int]) -> set[int]:
    """Those of these deals that the viewer may open."""
    ids = set(deal_ids)
    return set(session.scalars(select(Deal.id).where(Deal.id.in_(ids), may_see(viewer))))


def _naming(
    said: type[TagEvidence],
    subject: Subject,
    subject_id: int,
    period: Period,
    direction: Direction | None,
    outcomes: Sequence[Outcome],
    narrowed: Narrowed,
) -> Select[int]:
    column = {
        Subject.REASON: said.reason_id,
        Subject.DIFFERENTIATOR: said.differentiator_id,
        Subject.COMPETITOR: said.competitor_id,
    }
    return select(said.deal_id).where(
        column[subject] == subject_id,
        said.outcome.in_(outcomes),
        *counts_in(said, period, narrowed),
        *([said.direction == direction] if direction else []),
    )


def _tags_of(period: Period, unseen: Select[int], narrowed: Narrowed = ALL) -> Select[Tag]:
    weight_order = case(
        {Weight.DECISIVE: 0, Weight.CONTRIBUTING: 1, Weight.MENTIONED: 2}, value=Tag.weight, else_=3
    )
    return (
        select(Tag)
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .join(Interview.deal)
        .join(Verbatim.answer)
        .where(*_stands_in(period, narrowed), Interview.id.not_in(unseen))
        .options(
            contains_eager(Tag.verbatim).options(
                contains_eager(Verbatim.answer).load_only(
                    Answer.id,
                    Answer.question,
                    Answer.kind,
                    Answer.taken,
                    Answer.revision,
                    Answer.confirmed_revision,
                ),
                contains_eager(Verbatim.interview).options(
                    joinedload(Interview.contact),
                    contains_eager(Interview.deal).options(
                        joinedload(Deal.account), joinedload(Deal.seller)
                    ),
                ),
            ),
            joinedload(Tag.reason),
            joinedload(Tag.competitor),
            joinedload(Tag.differentiator),
        )
        .order_by(weight_order, Deal.closed_on.desc(), Tag.id)
    )


def _stands_in(period: Period, narrowed: Narrowed = ALL) -> list[ColumnElement[bool]]:
    """The conditions under which a tag counts in a period."""
    return [
        Tag.removed_at.is_(None),
        Verbatim.has_lost_place.is_(False),
        Interview.state.in_(HEARD),
        Deal.outcome.in_(DECIDED),
        closed_in(Deal.closed_on, period),
        *narrowed.deals,
        *narrowed.interviews,
        *([Tag.evidence == Kind.FACT] if narrowed.facts_only else []),
        *([Answer.taken.in_(narrowed.taken)] if narrowed.taken else []),
    ]
