"""Reading the rules and the ledger, each row with the right to see it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import NotFound, Viewer
from app.deals.access import may_see
from app.deals.models import Account, Deal
from app.deals.queries import distinct_values
from app.interviews.models import Interview
from app.programmes.models import Programme
from app.thanks.models import OPEN, State, Thanks, ThanksRule

PAGE = 100


class Show(enum.StrEnum):
    """The views of the ledger."""

    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True)
class Total:
    """What was given, or is promised, in one currency."""

    currency: str
    minor: int
    count: int


def rule_of(session: Session, programme_id: int) -> ThanksRule | None:
    return session.get(ThanksRule, programme_id)


def industries(session: Session) -> Sequence[str]:
    return distinct_values(session, Account.industry)


def thanks_for(session: Session, interview: Interview) -> Thanks | None:
    return session.scalar(select(Thanks).where(Thanks.interview_id == interview.id))


def get_thanks(session: Session, viewer: Viewer, public_id: str) -> Thanks:
    """Raises NotFound where the viewer may not see the deal."""
    found = session.scalar(_visible(viewer).where(Thanks.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def ledger(
    session: Session, viewer: Viewer, show: Show, *, before: int | None = None
) -> tuple[Sequence[Thanks], int | None]:
    """The latest first, and what `before` takes for the page that follows."""
    is_open = Thanks.state.in_(OPEN)
    statement = _visible(viewer).where(is_open if show is Show.OPEN else ~is_open)
    if before is not None:
        statement = statement.where(Thanks.id < before)
    rows = session.scalars(statement.order_by(Thanks.id.desc()).limit(PAGE + 1)).all()
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def count_open(session: Session, viewer: Viewer) -> int:
    found = _visible(viewer).where(Thanks.state.in_(OPEN)).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def all_of_year(session: Session, viewer: Viewer, year: int | None) -> Sequence[Thanks]:
    """For the accounting: what was offered in that year, or ever, in its order."""
    statement = _visible(viewer).order_by(Thanks.offered_at, Thanks.id)
    if year is not None:
        statement = statement.where(*_within(Thanks.offered_at, year))
    return session.scalars(statement).all()


def years(session: Session) -> Sequence[int]:
    """In which something was offered, the latest first."""
    first = session.scalar(select(func.min(Thanks.offered_at)))
    last = session.scalar(select(func.max(Thanks.offered_at)))
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def sent_in(session: Session, year: int) -> Sequence[Total]:
    return _totals(session, Thanks.state == State.SENT, *_within(Thanks.sent_at, year))


def promised(session: Session) -> Sequence[Total]:
    """What may still have to be given."""
    return _totals(session, Thanks.state.in_(OPEN))


def _totals(session: Session, *conditions: ColumnElement[bool]) -> Sequence[Total]:
    rows = session.execute(
        select(Thanks.currency, func.sum(Thanks.amount_minor), func.count())
        .where(Thanks.amount_minor.is_not(None), *conditions)
        .group_by(Thanks.currency)
        .order_by(Thanks.currency)
    )
    return [Total(currency, int(minor or 0), count) for currency, minor, count in rows]


def _within(column: Any, year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        column >= datetime(year, 1, 1, tzinfo=UTC),
        column < datetime(year + 1, 1, 1, tzinfo=UTC),
    )


def _visible(viewer: Viewer) -> Select[Thanks]:
    return (
        select(Thanks)
        .join(Thanks.interview)
        .join(Interview.deal)
        .where(may_see(viewer))
        .options(
            contains_eager(Thanks.interview).options(
                contains_eager(Interview.deal).joinedload(Deal.account),
                joinedload(Interview.contact),
            ),
            joinedload(Thanks.programme).load_only(Programme.name, Programme.public_id),
        )
    )
