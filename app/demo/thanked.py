"""The demo's ledger of thanks: donations that were approved, sent, declined, or not offered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM
from app.demo import story
from app.identity.models import User
from app.interviews.models import HEARD, Interview
from app.programmes.models import Programme
from app.thanks import operations
from app.thanks.models import Kind

_CAUSES = ("Sea rescue", "Doctors without borders", "A tree for every talk")
_GIVEN: Any = {"kind": Kind.DONATION, "amount_minor": 25_00, "currency": story.CURRENCY}
_LINES = 9


def give_thanks(session: Session, manager: str, noon: datetime) -> None:
    """A rule of every programme, and what those heard last were given."""
    actor = session.scalars(select(User).where(User.name == manager)).one().actor
    for programme in session.scalars(select(Programme)):
        operations.set_rule(
            session, actor, programme, **_GIVEN, causes=_CAUSES, left_out_industries=[]
        )
    heard = session.scalars(
        select(Interview)
        .where(Interview.state.in_(HEARD), Interview.contact_id.is_not(None))
        .order_by(Interview.held_on.desc(), Interview.id)
        .limit(_LINES)
    ).all()
    for number, interview in enumerate(heard):
        with clock.frozen(noon - timedelta(days=2 * number + 1)):
            cause = _CAUSES[number % len(_CAUSES)] if number != 1 else ""
            row = operations.offer(session, actor, interview, **_GIVEN, cause=cause)
            if number == 4:  # one of them
                operations.decline(session, SYSTEM, row)
            elif number > 1:
                operations.approve(session, actor, row)
            if number > 4:  # the older ones
                operations.note_sent(session, actor, row, f"D-{2041 - number}")
