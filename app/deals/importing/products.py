"""Two spellings of one product, made one by a person, and parted again."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.deals.models import Deal, ProductSpelling


def merge_product(session: Session, actor: Actor, spelling: str, product: str) -> int:
    """Deals of `spelling` are of `product`, now and at later imports; says how many there are."""
    assert spelling != product
    session.execute(
        update(Deal)
        .where(Deal.product == spelling, Deal.product_as_written == "")
        .values(product_as_written=spelling)
    )
    moved = session.execute(update(Deal).where(Deal.product == spelling).values(product=product))
    session.execute(
        update(ProductSpelling).where(ProductSpelling.product == spelling).values(product=product)
    )
    session.execute(
        delete(ProductSpelling).where(ProductSpelling.spelling.in_((spelling, product)))
    )
    row = ProductSpelling(spelling=spelling, product=product, set_by_name=actor.name)
    session.add(row)
    count: int = moved.rowcount  # type: ignore[attr-defined]
    audit.record(session, actor, "product.merged", row, product=[spelling, product], deals=count)
    return count


def part_product(session: Session, actor: Actor, row: ProductSpelling) -> int:
    """Undo a merge: deals are again of the product that the CRM wrote; says how many."""
    parted = session.execute(
        update(Deal)
        .where(Deal.product == row.product, Deal.product_as_written == row.spelling)
        .values(product=row.spelling)
    )
    count: int = parted.rowcount  # type: ignore[attr-defined]
    audit.record(
        session, actor, "product.parted", row, product=[row.product, row.spelling], deals=count
    )
    session.delete(row)
    return count
