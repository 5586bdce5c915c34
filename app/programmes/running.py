"""A programme's run: it looks at the deals that wait, chooses, and puts them into the queue."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import SYSTEM
from app.programmes import candidates, operations, queries
from app.programmes.candidates import Person
from app.programmes.models import Draw, Objection, Programme, Selection, SelectionState
from app.programmes.operations import CannotDecide
from app.programmes.selecting import Choice, choose

TOO_OLD = "The decision is more than 90 days old."


@dataclass(frozen=True)
class Outlook:
    """What a programme has before it: how many wait, and what asking them would give."""

    waiting: int
    choice: Choice


def outlook(session: Session, programme: Programme) -> Outlook:
    """What a run would choose now; nothing is written."""
    waiting = candidates.candidates(session, programme)
    return Outlook(len(waiting), _choose(session, programme, waiting, seed=str(programme.seed)))


def run_all(session: Session) -> int:
    """Every programme that is active, the oldest first: a deal belongs to the first that catches
    it. Gives how many were chosen."""
    chosen = 0
    for programme in queries.programmes(session):
        if programme.is_active:
            draw = run(session, programme)
            chosen += draw.chosen if draw is not None else 0
    return chosen


def run(session: Session, programme: Programme) -> Draw | None:
    """Choose of the deals that wait. None where nobody was chosen."""
    waiting = candidates.candidates(session, programme)
    seed = f"{programme.seed}:{clock.now():%Y-%m-%dT%H:%M:%S}"
    choice = _choose(session, programme, waiting, seed=seed)
    # Deals with people of whom none may be asked are left for a day on which one may.
    persons, unaskable = candidates.persons(session, programme, choice.deal_ids)
    deal_ids = [deal_id for deal_id in choice.deal_ids if deal_id not in unaskable]
    if not deal_ids:
        return None
    draw = Draw(
        programme_id=programme.id,
        waiting=len(waiting),
        chosen=len(deal_ids),
        wished=choice.wished,
        expected=choice.expected,
        asked_everybody=choice.asked_everybody,
        seed=seed,
        pot=[] if choice.asked_everybody else sorted(one.deal_id for one in waiting),
    )
    session.add(draw)
    session.flush()
    _queue(session, programme, draw, deal_ids, persons)
    audit.record(session, SYSTEM, "programme.chose", programme, chosen=draw.chosen, seed=seed)
    return draw


def drop_what_is_too_old(session: Session) -> int:
    """Whoever was not asked within 90 days is asked no more."""
    old = candidates.too_old(session)
    for selection in old:
        operations.drop(session, selection, TOO_OLD)
    return len(old)


def let_leave(session: Session, selection_id: int) -> None:
    """Its time in the queue is over. Where it cannot be asked, it waits for a person."""
    selection = session.get_one(Selection, selection_id)
    if selection.state is not SelectionState.QUEUED:
        return
    try:
        operations.approve(session, SYSTEM, selection)
    except CannotDecide as refusal:
        operations.hold(session, SYSTEM, selection, str(refusal))


def why_chosen(draw: Draw) -> str:
    """In words, beside each deal of the draw."""
    if draw.asked_everybody:
        return "Everybody is asked: that gives fewer interviews than are wished."
    return f"Drawn by lot from {draw.waiting:,}."


def _choose(session: Session, programme: Programme, waiting: Sequence[Any], *, seed: str) -> Choice:
    rates = candidates.rates(session)
    return choose(
        waiting,
        per_week=programme.per_week,
        already=candidates.expected_already(session, programme, rates),
        mix=programme.mix,
        rates=rates,
        today=candidates.matcher(session).today,
        seed=seed,
        one_per_account=programme.account_rest_days > 0,
    )


def _queue(
    session: Session,
    programme: Programme,
    draw: Draw,
    deal_ids: Sequence[int],
    persons: Mapping[int, Person],
) -> None:
    twice = random.Random(f"{draw.seed}:twice")
    objections = candidates.objected(session)
    now = clock.now()
    rows = [
        {
            "public_id": str(uuid.uuid4()),
            "programme_id": programme.id,
            "deal_id": deal_id,
            "contact_id": persons[deal_id].contact_id if deal_id in persons else None,
            "draw_id": draw.id,
            "is_double_coded": twice.random() * 100 < programme.double_coded_percent,
            "chosen_at": now,
            "leaves_at": now + timedelta(hours=programme.queue_hours),
            "decided_by_name": "",
            **_standing(draw, persons.get(deal_id), objections.get(deal_id)),
        }
        for deal_id in deal_ids
    ]
    session.execute(insert(Selection.__table__), rows)  # type: ignore[arg-type]


def _standing(
    draw: Draw, person: Person | None, objection: Objection | None
) -> dict[str, SelectionState | str]:
    if objection is not None:
        return {"state": SelectionState.HELD, "why": held_for(objection)}
    if person is None or not person.has_address:
        return {"state": SelectionState.NEEDS_CONTACT, "why": why_chosen(draw)}
    return {"state": SelectionState.QUEUED, "why": why_chosen(draw)}


def held_for(objection: Objection) -> str:
    return f"{objection.user_name} objected. Decide about it on the deal's page."
