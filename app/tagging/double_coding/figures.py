"""Counting how far two people agree, and keeping the figures for the pages that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.tagging import queries as tagging
from app.tagging.agreement.alpha import Alpha, alpha_of_reason, alpha_overall, reasons_in
from app.tagging.agreement.units import Unit
from app.tagging.double_coding import queries
from app.tagging.double_coding.models import AgreementFigure, CodedPassage
from app.tagging.models import Reason

Interviews = Mapping[str, Sequence[Unit]]


def coded_interviews(session: Session) -> dict[str, list[Unit]]:
    """What was laid side by side, by interview; a reason that was merged since counts as the
    other. What was settled afterwards changes nothing here."""
    ids, passages = queries.compared_passages(session)
    now = keys_now(tagging.all_reasons(session))
    found: dict[str, list[Unit]] = {str(each): [] for each in ids}
    for interview_id, passage in passages:
        found[str(interview_id)].append(_unit(passage, now))
    return found


def keys_now(reasons: Sequence[Reason]) -> dict[str, str]:
    """The key that each reason goes by today: of a merged one, that of the reason it went to."""
    by_id = {reason.id: reason for reason in reasons}
    return {reason.key: _stands_for(reason, by_id).key for reason in reasons}


def count(interviews: Interviews) -> dict[str | None, tuple[Alpha, int]]:
    """Of each reason's key, and of None for all of them: the agreement, and to how many passages
    it was given. Takes no session, for it takes its time."""
    passages = [unit for units in interviews.values() for unit in units]
    if not passages:
        return {}
    counted: dict[str | None, tuple[Alpha, int]] = {
        None: (alpha_overall(interviews), len(passages))
    }
    for key in reasons_in(interviews):
        given = sum(key in unit.first | unit.second for unit in passages)
        counted[key] = alpha_of_reason(interviews, key), given
    return counted


def keep(session: Session, counted: Mapping[str | None, tuple[Alpha, int]]) -> None:
    """In place of what was counted before."""
    ids = {reason.key: reason.id for reason in tagging.all_reasons(session)}
    session.execute(delete(AgreementFigure))
    session.add_all(
        AgreementFigure(
            reason_id=ids[key] if key is not None else None,
            value=alpha.value,
            low=alpha.low,
            high=alpha.high,
            raw=alpha.raw,
            passages=alpha.units,
            given=given,
            interviews=alpha.interviews,
            standing=alpha.standing,
        )
        for key, (alpha, given) in counted.items()
        if key is None or key in ids
    )


def _unit(passage: CodedPassage, now: Mapping[str, str]) -> Unit:
    first, second = (
        frozenset(now.get(key, key) for key, _direction in side)
        for side in (passage.first, passage.second)
    )
    return Unit(str(passage.answer_id), passage.start, passage.end, first, second)


def _stands_for(reason: Reason, by_id: Mapping[int, Reason]) -> Reason:
    while reason.merged_into_id is not None:
        reason = by_id[reason.merged_into_id]
    return reason
