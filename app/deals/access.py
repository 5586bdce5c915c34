"""Whose deals somebody sees: account managers those that they own or interview, others all."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from app.core.access import NotFound, Viewer
from app.deals.models import Deal, Seller

#: A later room's reason to see a deal: from a user's id, a SELECT of deal ids.
Grant = Callable[[int], Select[int]]
_grants: list[Grant] = []


def grant(reason: Grant) -> Grant:
    if reason not in _grants:
        _grants.append(reason)
    return reason


def may_see(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on Deal under which this viewer sees the row."""
    if not viewer.may("deals.view"):
        return false()
    if viewer.may("deals.see_all"):
        return true()
    owned = Deal.seller_id.in_(select(Seller.id).where(Seller.user_id == viewer.user_id))
    return or_(owned, *(Deal.id.in_(reason(viewer.user_id)) for reason in _grants))


def get_deal(session: Session, viewer: Viewer, public_id: str) -> Deal:
    """The deal with its account and seller. Raises NotFound where the viewer may not see it."""
    deal = session.scalar(
        select(Deal)
        .where(Deal.public_id == public_id, may_see(viewer))
        .options(joinedload(Deal.account), joinedload(Deal.seller), joinedload(Deal.won_by))
    )
    if deal is None:
        raise NotFound
    return deal


def sees_deal(session: Session, viewer: Viewer, public_id: str) -> bool:
    """Whether there is such a deal and this viewer may see it."""
    found = select(Deal.id).where(Deal.public_id == public_id, may_see(viewer))
    return session.scalar(found) is not None


def sees_identity(viewer: Viewer, deal: Deal) -> bool:
    """Whether account and title may be shown: product and leadership see a description where a
    buyer of the deal did not allow the name."""
    return not (deal.is_anonymous and is_told_descriptions(viewer))


def is_told_descriptions(viewer: Viewer) -> bool:
    """Whether this viewer gets a description of a deal whose buyer is not to be named."""
    return viewer.role in ("product", "leadership")


def may_edit(viewer: Viewer, deal: Deal) -> bool:
    """Whoever runs the programme edits every deal; others, among those they see, what was added
    by hand: the rest comes from the CRM."""
    by_hand = deal.external_id is None and viewer.may("deals.add")
    return viewer.may("deals.edit") or by_hand


def title_for(viewer: Viewer, deal: Deal) -> str:
    """The deal's name, or its description. Needs deal.account loaded."""
    return deal.name if sees_identity(viewer, deal) else describe(deal)


def describe(deal: Deal) -> str:
    """What may be said of a deal whose buyer is not to be named: 'Logistics, Europe'."""
    account = deal.account
    parts = [account.industry or account.segment, account.region] if account else []
    return ", ".join(part for part in parts if part) or "A deal"
