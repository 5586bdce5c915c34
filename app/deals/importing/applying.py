"""A batch of staged deals becomes deals: all that belongs to them in one transaction."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Actor
from app.core.db import table
from app.core.events import publish
from app.deals.events import DealsChanged
from app.deals.importing import queries
from app.deals.importing.content import IncomingDeal, Person
from app.deals.importing.parties import (
    CREATED,
    UNCHANGED,
    UPDATED,
    Accounts,
    AccountValues,
    SellerValues,
    update_rows,
    write_accounts,
    write_sellers,
)
from app.deals.importing.people import Part, write_parts
from app.deals.models import Deal, DealCompetitor, DealFact
from app.market import operations as market
from app.market import queries as market_queries
from app.market.models import Life, name_key

# A blank in the CRM does not erase what is known: a person may have typed it. The outcome, its
# day and the amount are the CRM's own.
_BLANK_KEEPS = ("product", "stage", "opened_on", "lead_source", "replaced", "stated_reason")
_TYPED = {"text": "text_value", "number": "number_value", "date": "date_value"}


@dataclass
class Applied:
    """What a batch did."""

    verdicts: Counter[str] = field(default_factory=Counter)
    by_outcome: Counter[str] = field(default_factory=Counter)
    joined: int = 0
    drafts: list[str] = field(default_factory=list)


def judge(
    session: Session, batch: Sequence[IncomingDeal], joins: Mapping[str, int]
) -> tuple[dict[str, Row[Any]], dict[str, str]]:
    """The rows that these deals have already, and of each whether it is created, updated or
    unchanged. `joins` names deals added by hand that wait for their external id."""
    present = queries.deals_by_external_id(session, [deal.external_id for deal in batch])
    by_hand = {
        deal.external_id: joins[deal.external_id]
        for deal in batch
        if deal.external_id in joins and deal.external_id not in present
    }
    if by_hand:
        rows = queries.deals_by_hand(session, by_hand.values())
        present |= {
            external_id: rows[deal_id]
            for external_id, deal_id in by_hand.items()
            if deal_id in rows
        }
    return present, {deal.external_id: _verdict(deal, present) for deal in batch}


def apply_batch(
    session: Session,
    actor: Actor,
    batch: Sequence[IncomingDeal],
    *,
    joins: Mapping[str, int],
    fact_names: Iterable[str],
) -> Applied:
    """Write the batch, and tell later rooms which deals count differently now."""
    present, verdicts = judge(session, batch, joins)
    result = Applied(by_outcome=Counter(deal.values["outcome"] for deal in batch))
    changed = [deal for deal in batch if _changes(deal, verdicts)]
    account_of = {
        deal.external_id: _account(deal.account) for deal in batch if deal.account is not None
    }
    needed = [
        account_of[deal.external_id]
        for deal in batch
        if deal.external_id in account_of and _needs_account(deal, present, verdicts)
    ]
    write_accounts(session, needed, overwrite=False)
    accounts = Accounts(session, account_of.values())
    account_ids = {deal: accounts.id_of(each) for deal, each in account_of.items()}
    for deal in batch:
        row = present.get(deal.external_id)
        account_came = row is not None and row.account_id is None
        if account_came and account_ids.get(deal.external_id) and not _changes(deal, verdicts):
            verdicts[deal.external_id] = UPDATED
            changed.append(deal)
    competitors = _Competitors(session, actor, changed)
    result.drafts = competitors.drafts
    ids = _write_deals(session, changed, present, account_ids, competitors)
    ids |= {deal: row.id for deal, row in present.items()}
    _write_facts(session, changed, ids, verdicts, fact_names)
    _write_competitors(session, changed, ids, competitors)
    parts = [
        (ids[deal.external_id], account_ids.get(deal.external_id), person)
        for deal in batch
        for person in deal.people
    ]
    by_people = _write_people(session, batch, parts, ids)
    for deal in batch:
        verdict = verdicts[deal.external_id]
        if verdict == UNCHANGED and ids[deal.external_id] in by_people:
            verdict = UPDATED
        result.verdicts[verdict] += 1
    result.joined = sum(row.external_id is None for row in present.values())
    told = [ids[deal.external_id] for deal in changed if _counts_anew(deal, present)]
    if told:
        publish(session, DealsChanged(told))
    return result


def _verdict(deal: IncomingDeal, present: Mapping[str, Row[Any]]) -> str:
    row = present.get(deal.external_id)
    if row is None:
        return CREATED
    return UNCHANGED if row.crm_digest == deal.digest else UPDATED


def _changes(deal: IncomingDeal, verdicts: Mapping[str, str]) -> bool:
    return verdicts[deal.external_id] != UNCHANGED


def _needs_account(
    deal: IncomingDeal, present: Mapping[str, Row[Any]], verdicts: Mapping[str, str]
) -> bool:
    row = present.get(deal.external_id)
    return _changes(deal, verdicts) or row is None or row.account_id is None


def _counts_anew(deal: IncomingDeal, present: Mapping[str, Row[Any]]) -> bool:
    row = present.get(deal.external_id)
    return (
        row is None
        or row.outcome != deal.values["outcome"]
        or row.closed_on != deal.values["closed_on"]
    )


def _account(content: list[str | None]) -> AccountValues:
    external_id, name, segment, region = content
    return AccountValues(external_id, name or "", segment=segment or "", region=region or "")


def _seller(content: list[str | None]) -> SellerValues:
    external_id, email, name = content
    return SellerValues(external_id, (email or "").lower(), name or "")


def _write_deals(
    session: Session,
    deals: Sequence[IncomingDeal],
    present: Mapping[str, Row[Any]],
    account_ids: Mapping[str, int | None],
    competitors: _Competitors,
) -> dict[str, int]:
    """Insert and update; gives the ids of the new ones."""
    sellers = {deal.external_id: _seller(deal.seller) for deal in deals if deal.seller}
    seller_ids = write_sellers(session, sellers.values())
    spellings = {row.spelling: row.product for row in queries.product_spellings(session)}
    known = [present[deal.external_id].id for deal in deals if deal.external_id in present]
    rows = queries.whole_deals(session, known) if known else {}
    new, changed = [], {}
    for deal in deals:
        seller = sellers.get(deal.external_id)
        values = deal.values | {
            "external_id": deal.external_id,
            "name_key": name_key(deal.values["name"])[:300],
            "account_id": account_ids.get(deal.external_id),
            "seller_id": seller_ids.get(seller) if seller else None,
            "won_by_id": competitors.id_of(deal.won_by),
            "product": spellings.get(deal.values["product"], deal.values["product"]),
            "product_as_written": deal.values["product"],
            "crm_digest": deal.digest,
        }
        if deal.external_id not in present:
            new.append(values | {"public_id": str(uuid.uuid4())})
        else:
            row = rows[present[deal.external_id].id]
            kept = {name: getattr(row, name) for name in _BLANK_KEEPS if not values[name]}
            kept |= {
                name: getattr(row, name)
                for name in ("account_id", "seller_id", "won_by_id")
                if values[name] is None
            }
            changed[row.id] = values | kept
    if new:
        made = {"is_anonymous": False, "created_at": clock.now()}
        session.execute(insert(table(Deal)), [values | made for values in new])
    update_rows(session, table(Deal), changed)
    new_ids = [values["external_id"] for values in new]
    return queries.ids_of_deals(session, new_ids) if new else {}


def _write_facts(
    session: Session,
    deals: Sequence[IncomingDeal],
    ids: Mapping[str, int],
    verdicts: Mapping[str, str],
    fact_names: Iterable[str],
) -> None:
    """The facts of this file's columns are replaced; those of other files stay."""
    facts = table(DealFact)
    updated = [ids[deal.external_id] for deal in deals if verdicts[deal.external_id] == UPDATED]
    if updated:
        session.execute(
            delete(facts).where(facts.c.deal_id.in_(updated), facts.c.name.in_(list(fact_names)))
        )
    rows = [
        _fact_row(ids[deal.external_id], name, kind, value)
        for deal in deals
        for name, kind, value in deal.facts
    ]
    if rows:
        session.execute(insert(facts), rows)


def _fact_row(deal_id: int, name: str, kind: str, value: Any) -> dict[str, Any]:
    empty = {"text_value": None, "number_value": None, "date_value": None}
    typed = date.fromisoformat(value) if kind == "date" else value
    return {"deal_id": deal_id, "name": name, **empty, _TYPED[kind]: typed}


class _Competitors:
    """The competitors that a batch names; a new name becomes a draft for a person to judge."""

    def __init__(self, session: Session, actor: Actor, deals: Sequence[IncomingDeal]) -> None:
        names = {name for deal in deals for name in deal.competitors}
        names |= {deal.won_by for deal in deals if deal.won_by}
        self.drafts: list[str] = []
        self._ids: dict[str, int] = {}
        if not names:
            return
        known = market_queries.by_name(market_queries.competitors(session))
        for name in sorted(names):
            row = known.get(name_key(name))
            if row is None:
                row = market.draft_competitor(session, actor, name)
                known |= market_queries.by_name([row])
                if row.life is Life.DRAFT:
                    self.drafts.append(row.name)
            self._ids[name] = row.id

    def id_of(self, name: str | None) -> int | None:
        return self._ids[name] if name else None

    def met_in(self, deal: IncomingDeal) -> set[int]:
        names = [*deal.competitors, *([deal.won_by] if deal.won_by else [])]
        return {self._ids[name] for name in names}


def _write_competitors(
    session: Session,
    deals: Sequence[IncomingDeal],
    ids: Mapping[str, int],
    competitors: _Competitors,
) -> None:
    """Whom the CRM names was met; whom a person added stays."""
    met = {
        (ids[deal.external_id], competitor_id)
        for deal in deals
        for competitor_id in competitors.met_in(deal)
    }
    if met:
        missing = met - queries.competitors_met(session, {deal_id for deal_id, _ in met})
        rows = [{"deal_id": deal, "competitor_id": other} for deal, other in sorted(missing)]
        if rows:
            session.execute(insert(table(DealCompetitor)), rows)


def _write_people(
    session: Session,
    batch: Sequence[IncomingDeal],
    parts: Sequence[Part],
    ids: Mapping[str, int],
) -> set[int]:
    changed, unknown = write_parts(session, parts)
    deals = {ids[deal.external_id]: deal for deal in batch} if unknown else {}
    for deal_id, person in unknown:
        deals[deal_id].notes.append(["contact", *_unknown(person)])
    return changed


def _unknown(person: Person) -> tuple[str, str]:
    if person.external_id:
        return person.external_id, "is in no file of contacts yet, and has no name here; left out"
    return person.name, "has neither an e-mail address nor an account; left out"
