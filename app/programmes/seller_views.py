"""The seller's view: written before the buyer is heard, sealed when the first interview begins."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.deals.models import BuyingRole, Deal
from app.market.models import Competitor
from app.programmes import asking_queries
from app.programmes.models import SellerView
from app.tagging.models import Reason


class Sealed(ValueError):
    """An interview has begun: nobody writes or changes the view any more."""


@dataclass(frozen=True)
class Written:
    """What the form holds; None and empty say 'I do not know'."""

    reason: Reason | None = None
    competitor: Competitor | None = None
    decided_by: BuyingRole | None = None
    would_have_changed: str = ""
    seconds: int | None = None


def write(session: Session, actor: Actor, deal: Deal, written: Written) -> SellerView:
    """Keep the view, or change it. Raises Sealed once the first interview began."""
    row = asking_queries.lock_seller_view(session, deal)
    if asking_queries.has_begun(session, deal) or (row is not None and row.sealed_at is not None):
        raise Sealed("The interview has begun, so the view is sealed as it is.")
    if row is None:
        row = SellerView(deal=deal, author_id=actor.id, author_name=actor.name)
        row.seconds = written.seconds
        session.add(row)
    row.reason, row.competitor = written.reason, written.competitor
    row.decided_by, row.would_have_changed = written.decided_by, written.would_have_changed
    row.written_at = clock.now()
    # What it says stays out of the log: others read that before the seal is broken.
    audit.record(session, actor, "seller_view.written", row, deal_id=deal.id)
    return row


def seal(session: Session, deal_id: int) -> None:
    """The first interview of the deal begins."""
    row = asking_queries.unsealed_view(session, deal_id)
    if row is not None:
        row.sealed_at = clock.now()
