"""Filters as conditions for the database, on deals and on interviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.analytics.filters import Filters
from app.deals.models import Deal, Seller
from app.identity.queries import workspace
from app.interviews.models import Answer, Interview, Taken
from app.programmes.matching import Matcher
from app.programmes.models import Programme, Selection
from app.programmes.rules import Group, Join


@dataclass(frozen=True)
class Narrowed:
    """What a deal, and an interview of it, must be to count."""

    deals: tuple[ColumnElement[bool], ...] = ()
    interviews: tuple[ColumnElement[bool], ...] = ()
    #: What was said counts by how its own answer was taken; empty: however it was.
    taken: tuple[Taken, ...] = ()
    facts_only: bool = False


#: Every deal and interview counts.
ALL = Narrowed()


def narrow(session: Session, filters: Filters) -> Narrowed:
    """The conditions of these filters."""
    if not filters:
        return ALL
    return Narrowed(
        deals=_of_deals(session, filters),
        interviews=_of_interviews(filters),
        taken=filters.taken,
        facts_only=filters.facts_only,
    )


def _of_deals(session: Session, filters: Filters) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = []
    if filters.of_deals:
        # No filter counts days from today: a permanent address means the same tomorrow.
        matcher = Matcher(session, workspace(session).currency, date.max)
        found.append(matcher.matches(Group(Join.ALL, filters.of_deals)))
    if teams := filters.values("team"):
        found.append(Deal.seller_id.in_(select(Seller.id).where(Seller.team.in_(teams))))
    if programmes := filters.values("programme"):
        found.append(Deal.id.in_(_chosen_by(programmes)))
    return tuple(found)


def _chosen_by(programmes: tuple[str, ...]) -> Select[int]:
    return (
        select(Selection.deal_id)
        .join(Selection.programme)
        .where(Programme.public_id.in_(programmes))
    )


def _said(ways: tuple[Taken, ...]) -> ColumnElement[bool]:
    """Whether any answer was taken so; where no answer says anything, as the interview has it."""
    answer = aliased(Answer)
    says_something = exists().where(answer.interview_id == Interview.id, answer.text != "")
    return or_(
        says_something.where(answer.taken.in_(ways)),
        and_(Interview.taken.in_(ways), ~says_something),
    )


def _of_interviews(filters: Filters) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = []
    if filters.roles:
        found.append(Interview.buying_role.in_(filters.roles))
    if filters.taken:
        found.append(_said(filters.taken))
    if filters.relations:
        found.append(Interview.relation.in_(filters.relations))
    return tuple(found)
