"""Deals by reasons: which deal named which reason, and which way it spoke there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Row as Found
from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import Viewer
from app.core.db import is_between
from app.core.periods import Period
from app.deals.access import may_see, title_for
from app.deals.models import Deal
from app.deals.words import OUTCOME_WORDS
from app.interviews.confidence import sight_of
from app.interviews.models import HEARD, Interview
from app.tagging import queries
from app.tagging.double_coding.queries import blind
from app.tagging.models import Direction, Reason, TagEvidence

ABSENT = "absent"
COLUMNS = ("Deal", "Outcome", "Closed on", "Buyers heard")


@dataclass
class Row:
    """A deal heard, and which way each reason spoke in it; a reason that is missing was not
    named."""

    deal: Deal
    title: str
    heard: int = 0
    ways: dict[int, set[Direction]] = field(default_factory=dict)

    def token(self, reason: Reason) -> str:
        """'absent', a direction, or several as 'against+for'."""
        ways = self.ways.get(reason.id)
        return "+".join(sorted(way.value for way in ways)) if ways else ABSENT


@dataclass(frozen=True)
class Matrix:
    """Deals by their closing date, the latest first; reasons by how many of the deals name them.
    `not_shown` counts deals whose words the viewer may not read, or whose tags not yet: of one
    deal, its reasons would tell what the buyer said."""

    rows: Sequence[Row]
    reasons: Sequence[Reason]
    not_shown: int

    def table(self) -> Iterator[list[object]]:
        """For a spreadsheet."""
        for row in self.rows:
            closed_on = row.deal.closed_on
            yield [
                row.title,
                OUTCOME_WORDS[row.deal.outcome],
                closed_on.isoformat() if closed_on else "",
                row.heard,
                *(row.token(reason) for reason in self.reasons),
            ]


def matrix(session: Session, viewer: Viewer, period: Period) -> Matrix:
    """Of the deals closed in the period whose buyers were heard."""
    rows: dict[int, Row] = {}
    hidden: set[int] = set()
    shown: dict[int, Row] = {}
    for interview, is_blind in _heard(session, viewer, period):
        if is_blind or not sight_of(viewer, interview).words:
            hidden.add(interview.deal_id)
            continue
        deal = interview.deal
        row = rows.setdefault(deal.id, Row(deal, title_for(viewer, deal)))
        row.heard += 1
        shown[interview.id] = row
    _fill(session, shown)
    return Matrix(list(rows.values()), _in_order(session, rows), len(hidden - rows.keys()))


def last_closing_heard(session: Session) -> date | None:
    """When the last deal was closed whose buyer was heard."""
    closed: date | None = session.scalar(
        select(func.max(Deal.closed_on))
        .join(Interview, Interview.deal_id == Deal.id)
        .where(Interview.state.in_(HEARD))
    )
    return closed


def _heard(session: Session, viewer: Viewer, period: Period) -> Sequence[Found[Interview, bool]]:
    """Each with whether the viewer tags it a second time."""
    return session.execute(
        select(Interview, Interview.id.in_(blind(viewer)))
        .join(Interview.deal)
        .where(
            Interview.state.in_(HEARD),
            is_between(Deal.closed_on, period.first_day, period.last_day),
            may_see(viewer),
        )
        .options(
            contains_eager(Interview.deal).options(
                joinedload(Deal.account), joinedload(Deal.seller)
            )
        )
        .order_by(Deal.closed_on.desc(), Deal.id.desc(), Interview.id)
    ).all()


def _fill(session: Session, shown: dict[int, Row]) -> None:
    named = session.execute(
        select(TagEvidence.interview_id, TagEvidence.reason_id, TagEvidence.direction)
        .where(TagEvidence.interview_id.in_(list(shown)), TagEvidence.reason_id.is_not(None))
        .distinct()
    )
    for interview_id, reason_id, direction in named:
        assert reason_id is not None
        shown[interview_id].ways.setdefault(reason_id, set()).add(direction)


def _in_order(session: Session, rows: dict[int, Row]) -> list[Reason]:
    """Those named, the most often named first."""
    counts: dict[int, int] = {}
    for row in rows.values():
        for reason_id in row.ways:
            counts[reason_id] = counts.get(reason_id, 0) + 1
    named = [reason for reason in queries.all_reasons(session) if reason.id in counts]
    return sorted(named, key=lambda reason: (-counts[reason.id], reason.name.casefold()))
