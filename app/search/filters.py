"""What is asked for by name - `reason:price`, `outcome:lost` - as conditions of a query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from app.core.db import is_between
from app.core.periods import Quarter
from app.deals.models import Deal, DealCompetitor, Outcome
from app.identity.queries import workspace
from app.interviews.models import Kind as Evidence
from app.market import queries as market
from app.market.models import name_key
from app.search.asking import Filter
from app.tagging.models import Direction, Tag, Verbatim
from app.tagging.queries import NamesOfReason, names_of_reasons


@dataclass
class Conditions:
    """What must be true of every deal, of a quote, and of the deal where no quote is looked for.
    `problems` holds what nothing is called."""

    of_deal: list[ColumnElement[bool]] = field(default_factory=list)
    of_quote: list[ColumnElement[bool]] = field(default_factory=list)
    of_others: list[ColumnElement[bool]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class _Nothing(ValueError):
    """Nothing is called so; the message is for whoever typed it."""


def _nothing(what: str, value: str, names: Sequence[str]) -> _Nothing:
    by_key = {name_key(name): name for name in names}
    near = [f"‘{by_key[key]}’" for key in get_close_matches(name_key(value), by_key)]
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return _Nothing(f"No {what} is called ‘{value}’.{meant}")


FEW_TAGS = 1000
Token = TypeVar("Token", Evidence, Direction, Outcome)
_OfTag = Callable[[Session, str], ColumnElement[bool]]


def conditions(session: Session, filters: tuple[Filter, ...]) -> Conditions:
    """All that is wanted of tags must be true of one tag; what is unwanted, of none."""
    made = Conditions()
    wanted: list[ColumnElement[bool]] = []
    for each in filters:
        try:
            if each.name in _OF_TAG:
                of_tag = _OF_TAG[each.name](session, each.value)
                if each.is_unwanted:
                    made.of_quote.append(not_(_has_tag(of_tag)))
                else:
                    wanted.append(of_tag)
            elif each.name == "competitor":
                _of_competitor(session, each, made)
            else:
                of_deal = _OF_DEAL[each.name](session, each.value)
                made.of_deal.append(not_(of_deal) if each.is_unwanted else of_deal)
        except _Nothing as nothing:
            made.problems.append(str(nothing))
    if wanted:
        made.of_quote.append(_is_tagged(session, and_(*wanted)))
    return made


def _is_tagged(session: Session, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Few quotes are named by their ids: to come upon one of two hundred among a million, the
    database would look at thousands. Of many, the newest are soon found by looking."""
    few = session.scalars(
        select(Tag.verbatim_id).where(Tag.removed_at.is_(None), condition).limit(FEW_TAGS + 1)
    ).all()
    return Verbatim.id.in_(few) if len(few) <= FEW_TAGS else _has_tag(condition)


def _has_tag(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Tag.verbatim_id == Verbatim.id, Tag.removed_at.is_(None), condition)


def _of_competitor(session: Session, each: Filter, made: Conditions) -> None:
    """Named by the quote, or met in its deal; elsewhere met in the deal."""
    competitor = market.find_competitor(session, each.value)
    if competitor is None:
        rows = market.competitors(session)
        raise _nothing("competitor", each.value, [row.name for row in rows])
    met = Deal.id.in_(
        select(DealCompetitor.deal_id).where(DealCompetitor.competitor_id == competitor.id)
    )
    named = or_(met, _has_tag(Tag.competitor_id == competitor.id))
    made.of_quote.append(not_(named) if each.is_unwanted else named)
    made.of_others.append(not_(met) if each.is_unwanted else met)


def _reason(session: Session, value: str) -> ColumnElement[bool]:
    """A reason by name, key or alias, or by how its name begins; a category stands for its own."""
    rows = names_of_reasons(session)
    wanted = name_key(value)
    named = [row for row in rows if wanted in _names(row)]
    named = named or [row for row in rows if name_key(row.name).startswith(wanted)]
    ids = {row.id for row in named}
    if not ids:
        raise _nothing("reason", value, [row.name for row in rows])
    return Tag.reason_id.in_(ids | {row.id for row in rows if row.parent_id in ids})


def _names(reason: NamesOfReason) -> set[str]:
    return {name_key(name) for name in (reason.name, reason.key, *reason.aliases)}


def _differentiator(session: Session, value: str) -> ColumnElement[bool]:
    """A differentiator by name or alias, or by how a word of its name begins."""
    rows = market.differentiators(session)
    exact = market.by_name(rows).get(name_key(value))
    begins = f" {name_key(value)}"
    found = [exact] if exact else [row for row in rows if begins in f" {row.name_key}"]
    if not found:
        raise _nothing("differentiator", value, [row.name for row in rows])
    return Tag.differentiator_id.in_([row.id for row in found])


def _evidence(_session: Session, value: str) -> ColumnElement[bool]:
    return Tag.evidence == _token(Evidence, value)


def _direction(_session: Session, value: str) -> ColumnElement[bool]:
    return Tag.direction == _token(Direction, value)


def _outcome(_session: Session, value: str) -> ColumnElement[bool]:
    return Deal.outcome == _token(Outcome, value)


def _quarter(session: Session, value: str) -> ColumnElement[bool]:
    try:
        quarter = Quarter.parse(value, workspace(session).fiscal_year_first_month)
    except ValueError as problem:
        raise _Nothing(f"{problem}.") from None
    return is_between(Deal.closed_on, quarter.first_day, quarter.last_day)


def _token(tokens: type[Token], value: str) -> Token:
    try:
        return tokens(value.casefold().replace(" ", "_").replace("-", "_"))
    except ValueError:
        offered = ", ".join(token.value for token in tokens)
        raise _Nothing(f"‘{value}’ is none of {offered}.") from None


_OF_TAG: dict[str, _OfTag] = {
    "reason": _reason,
    "differentiator": _differentiator,
    "evidence": _evidence,
    "direction": _direction,
}
_OF_DEAL: dict[str, _OfTag] = {"outcome": _outcome, "quarter": _quarter}
