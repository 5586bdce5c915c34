"""What decisions do when a competitor or a differentiator becomes another one."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.actions.models import Decision
from app.core import events
from app.market.events import CompetitorMerged, DifferentiatorMerged


@events.on(CompetitorMerged)
def follow_competitor(session: Session, merged: CompetitorMerged) -> None:
    session.execute(
        update(Decision)
        .where(Decision.competitor_id == merged.merged_id)
        .values(competitor_id=merged.into_id)
    )


@events.on(DifferentiatorMerged)
def follow_differentiator(session: Session, merged: DifferentiatorMerged) -> None:
    session.execute(
        update(Decision)
        .where(Decision.differentiator_id == merged.merged_id)
        .values(differentiator_id=merged.into_id)
    )
