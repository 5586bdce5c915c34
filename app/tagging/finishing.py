"""Finishing an interview by taps: what is offered, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.access import Actor
from app.deals.models import Outcome
from app.interviews import holding
from app.interviews import operations as interviews
from app.interviews.models import Answer, Counterfactual, Interview
from app.interviews.operations import Afterword
from app.market.models import Competitor
from app.tagging import operations, queries
from app.tagging.models import Direction, Reason
from app.tagging.offers import offered_keys
from app.tagging.operations import Tap

WELL_FOR_US = (Outcome.WON, Outcome.RENEWED)


@dataclass(frozen=True)
class Finish:
    """What the interviewer says at the end. `strongest` is a span of an answer, if one stood
    out; `met` are competitors that were named, to be kept as met in the deal."""

    taps: Sequence[Tap]
    strongest: tuple[Answer, int, int] | None
    met: Sequence[Competitor]
    written: Afterword


def finish(session: Session, actor: Actor, interview: Interview, said: Finish) -> None:
    """Hold the interview, with its reasons counted at once. Raises CannotTag, UnlawfulMove."""
    operations.tap_reasons(session, actor, interview, said.taps)
    operations.clear_strongest(session, interview)
    if said.strongest is not None:
        operations.mark_strongest(session, actor, *said.strongest)
    holding.keep_as_met(session, actor, interview, said.met)
    interviews.hold(session, actor, interview, said.written)


def reasons_to_offer(
    session: Session, interview: Interview, reasons: Sequence[Reason], words: str
) -> list[Reason]:
    """Five of the reasons: those whose words were said, then the usual ones of such deals."""
    by_id = {reason.id: reason.key for reason in reasons}
    usual = queries.most_named_reasons(session, interview)
    seeds = {
        reason.key: [phrase for phrases in reason.seeds.values() for phrase in phrases]
        for reason in reasons
    }
    keys = offered_keys(words, seeds, [by_id[key] for key in usual if key in by_id])
    by_key = {reason.key: reason for reason in reasons}
    return [by_key[key] for key in keys]


def usual_direction(outcome: Outcome) -> Direction:
    """What a reason speaks for where nobody says: for us where they chose us."""
    return Direction.FOR if outcome in WELL_FOR_US else Direction.AGAINST


def said_at_the_finish(
    session: Session, interview: Interview, reason: Reason | None
) -> Counterfactual | None:
    """What they would have decided, as the interviewer said at the finish of the same reason."""
    taps = queries.finish_reasons(session, interview) if reason else []
    return next((tap.counterfactual for tap in taps if tap.reason is reason), None)
