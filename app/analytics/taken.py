"""Evidence by how the answers were taken that it stands in: in one interview, one answer may be
typed and the next dictated. What was tapped at the finish stands in no answer, and counts by how
the interview was held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, case, exists, null, or_, select, type_coerce, union_all
from sqlalchemy.orm import Session, aliased

from app.analytics.narrowing import Narrowed
from app.analytics.queries import closed_in
from app.core.periods import Period
from app.deals.models import DECIDED, Deal
from app.interviews.models import HEARD, Answer, Interview, Taken
from app.tagging.evidence import TAGGED_IN_FULL, packed_as_taken
from app.tagging.models import FinishReason, Tag, TagEvidence, Verbatim, Weight


def evidence_rows(narrowed: Narrowed) -> type[TagEvidence]:
    """What a SELECT reads as tag_evidence: its rows, or, where it is asked how answers were taken,
    those of each tag and tap taken so. An interview may then have several of one subject."""
    if not narrowed.taken:
        return TagEvidence
    rows = union_all(_of_tags(narrowed.taken), _of_taps(narrowed.taken)).subquery()
    return aliased(TagEvidence, rows, adapt_on_names=True)


def packed_anew(session: Session, period: Period, narrowed: Narrowed) -> Mapping[int, bytes]:
    """Of the interviews heard that were not taken so throughout: what they say, packed, in those
    answers that were."""
    if not narrowed.taken:
        return {}
    otherwise = exists().where(
        Answer.interview_id == Interview.id, Answer.text != "", Answer.taken.not_in(narrowed.taken)
    )
    ids = session.scalars(
        select(Interview.id)
        .join(Interview.deal)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
            or_(otherwise, Interview.taken.not_in(narrowed.taken)),
        )
    )
    return packed_as_taken(session, ids.all(), narrowed.taken)


def _of_tags(ways: tuple[Taken, ...]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Verbatim.interview_id,
            Interview.deal_id,
            Tag.reason_id,
            Tag.differentiator_id,
            Tag.competitor_id,
            Tag.evidence,
            Tag.direction,
            Tag.weight,
            Deal.outcome,
            Deal.closed_on,
        )
        .join(Tag.verbatim)
        .join(Verbatim.answer)
        .join(Verbatim.interview)
        .join(Interview.deal)
        .where(Tag.removed_at.is_(None), Interview.state.in_(HEARD), Answer.taken.in_(ways))
    )


def _of_taps(ways: tuple[Taken, ...]) -> Select[*tuple[Any, ...]]:
    weight = case(
        (FinishReason.is_decisive, Weight.DECISIVE.value), else_=Weight.CONTRIBUTING.value
    )
    return (
        select(
            FinishReason.interview_id,
            Interview.deal_id,
            FinishReason.reason_id,
            null(),
            null(),
            null(),
            FinishReason.direction,
            type_coerce(weight, Tag.weight.type),
            Deal.outcome,
            Deal.closed_on,
        )
        .join(Interview, Interview.id == FinishReason.interview_id)
        .join(Interview.deal)
        .where(
            Interview.state.in_(HEARD),
            Interview.state.not_in(TAGGED_IN_FULL),
            Interview.taken.in_(ways),
        )
    )
