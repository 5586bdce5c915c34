"""What is said about asking, deal by deal: nominations, objections, exclusions, sellers' views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import NotFound, Viewer
from app.core.db import is_between
from app.deals.access import may_see
from app.deals.models import DECIDED, Contact, Deal, DealContact, Seller
from app.interviews.models import HEARD, Interview
from app.programmes.models import (
    Exclusion,
    KeptDeal,
    Nomination,
    Objection,
    Reach,
    Selection,
    SelectionState,
    SellerView,
    Verdict,
)

_MOST_TASKS = 8


def exclusion_of(session: Session, deal: Deal) -> Exclusion | None:
    return session.scalar(select(Exclusion).where(Exclusion.deal_id == deal.id))


def exclusions_from_count(session: Session, deal_ids: Sequence[int]) -> Sequence[Exclusion]:
    return session.scalars(
        select(Exclusion)
        .where(Exclusion.deal_id.in_(deal_ids), Exclusion.reach == Reach.COUNT)
        .options(joinedload(Exclusion.deal))
    ).all()


@dataclass(frozen=True)
class Known:
    """What is known of a deal's asking without any words of it."""

    #: There is a seller's view, sealed or not: that there is one is no secret.
    has_view: bool
    #: An interview began, and with it the view is sealed.
    has_begun: bool
    is_kept: bool


def known_of(session: Session, deal: Deal) -> Known:
    written = select(SellerView.id).where(SellerView.deal_id == deal.id)
    begun = select(Interview.id).where(Interview.deal_id == deal.id, _began())
    kept = select(KeptDeal.deal_id).where(KeptDeal.deal_id == deal.id)
    row = session.execute(select(exists(written), exists(begun), exists(kept))).one()
    return Known(*map(bool, row))


def nomination_of(session: Session, deal: Deal, contact: Contact) -> Nomination | None:
    return session.scalar(
        select(Nomination).where(Nomination.deal_id == deal.id, Nomination.contact_id == contact.id)
    )


def nominations_of(session: Session, deal: Deal) -> Sequence[Nomination]:
    return session.scalars(
        select(Nomination)
        .where(Nomination.deal_id == deal.id)
        .options(joinedload(Nomination.contact))
        .order_by(Nomination.id)
    ).all()


def contact_of_deal(session: Session, deal: Deal, public_id: str) -> Contact:
    """A contact who had a part in the deal. Raises NotFound."""
    contact = session.scalar(
        select(Contact)
        .join(DealContact, DealContact.contact_id == Contact.id)
        .where(DealContact.deal_id == deal.id, Contact.public_id == public_id)
    )
    if contact is None:
        raise NotFound
    return contact


def objections_of(session: Session, deal: Deal) -> Sequence[Objection]:
    return session.scalars(
        select(Objection).where(Objection.deal_id == deal.id).order_by(Objection.id)
    ).all()


def get_open_objection(session: Session, viewer: Viewer, public_id: str) -> Objection:
    """One that nobody has decided about, of a deal that the viewer may see. Raises NotFound."""
    found = session.scalar(
        select(Objection)
        .join(Objection.deal)
        .where(Objection.public_id == public_id, Objection.verdict == Verdict.OPEN, may_see(viewer))
        .options(contains_eager(Objection.deal))
    )
    if found is None:
        raise NotFound
    return found


def open_objections(session: Session, viewer: Viewer) -> Sequence[Objection]:
    """What waits for a decision, the oldest first."""
    return session.scalars(
        select(Objection)
        .join(Objection.deal)
        .where(Objection.verdict == Verdict.OPEN, may_see(viewer))
        .options(contains_eager(Objection.deal).joinedload(Deal.account))
        .order_by(Objection.id)
        .limit(_MOST_TASKS)
    ).all()


def objections_by_seller(session: Session, since: date, until: date) -> dict[int, int]:
    """How many closed deals of the period each seller objected to, by the seller's id: a
    scorecard shows it beside how many they closed."""
    rows = session.execute(
        select(Deal.seller_id, func.count(func.distinct(Objection.deal_id)))
        .join(Objection, Objection.deal_id == Deal.id)
        .where(
            Deal.seller_id.is_not(None),
            is_between(Deal.closed_on, since, until),
            Objection.verdict != Verdict.WITHDRAWN,
        )
        .group_by(Deal.seller_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def has_begun(session: Session, deal: Deal) -> bool:
    """Whether an interview about the deal ever began: the seller's view is sealed from then on."""
    begun = select(Interview.id).where(Interview.deal_id == deal.id, _began())
    return session.scalar(select(exists(begun))) or False


def lock_seller_view(session: Session, deal: Deal) -> SellerView | None:
    """The view, held against whoever would seal it at this moment."""
    return session.scalar(
        select(SellerView).where(SellerView.deal_id == deal.id).with_for_update(of=SellerView)
    )


def unsealed_view(session: Session, deal_id: int) -> SellerView | None:
    return session.scalar(
        select(SellerView).where(SellerView.deal_id == deal_id, SellerView.sealed_at.is_(None))
    )


def view_of(session: Session, viewer: Viewer, deal: Deal) -> SellerView | None:
    """The seller's view of this deal: for its author always, for others once it is sealed. The
    right to see the deal was checked with it."""
    sealed = select(Interview.id).where(Interview.deal_id == SellerView.deal_id, _began())
    return session.scalar(
        select(SellerView)
        .where(
            SellerView.deal_id == deal.id,
            or_(
                SellerView.author_id == viewer.user_id,
                SellerView.sealed_at.is_not(None),
                sealed.exists(),
            ),
        )
        .options(joinedload(SellerView.reason), joinedload(SellerView.competitor))
    )


def may_write_view(viewer: Viewer, deal: Deal) -> bool:
    """Whoever owns a closed deal says what they think was behind it."""
    owns = deal.seller is not None and deal.seller.user_id == viewer.user_id
    return owns and deal.is_decided and viewer.may("programmes.seller_view")


def views_to_write(session: Session, viewer: Viewer, since: date) -> Sequence[Deal]:
    """The viewer's deals closed since that day without a view, while it still can be written."""
    return session.scalars(
        select(Deal)
        .join(Deal.seller)
        .where(
            Seller.user_id == viewer.user_id,
            Deal.outcome.in_(DECIDED),
            Deal.closed_on >= since,
            Deal.id.not_in(select(SellerView.deal_id)),
            Deal.id.not_in(select(Interview.deal_id).where(_began())),
        )
        .options(contains_eager(Deal.seller), joinedload(Deal.account), joinedload(Deal.won_by))
        .order_by(Deal.closed_on.desc(), Deal.id.desc())
        .limit(_MOST_TASKS)
    ).all()


def contacts_to_find(session: Session, viewer: Viewer) -> Sequence[Selection]:
    """What waits for the viewer, as the deal's owner, to name somebody who can be written to."""
    return session.scalars(
        select(Selection)
        .join(Selection.deal)
        .join(Deal.seller)
        .where(Seller.user_id == viewer.user_id, Selection.state == SelectionState.NEEDS_CONTACT)
        .options(
            contains_eager(Selection.deal).contains_eager(Deal.seller),
            contains_eager(Selection.deal).joinedload(Deal.account),
            joinedload(Selection.contact),
        )
        .order_by(Selection.leaves_at, Selection.id)
        .limit(_MOST_TASKS)
    ).all()


def _began() -> ColumnElement[bool]:
    return or_(Interview.started_at.is_not(None), Interview.state.in_(HEARD))
