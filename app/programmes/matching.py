"""A rule as a condition on deals, for the database to answer."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.formats import minor_digits
from app.deals.models import Account, Deal, DealCompetitor, DealFact, Seller
from app.deals.money import amount_in
from app.market.models import Competitor
from app.programmes.rules import (
    FACT,
    Compare,
    Condition,
    Group,
    Join,
    Node,
    day_of,
    number_of,
    whole_parts,
)

_OF_DEAL: dict[str, InstrumentedAttribute[str]] = {
    "outcome": Deal.outcome,
    "product": Deal.product,
    "source": Deal.lead_source,
}
_OF_ACCOUNT: dict[str, InstrumentedAttribute[str]] = {
    "segment": Account.segment,
    "region": Account.region,
    "industry": Account.industry,
}
_LONGEST_AGO_DAYS = 36_500


class Matcher:
    """Turns rules into conditions. Amounts are in the workspace's currency; `today` is its day."""

    def __init__(self, session: Session, currency: str, today: date) -> None:
        self._session, self._currency, self.today = session, currency, today

    def matches(self, rule: Group) -> ColumnElement[bool]:
        """Whether a deal is caught; unfinished conditions narrow nothing."""
        return self._node(whole_parts(rule))

    def _node(self, node: Node) -> ColumnElement[bool]:
        if isinstance(node, Condition):
            # An unknown value holds for nothing, also below a 'none of these'.
            return func.coalesce(self._condition(node), false())
        parts = [self._node(part) for part in node.of]
        if not parts:
            return true()
        if node.join is Join.ALL:
            return and_(*parts)
        return or_(*parts) if node.join is Join.ANY else not_(or_(*parts))

    def _condition(self, asked: Condition) -> ColumnElement[bool]:
        if asked.field.startswith(FACT):
            return _of_fact(asked.field.removeprefix(FACT), asked)
        if asked.field in _OF_DEAL:
            return _of_text(_OF_DEAL[asked.field], asked)
        if asked.field in _OF_ACCOUNT:
            return _of_account(_OF_ACCOUNT[asked.field], asked)
        if asked.field == "competitor":
            return _met(asked)
        if asked.field == "owner":
            return _of_owner(asked)
        if asked.field == "amount":
            return self._of_amount(asked)
        if asked.field == "days":
            return self._of_days(asked)
        return true()

    def _of_amount(self, asked: Condition) -> ColumnElement[bool]:
        amount = amount_in(self._session, self._currency)
        if asked.test is Compare.UNKNOWN:
            return amount.is_(None)
        number = number_of(asked)
        if number is None:
            return true()
        minor = int(number * 10 ** minor_digits(self._currency))
        return amount >= minor if asked.test is Compare.AT_LEAST else amount <= minor

    def _of_days(self, asked: Condition) -> ColumnElement[bool]:
        number = number_of(asked)
        if asked.test is Compare.UNKNOWN or number is None:
            return Deal.closed_on.is_(None) if asked.test is Compare.UNKNOWN else true()
        ago = self.today - timedelta(days=min(max(int(number), 0), _LONGEST_AGO_DAYS))
        return Deal.closed_on <= ago if asked.test is Compare.AT_LEAST else Deal.closed_on >= ago


def _of_text(column: InstrumentedAttribute[str], asked: Condition) -> ColumnElement[bool]:
    if asked.test is Compare.UNKNOWN:
        return column == ""
    found = column.in_(asked.values)
    return not_(found) if asked.test is Compare.IS_NOT else found


def _of_account(column: InstrumentedAttribute[str], asked: Condition) -> ColumnElement[bool]:
    if asked.test is Compare.UNKNOWN:
        known = Deal.account_id.in_(select(Account.id).where(column != ""))
        return or_(Deal.account_id.is_(None), not_(known))
    found = Deal.account_id.in_(select(Account.id).where(column.in_(asked.values)))
    return _not_or_unknown(found, Deal.account_id) if asked.test is Compare.IS_NOT else found


def _of_owner(asked: Condition) -> ColumnElement[bool]:
    if asked.test is Compare.UNKNOWN:
        return Deal.seller_id.is_(None)
    found = Deal.seller_id.in_(select(Seller.id).where(Seller.public_id.in_(asked.values)))
    return _not_or_unknown(found, Deal.seller_id) if asked.test is Compare.IS_NOT else found


def _not_or_unknown(
    found: ColumnElement[bool], column: InstrumentedAttribute[int | None]
) -> ColumnElement[bool]:
    return or_(column.is_(None), not_(found))


def _met(asked: Condition) -> ColumnElement[bool]:
    met = select(DealCompetitor.deal_id)
    if asked.test is Compare.UNKNOWN:
        return Deal.id.not_in(met)
    wanted = select(Competitor.id).where(Competitor.public_id.in_(asked.values))
    found = Deal.id.in_(met.where(DealCompetitor.competitor_id.in_(wanted)))
    return not_(found) if asked.test is Compare.IS_NOT else found


def _of_fact(name: str, asked: Condition) -> ColumnElement[bool]:
    row = exists().where(DealFact.deal_id == Deal.id, DealFact.name == name)
    if asked.test is Compare.UNKNOWN:
        return not_(row)
    if asked.test is Compare.IS_NOT:
        return not_(row.where(DealFact.text_value.in_(asked.values)))
    if asked.test is Compare.IS:
        return row.where(DealFact.text_value.in_(asked.values))
    if asked.test is Compare.CONTAINS:
        typed = asked.values[0]
        return row.where(
            or_(
                DealFact.text_value.contains(typed, autoescape=True),
                func.lower(DealFact.text_value).contains(typed.lower(), autoescape=True),
            )
        )
    number, day = number_of(asked), day_of(asked)
    if asked.test in (Compare.AT_LEAST, Compare.AT_MOST) and number is not None:
        value = DealFact.number_value
        return row.where(value >= number if asked.test is Compare.AT_LEAST else value <= number)
    if asked.test in (Compare.SINCE, Compare.UNTIL) and day is not None:
        when = DealFact.date_value
        return row.where(when >= day if asked.test is Compare.SINCE else when <= day)
    return true()
