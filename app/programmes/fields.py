"""What a rule can ask about: the fields of deals, and the further columns of the CRM."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, select
from sqlalchemy.orm import Session

from app.deals.models import DECIDED, Account, Deal, DealFact
from app.deals.queries import distinct_values, sellers
from app.deals.words import OUTCOME_WORDS
from app.identity.queries import workspace
from app.market.queries import active_competitors
from app.programmes.rules import FACT, Field, Kind

_MOST_FACTS = 60
_MOST_VALUES = 60


def known_fields(session: Session) -> dict[str, Field]:
    """Every field by its key, in the order in which they are offered."""
    fields = [
        Field(
            "outcome",
            "Outcome",
            Kind.CHOICE,
            [(outcome.value, OUTCOME_WORDS[outcome]) for outcome in DECIDED],
        ),
        Field("amount", f"Amount in {workspace(session).currency}", Kind.NUMBER),
        Field("segment", "Segment", Kind.CHOICE, _same(distinct_values(session, Account.segment))),
        Field("region", "Region", Kind.CHOICE, _same(distinct_values(session, Account.region))),
        Field("industry", "Industry", Kind.CHOICE, _same(_seldom(session, Account.industry))),
        Field("product", "Product", Kind.CHOICE, _same(distinct_values(session, Deal.product))),
        Field(
            "competitor",
            "Competitor met",
            Kind.CHOICE,
            [(row.public_id, row.name) for row in active_competitors(session)],
        ),
        Field(
            "owner",
            "Owner",
            Kind.CHOICE,
            [(row.public_id, row.name) for row in sellers(session)],
        ),
        Field(
            "source", "Source of the lead", Kind.CHOICE, _same(_seldom(session, Deal.lead_source))
        ),
        Field("days", "Days since closing", Kind.NUMBER),
        *_facts(session),
    ]
    return {field.key: field for field in fields}


def _same(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _seldom(session: Session, column: Any) -> Sequence[str]:
    """The values of a column without an index."""
    found = select(column).where(column != "").distinct().order_by(column).limit(_MOST_VALUES)
    return session.scalars(found).all()


def _facts(session: Session) -> list[Field]:
    """The further columns of the CRM, each step one look into an index."""
    return [_fact(session, name) for name in _steps(session, DealFact.name, _MOST_FACTS)]


def _fact(session: Session, name: str) -> Field:
    of_name = DealFact.name == name
    for column, kind in ((DealFact.number_value, Kind.NUMBER), (DealFact.date_value, Kind.DAY)):
        if session.scalar(select(exists().where(of_name, column.is_not(None)))):
            return Field(FACT + name, name, kind)
    values = _steps(session, DealFact.text_value, _MOST_VALUES + 1, of_name)
    few = len(values) <= _MOST_VALUES
    return Field(FACT + name, name, Kind.CHOICE if few else Kind.TEXT, _same(values))


def _steps(session: Session, column: Any, most: int, *where: ColumnElement[bool]) -> list[str]:
    """The column's values in order, each found from the one before it."""

    def least_above(value: Any) -> Any:
        return select(func.min(column)).where(column > value, *where).scalar_subquery()

    steps = select(least_above(literal("")).label("value")).cte("steps", recursive=True)
    steps = steps.union_all(select(least_above(steps.c.value)).where(steps.c.value.is_not(None)))
    found: Iterable[str | None] = session.scalars(select(steps.c.value).limit(most + 1))
    return [value for value in found if value is not None][:most]
