"""Each decided deal's way to an interview, read in a few statements and put together by deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, NotNullable, Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import closed_in
from app.analytics.responses.roads import Fate, Road
from app.core import clock
from app.core.access import Viewer
from app.core.periods import Period
from app.deals.access import may_see
from app.deals.models import DECIDED, Account, Deal, Seller
from app.interviews.models import HEARD, Channel, Interview, State
from app.invitations.models import Ended, Invitation, Letter
from app.invitations.wording import Step
from app.mail.models import Mail, MailState
from app.programmes.models import (
    INTERVIEW_WITHIN,
    WAITING,
    Exclusion,
    ExclusionKind,
    Objection,
    Programme,
    Selection,
    SelectionState,
    Verdict,
)
from app.scheduling.models import Booking
from app.tagging.models import Tag, Verbatim

_FOR_US = (Ended.CALLED_OFF, Ended.STOPPED)
_AHEAD = (State.SCHEDULED, State.IN_PROGRESS)
_MOST_UNANSWERED = 50


@dataclass(frozen=True)
class _Asked:
    """The first letter of a deal, and how its asking ended."""

    wording: str
    written_at: datetime
    bounced: bool
    left: bool
    ended: Ended | None


def roads(session: Session, viewer: Viewer, period: Period, narrowed: Narrowed = ALL) -> list[Road]:
    """Every decided deal of the period that the viewer may see."""
    these = [
        Deal.outcome.in_(DECIDED),
        closed_in(Deal.closed_on, period),
        may_see(viewer),
        *narrowed.deals,
    ]
    selections = _selections(session, these)
    interviews = _interviews(session, these)
    asked = _asked(session, these)
    booked = _deal_ids(session, select(Interview.deal_id).join(Booking).join(Interview.deal), these)
    objected = _deal_ids(session, select(Objection.deal_id).join(Objection.deal), these)
    open_objections = _deal_ids(
        session,
        select(Objection.deal_id).join(Objection.deal),
        [*these, Objection.verdict == Verdict.OPEN],
    )
    excluded = dict(
        session.execute(
            select(Exclusion.deal_id, Exclusion.kind).join(Exclusion.deal).where(*these)
        ).all()
    )
    tagged = _tagged_on(session, these)
    rows = session.execute(
        select(
            Deal.id,
            Deal.outcome,
            NotNullable(Deal.closed_on),
            func.coalesce(Account.segment, ""),
            func.coalesce(Account.region, ""),
            func.coalesce(Seller.name, ""),
        )
        .outerjoin(Account, Account.id == Deal.account_id)
        .outerjoin(Seller, Seller.id == Deal.seller_id)
        .where(*these)
    )
    return [
        _road(
            *row,
            selection=selections.get(row[0]),
            interview=interviews.get(row[0]),
            asked=asked.get(row[0]),
            is_booked=row[0] in booked,
            has_objection=row[0] in objected,
            objection_open=row[0] in open_objections,
            exclusion=excluded.get(row[0]),
            tagged_on=tagged.get(row[0]),
        )
        for row in rows
    ]


def _road(
    deal_id: int,
    outcome: Any,
    closed_on: date,
    segment: str,
    region: str,
    seller: str,
    *,
    selection: tuple[SelectionState, str] | None,
    interview: Any,
    asked: _Asked | None,
    is_booked: bool,
    has_objection: bool,
    objection_open: bool,
    exclusion: ExclusionKind | None,
    tagged_on: date | None,
) -> Road:
    state = interview.state if interview is not None else None
    is_held = state in HEARD
    in_writing = interview is not None and interview.channel is Channel.WRITTEN
    wrote = in_writing and (is_held or state is State.IN_PROGRESS)
    said_no = state is State.DECLINED or (
        asked is not None and asked.ended in (Ended.DECLINED, Ended.OPTED_OUT)
    )
    reached = asked is not None and not asked.bounced and asked.left
    long_ago = clock.now() - INTERVIEW_WITHIN
    is_over = asked is not None and (asked.ended is not None or asked.written_at < long_ago)
    return Road(
        deal_id=deal_id,
        outcome=outcome.value,
        segment=segment,
        region=region,
        seller=seller,
        programme=selection[1] if selection is not None else "",
        wording=asked.wording if asked is not None else "",
        fate=_fate(selection, state, asked, exclusion, is_booked, said_no, objection_open),
        is_selected=selection is not None or interview is not None,
        is_invited=asked is not None,
        is_delivered=reached,
        is_net=reached and asked is not None and asked.ended not in _FOR_US,
        said_yes=not wrote and (is_booked or is_held or state in _AHEAD),
        said_no=said_no,
        wrote=wrote,
        is_booked=is_booked or (not in_writing and (is_held or state in _AHEAD)),
        is_held=is_held,
        is_tagged=state in (State.TAGGED, State.CLOSED),
        is_settled=is_held or is_over,
        has_objection=has_objection,
        invited_after=_days(closed_on, asked.written_at.date() if asked is not None else None),
        held_after=_days(closed_on, interview.held_on if is_held else None),
        tagged_after=_days(closed_on, tagged_on if state in (State.TAGGED, State.CLOSED) else None),
    )


def _fate(
    selection: tuple[SelectionState, str] | None,
    state: State | None,
    asked: _Asked | None,
    exclusion: ExclusionKind | None,
    is_booked: bool,
    said_no: bool,
    objection_open: bool,
) -> Fate:
    chosen = selection[0] if selection is not None else None
    if state in HEARD:
        return Fate.HEARD
    if said_no:
        return Fate.SAID_NO
    if state in _AHEAD:
        return Fate.BOOKED
    if objection_open or exclusion is ExclusionKind.OBJECTION:
        return Fate.OBJECTED
    if exclusion is not None or chosen in (SelectionState.REMOVED, SelectionState.DROPPED):
        return Fate.LEFT_OUT
    if asked is not None:
        return _fate_of_asked(asked, chosen)
    if chosen is SelectionState.NEEDS_CONTACT:
        return Fate.NOT_REACHED
    if chosen in (*WAITING, SelectionState.APPROVED) or state is State.PLANNED:
        return Fate.WAITING
    return Fate.LEFT_OUT if is_booked or state is not None else Fate.NOT_CHOSEN


def _fate_of_asked(asked: _Asked, chosen: SelectionState | None) -> Fate:
    if asked.bounced or asked.ended is Ended.UNREACHABLE or chosen is SelectionState.NEEDS_CONTACT:
        return Fate.NOT_REACHED
    if asked.ended is Ended.NO_ANSWER:
        return Fate.NO_ANSWER
    return Fate.ASKED if asked.ended is None else Fate.LEFT_OUT


def _days(closed_on: date, then: date | None) -> int | None:
    return max((then - closed_on).days, 0) if then is not None else None


def _selections(
    session: Session, these: Sequence[ColumnElement[bool]]
) -> dict[int, tuple[SelectionState, str]]:
    rows = session.execute(
        select(Selection.deal_id, Selection.state, Programme.name)
        .join(Selection.deal)
        .join(Selection.programme)
        .where(*these)
    )
    return {deal_id: (state, name) for deal_id, state, name in rows}


def _interviews(session: Session, these: Sequence[ColumnElement[bool]]) -> Mapping[int, Any]:
    """Of several of a deal the one that came furthest; a heard one before any other."""
    rows = session.execute(
        select(Interview.deal_id, Interview.state, Interview.channel, Interview.held_on)
        .join(Interview.deal)
        .where(*these)
        .order_by(Interview.id)
    )
    best: dict[int, Any] = {}
    for row in rows:
        known = best.get(row.deal_id)
        if known is None or (row.state in HEARD) >= (known.state in HEARD):
            best[row.deal_id] = row
    return best


def _asked(session: Session, these: Sequence[ColumnElement[bool]]) -> dict[int, _Asked]:
    """By deal. A mail that waits, failed or was cancelled has not left; one sent by hand has."""
    rows = session.execute(
        select(
            Interview.deal_id,
            Letter.wording,
            Letter.written_at,
            Letter.bounced_at,
            Mail.state,
            Invitation.ended,
        )
        .join(Letter.invitation)
        .join(Invitation.interview)
        .join(Interview.deal)
        .outerjoin(Letter.mail)
        .where(*these, Letter.step == Step.INVITATION)
        .order_by(Letter.id)
    )
    found: dict[int, _Asked] = {}
    for deal_id, wording, written_at, bounced_at, mail, ended in rows:
        left = mail in (None, MailState.SENT, MailState.DOUBTFUL)
        first = found.get(deal_id)
        found[deal_id] = _Asked(
            first.wording if first is not None and not first.bounced else wording,
            first.written_at if first is not None else written_at,
            bounced_at is not None,
            left,
            ended,
        )
    return found


def _tagged_on(session: Session, these: Sequence[ColumnElement[bool]]) -> dict[int, date]:
    """When the last tag of a deal's interviews was set."""
    rows = session.execute(
        select(Interview.deal_id, func.max(Tag.created_at))
        .select_from(Tag)
        .join(Verbatim, Verbatim.id == Tag.verbatim_id)
        .join(Interview, Interview.id == Verbatim.interview_id)
        .join(Interview.deal)
        .where(*these)
        .group_by(Interview.deal_id)
    )
    return {deal_id: at.date() for deal_id, at in rows}


def _deal_ids(
    session: Session, found: Select[int], these: Sequence[ColumnElement[bool]]
) -> set[int]:
    return set(session.scalars(found.where(*these).distinct()))


def subjects_of(session: Session, wordings: Sequence[str]) -> Mapping[str, tuple[str, date]]:
    """The subject under which each wording went out first, and when; those that were sent by hand
    have none."""
    first = (
        select(func.min(Letter.id))
        .where(Letter.wording.in_(wordings), Letter.step == Step.INVITATION)
        .group_by(Letter.wording)
    )
    rows = session.execute(
        select(Letter.wording, Mail.subject, Letter.written_at)
        .outerjoin(Letter.mail)
        .where(Letter.id.in_(first))
    )
    return {wording: (subject or "", at.date()) for wording, subject, at in rows}


def unanswered(session: Session, viewer: Viewer, roads_found: Sequence[Road]) -> Sequence[Deal]:
    """The deals whose buyers did not answer, the latest first."""
    ids = [road.deal_id for road in roads_found if road.fate is Fate.NO_ANSWER]
    return session.scalars(
        select(Deal)
        .where(Deal.id.in_(ids), may_see(viewer))
        .options(joinedload(Deal.account), joinedload(Deal.seller))
        .order_by(Deal.closed_on.desc(), Deal.id.desc())
        .limit(_MOST_UNANSWERED)
    ).all()
