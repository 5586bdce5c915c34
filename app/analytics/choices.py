"""What the filters of figures offer, and how those in force are called."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analytics.filters import (
    DEAL_FIELDS,
    FACT_FROM,
    FACT_HAS,
    FACT_TO,
    Filters,
)
from app.core.access import NotFound, Viewer
from app.core.formats import capitalize_first
from app.deals.access import is_told_descriptions
from app.deals.models import DealFact, Seller
from app.deals.queries import seller_of_user
from app.deals.words import OUTCOME_WORDS
from app.interviews.models import Kind as Evidence
from app.interviews.words import BUYING_ROLES, RELATIONS, TAKEN
from app.market.models import Competitor
from app.programmes.fields import known_fields
from app.programmes.models import Programme
from app.programmes.rules import FACT, Field, Kind

LABELS = {
    "outcome": "Outcome",
    "segment": "Segment",
    "region": "Region",
    "industry": "Industry",
    "product": "Product",
    "competitor": "Competitor met",
    "seller": "Seller",
    "source": "Source of the lead",
    "amount_from": "Amount at least",
    "amount_to": "Amount at most",
    "team": "Team of the seller",
    "programme": "Programme that asked",
    "role": "Part of who was heard",
    "taken": "How answers were taken",
    "relation": "Interview held by",
    "evidence": "Evidence",
}
_FACTS_ONLY = {Evidence.FACT.value: "Facts only"}
_TOKENS: Mapping[str, Mapping[Any, str]] = {
    "outcome": OUTCOME_WORDS,
    "role": BUYING_ROLES,
    "taken": TAKEN,
    "relation": RELATIONS,
}
#: A column of so few values describes deals; one of more may name them, or people.
_DESCRIBES = 12
_NAMED: dict[str, type[Competitor] | type[Seller] | type[Programme]] = {
    "competitor": Competitor,
    "seller": Seller,
    "programme": Programme,
}


class Input(enum.StrEnum):
    """What a filter is entered by."""

    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"


@dataclass(frozen=True)
class Offer:
    """A filter to set: its key in the address, and what can be chosen."""

    key: str
    label: str
    input: Input
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Offers:
    """Those of the deal, of who was heard, and the further columns of the CRM."""

    deals: Sequence[Offer]
    heard: Sequence[Offer]
    facts: Sequence[Offer]


@dataclass(frozen=True)
class InForce:
    """A filter in force, as one reads it."""

    pair: tuple[str, str]
    words: str


def offers(session: Session, viewer: Viewer) -> Offers:
    """Everything that this viewer can narrow by; what has no value to choose is left out."""
    fields = known_fields(session)
    of_deals = [
        Offer(key, LABELS[key], Input.CHOICE, _choices(session, viewer, key, fields[field]))
        for key, field in DEAL_FIELDS.items()
    ]
    amount = fields["amount"].label.removeprefix("Amount ")
    of_deals += [
        Offer("team", LABELS["team"], Input.CHOICE, _same(_teams(session))),
        Offer("amount_from", f"{LABELS['amount_from']}, {amount}", Input.NUMBER),
        Offer("amount_to", f"{LABELS['amount_to']}, {amount}", Input.NUMBER),
        Offer("programme", LABELS["programme"], Input.CHOICE, _programmes(session)),
    ]
    of_heard = [
        Offer("role", LABELS["role"], Input.CHOICE, _words(BUYING_ROLES)),
        Offer("taken", LABELS["taken"], Input.CHOICE, _words(TAKEN)),
        Offer("relation", LABELS["relation"], Input.CHOICE, _words(RELATIONS)),
        Offer("evidence", LABELS["evidence"], Input.CHOICE, list(_FACTS_ONLY.items())),
    ]
    of_facts = [
        offer
        for key, field in fields.items()
        if key.startswith(FACT) and _may_narrow_by(viewer, field)
        for offer in _fact(field)
    ]
    return Offers(_with_choices(of_deals), of_heard, _with_choices(of_facts))


def in_force(session: Session, filters: Filters) -> list[InForce]:
    """Each filter of the address, as one reads it."""
    names = {key: _names(session, key, filters.values(key)) for key in _NAMED}
    return [InForce(pair, _as_read(pair, names.get(pair[0], {}))) for pair in filters.pairs]


def refuse_what_is_not_theirs(session: Session, viewer: Viewer, filters: Filters) -> None:
    """Raises NotFound where somebody who sells asks for the figures of a colleague, and where
    somebody to whom buyers stay unnamed asks by a column that may name them."""
    if filters.values("seller") and not viewer.may("deals.see_all"):
        own = seller_of_user(session, viewer.user_id)
        if own is None or set(filters.values("seller")) != {own.public_id}:
            raise NotFound
    if is_told_descriptions(viewer):
        for key, _ in filters.pairs:
            if key.startswith(FACT_HAS):
                raise NotFound
            if key.startswith(FACT) and not _describes(session, key.removeprefix(FACT)):
                raise NotFound


def _may_narrow_by(viewer: Viewer, field: Field) -> bool:
    if not is_told_descriptions(viewer) or field.kind in (Kind.NUMBER, Kind.DAY):
        return True
    return field.kind is Kind.CHOICE and len(field.choices) <= _DESCRIBES


def _describes(session: Session, name: str) -> bool:
    values = select(func.count(DealFact.text_value.distinct())).where(DealFact.name == name)
    return (session.scalar(values) or 0) <= _DESCRIBES


def _choices(session: Session, viewer: Viewer, key: str, field: Field) -> Sequence[tuple[str, str]]:
    if key != "seller" or viewer.may("deals.see_all"):
        return field.choices
    own = seller_of_user(session, viewer.user_id)
    return [(own.public_id, own.name)] if own else []


def _fact(field: Field) -> list[Offer]:
    name = field.key.removeprefix(FACT)
    if field.kind is Kind.CHOICE:
        return [Offer(FACT + name, name, Input.CHOICE, field.choices)]
    if field.kind is Kind.TEXT:
        return [Offer(FACT_HAS + name, f"{name} contains", Input.TEXT)]
    if field.kind is Kind.DAY:
        return [
            Offer(FACT_FROM + name, f"{name} since", Input.DAY),
            Offer(FACT_TO + name, f"{name} until", Input.DAY),
        ]
    return [
        Offer(FACT_FROM + name, f"{name} at least", Input.NUMBER),
        Offer(FACT_TO + name, f"{name} at most", Input.NUMBER),
    ]


def _as_read(pair: tuple[str, str], names: Mapping[str, str]) -> str:
    key, value = pair
    prefix, _, fact = key.partition(":")
    words = {
        FACT: f"{fact}: {value}",
        FACT_HAS: f"{fact} contains {value}",
        FACT_FROM: f"{fact} from {value}",
        FACT_TO: f"{fact} to {value}",
    }
    if fact:
        return words[f"{prefix}:"]
    if key == "evidence":
        return _FACTS_ONLY[value]
    called = names or {token.value: text for token, text in _TOKENS.get(key, {}).items()}
    return f"{LABELS[key]}: {called.get(value, value)}"


def _with_choices(found: Sequence[Offer]) -> list[Offer]:
    return [offer for offer in found if offer.choices or offer.input is not Input.CHOICE]


def _teams(session: Session) -> Sequence[str]:
    found = select(Seller.team).where(Seller.team != "").distinct().order_by(Seller.team)
    return session.scalars(found).all()


def _programmes(session: Session) -> list[tuple[str, str]]:
    found = select(Programme.public_id, Programme.name).order_by(Programme.name)
    return [(public_id, name) for public_id, name in session.execute(found)]


def _names(session: Session, key: str, public_ids: Sequence[str]) -> dict[str, str]:
    if not public_ids:
        return {}
    model = _NAMED[key]
    rows = session.execute(
        select(model.public_id, model.name).where(model.public_id.in_(public_ids))
    )
    return dict(iter(rows))


def _same(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _words(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(token.value, capitalize_first(text)) for token, text in words.items()]
