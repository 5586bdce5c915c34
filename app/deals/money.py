"""Amounts in the workspace's currency, by the rate that held when the deal closed.

A deal whose currency has no rate for that day is left out of a sum, and counted as left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, func, literal, select
from sqlalchemy.orm import Session

from app.core.formats import minor_digits
from app.deals.models import Deal, ExchangeRate


@dataclass(frozen=True)
class MoneyTotal:
    """A sum in minor units of the workspace's currency, and what it leaves out."""

    minor: int
    deals: int
    without_rate: int
    without_amount: int


def amount_in(session: Session, currency: str) -> ColumnElement[Any]:
    """An expression over Deal: its amount in minor units of `currency`, NULL without a rate."""
    converted = Deal.amount_minor * _rate() * _scale(session, currency)
    return case(
        (Deal.currency == currency, Deal.amount_minor),
        else_=cast(func.round(converted), BigInteger),
    )


def total_in(session: Session, currency: str, deals: Select[int]) -> MoneyTotal:
    """The amounts of the deals, whose ids are selected, in one currency."""
    amount = amount_in(session, currency)
    row = session.execute(
        select(
            func.sum(amount).label("minor"),
            func.count(amount).label("counted"),
            func.count(Deal.amount_minor).label("with_amount"),
            func.count().label("everything"),
        )
        .select_from(Deal)
        .where(Deal.id.in_(deals))
    ).one()
    return MoneyTotal(
        minor=int(row.minor or 0),
        deals=row.counted,
        without_rate=row.with_amount - row.counted,
        without_amount=row.everything - row.with_amount,
    )


def _rate() -> ColumnElement[float]:
    """The rate in force on the closing day; for an open deal, the latest."""
    return (
        select(ExchangeRate.rate)
        .where(
            ExchangeRate.currency == Deal.currency,
            (ExchangeRate.valid_from <= Deal.closed_on) | Deal.closed_on.is_(None),
        )
        .order_by(ExchangeRate.valid_from.desc())
        .limit(1)
        .correlate(Deal)
        .scalar_subquery()
    )


def _scale(session: Session, currency: str) -> ColumnElement[float]:
    """A rate is for whole units; currencies differ in how many minor units make one."""
    digits = minor_digits(currency)
    known = session.scalars(select(ExchangeRate.currency).distinct())
    scales = {
        other: 10.0 ** (digits - minor_digits(other))
        for other in known
        if minor_digits(other) != digits
    }
    if not scales:
        return literal(1.0)
    return case(scales, value=Deal.currency, else_=1.0)
