"""What deals does when an earlier room tells something."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.deals import operations, queries
from app.deals.models import Deal, DealCompetitor
from app.identity.events import UserAdded
from app.identity.queries import user_by_id
from app.market.events import CompetitorMerged


@events.on(CompetitorMerged)
def move_deals_to_the_other_competitor(session: Session, merged: CompetitorMerged) -> None:
    session.execute(
        update(Deal).where(Deal.won_by_id == merged.merged_id).values(won_by_id=merged.into_id)
    )
    met_both = queries.deals_that_met(merged.into_id)
    session.execute(
        update(DealCompetitor)
        .where(
            DealCompetitor.competitor_id == merged.merged_id,
            DealCompetitor.deal_id.not_in(met_both),
        )
        .values(competitor_id=merged.into_id)
    )


@events.on(UserAdded)
def tie_the_seller_they_are(session: Session, added: UserAdded) -> None:
    user = user_by_id(session, added.user_id)
    for seller in queries.sellers_without_user(session, user.email):
        operations.tie_seller(session, SYSTEM, seller, user)
