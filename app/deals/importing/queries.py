"""What an import looks up: by external ids and names, a batch at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.access import NotFound
from app.core.db import table
from app.deals.importing.opening import Remembered
from app.deals.models import (
    Account,
    Contact,
    Deal,
    DealCompetitor,
    DealContact,
    DealImport,
    ImportState,
    ProductSpelling,
    RememberedMapping,
    Seller,
    StagedRow,
    StagedState,
)
from app.deals.queries import distinct_values

UNFINISHED = (ImportState.STAGING, ImportState.APPLYING)


# --- the import itself


def get_import(session: Session, public_id: str) -> DealImport:
    found = session.scalar(select(DealImport).where(DealImport.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def get_asking_import(session: Session, public_id: str) -> DealImport:
    """An import that has not begun; once it has, nothing about it can be changed."""
    found = get_import(session, public_id)
    if found.state is not ImportState.ASKING:
        raise NotFound
    return found


def import_by_id(session: Session, import_id: int) -> DealImport:
    return session.get_one(DealImport, import_id)


def lock_import(session: Session, import_id: int) -> DealImport:
    """The import, held until the end of the transaction: two runners take turns."""
    return session.scalars(
        select(DealImport).where(DealImport.id == import_id).with_for_update()
    ).one()


def import_state(session: Session, import_id: int) -> ImportState:
    return session.scalars(select(DealImport.state).where(DealImport.id == import_id)).one()


def imports(session: Session, most: int = 50) -> Sequence[DealImport]:
    """The latest first."""
    return session.scalars(select(DealImport).order_by(DealImport.id.desc()).limit(most)).all()


def unfinished_imports(session: Session) -> Sequence[DealImport]:
    """Those that began to write, and did not come to their end."""
    return session.scalars(
        select(DealImport).where(DealImport.state.in_(UNFINISHED)).order_by(DealImport.id.desc())
    ).all()


def next_staged(
    session: Session, import_id: int, state: StagedState, most: int
) -> Sequence[Row[Any]]:
    return session.execute(
        select(StagedRow.id, StagedRow.belongs_to, StagedRow.content, StagedRow.problems)
        .where(StagedRow.import_id == import_id, StagedRow.state == state)
        .order_by(StagedRow.id)
        .limit(most)
    ).all()


def rows_joining(
    session: Session, import_id: int, external_ids: Collection[str]
) -> Sequence[Row[Any]]:
    """The rows that name further people of these deals."""
    return session.execute(
        select(StagedRow.id, StagedRow.belongs_to, StagedRow.content, StagedRow.problems)
        .where(
            StagedRow.import_id == import_id,
            StagedRow.belongs_to.in_(external_ids),
            StagedRow.state == StagedState.JOINING,
        )
        .order_by(StagedRow.id)
    ).all()


def told_rows(
    session: Session, import_id: int, state: StagedState, most: int | None = None
) -> Iterable[StagedRow]:
    """Rows kept for the report, in the files' order, read as they are used."""
    return session.scalars(
        select(StagedRow)
        .where(StagedRow.import_id == import_id, StagedRow.state == state)
        .order_by(StagedRow.id)
        .limit(most)
        .execution_options(yield_per=500)
    )


def remembered(session: Session, signature: str) -> Remembered | None:
    """What was said of an earlier file with this header."""
    row = session.scalar(select(RememberedMapping).where(RememberedMapping.header_key == signature))
    if row is None:
        return None
    return Remembered(dict(row.mapping), tuple(row.answers.get("outcomes", ())))


def remembered_row(session: Session, signature: str) -> RememberedMapping | None:
    return session.scalar(
        select(RememberedMapping).where(RememberedMapping.header_key == signature)
    )


# --- what is there already


def deals_by_external_id(session: Session, ids: Collection[str]) -> dict[str, Row[Any]]:
    """As much of the deals as says whether they change."""
    rows = session.execute(_briefly().where(Deal.external_id.in_(ids)))
    return {row.external_id: row for row in rows}


def deals_by_hand(session: Session, ids: Collection[int]) -> dict[int, Row[Any]]:
    """As deals_by_external_id, of deals that have none yet."""
    rows = session.execute(_briefly().where(Deal.id.in_(ids), Deal.external_id.is_(None)))
    return {row.id: row for row in rows}


def whole_deals(session: Session, ids: Collection[int]) -> dict[int, Row[Any]]:
    deals = table(Deal)
    return {row.id: row for row in session.execute(select(deals).where(deals.c.id.in_(ids)))}


def ids_of_deals(session: Session, external_ids: Collection[str]) -> dict[str, int]:
    deals = table(Deal).c
    rows = session.execute(
        select(deals.external_id, deals.id).where(deals.external_id.in_(external_ids))
    )
    return {row.external_id: row.id for row in rows}


def known_external_ids(session: Session, ids: Collection[str]) -> set[str]:
    return set(ids_of_deals(session, ids))


def accounts(
    session: Session, external_ids: Collection[str], name_keys: Collection[str]
) -> Sequence[Row[Any]]:
    """Of several with one name, the oldest last, so that it wins in a dictionary."""
    rows = table(Account)
    wanted = _either(
        (Account.external_id, external_ids),
        (Account.name_key, name_keys),
    )
    return session.execute(select(rows).where(wanted).order_by(rows.c.id.desc())).all()


def sellers(
    session: Session,
    external_ids: Collection[str],
    emails: Collection[str],
    name_keys: Collection[str],
) -> Sequence[Row[Any]]:
    rows = table(Seller)
    wanted = _either(
        (Seller.external_id, external_ids),
        (func.lower(Seller.email), emails),
        (Seller.name_key, name_keys),
    )
    return session.execute(select(rows).where(wanted).order_by(rows.c.id.desc())).all()


def contacts(
    session: Session,
    external_ids: Collection[str],
    emails: Collection[str],
    account_ids: Collection[int],
) -> Sequence[Row[Any]]:
    rows = table(Contact)
    wanted = _either(
        (Contact.external_id, external_ids),
        (Contact.email, emails),
        (Contact.account_id, account_ids),
    )
    return session.execute(select(rows).where(wanted).order_by(rows.c.id.desc())).all()


def parts_in(session: Session, deal_ids: Collection[int]) -> dict[tuple[int, int], str | None]:
    """Who had which part in these deals: (deal, contact) -> buying role."""
    rows = session.execute(
        select(DealContact.deal_id, DealContact.contact_id, DealContact.buying_role).where(
            DealContact.deal_id.in_(deal_ids)
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def competitors_met(session: Session, deal_ids: Collection[int]) -> set[tuple[int, int]]:
    rows = session.execute(
        select(DealCompetitor.deal_id, DealCompetitor.competitor_id).where(
            DealCompetitor.deal_id.in_(deal_ids)
        )
    )
    return {(row[0], row[1]) for row in rows}


def people_of_deals(session: Session, deal_ids: Collection[int]) -> dict[int, set[str]]:
    """E-mails and names of the people in these deals, in lower case."""
    found: dict[int, set[str]] = {}
    rows = session.execute(
        select(DealContact.deal_id, Contact.email, Contact.name)
        .join(Contact, Contact.id == DealContact.contact_id)
        .where(DealContact.deal_id.in_(deal_ids))
    )
    for deal_id, email, name in rows:
        found.setdefault(deal_id, set()).update({email.lower(), name.lower()} - {""})
    return found


# --- products


def known_products(session: Session) -> Sequence[str]:
    return distinct_values(session, Deal.product)


def product_spellings(session: Session) -> Sequence[ProductSpelling]:
    return session.scalars(select(ProductSpelling).order_by(ProductSpelling.spelling)).all()


def get_product_spelling(session: Session, spelling: str) -> ProductSpelling:
    found = session.scalar(select(ProductSpelling).where(ProductSpelling.spelling == spelling))
    if found is None:
        raise NotFound
    return found


def _briefly() -> Select[Any]:
    deals = table(Deal).c
    return select(
        deals.id,
        deals.external_id,
        deals.crm_digest,
        deals.account_id,
        deals.outcome,
        deals.closed_on,
    )


def _either(
    *wanted: tuple[InstrumentedAttribute[Any] | ColumnElement[Any], Collection[Any]],
) -> ColumnElement[bool]:
    return or_(false(), *(column.in_(values) for column, values in wanted if values))
