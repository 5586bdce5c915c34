"""Which deals wait to be asked about, whom one would ask, and what was asked of late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.formats import zone
from app.deals.expectation import AGREE_WHO_BOUGHT, AGREE_WHO_DID_NOT
from app.deals.models import DECIDED, BuyingRole, Contact, Deal, DealContact, Outcome
from app.identity.queries import workspace
from app.interviews.models import HEARD, Interview, State
from app.programmes.matching import Matcher
from app.programmes.models import (
    ASK_NO_LATER_THAN,
    INTERVIEW_WITHIN,
    WAITING,
    Approval,
    ContactStanding,
    Exclusion,
    KeptDeal,
    Nomination,
    Objection,
    OptOut,
    Programme,
    Selection,
    SelectionState,
    Verdict,
)
from app.programmes.personal_addresses import is_personal
from app.programmes.rules import Group, read_rule
from app.programmes.selecting import Candidate, Measured, rate

WEEK = timedelta(days=7)
_BOUGHT = (Outcome.WON, Outcome.RENEWED)
#: Whom to ask first, where several had a part: who decided knows most of why.
_ROLES = (
    BuyingRole.DECISION_MAKER,
    BuyingRole.ECONOMIC_BUYER,
    BuyingRole.EVALUATOR,
    BuyingRole.CHAMPION,
    BuyingRole.USER,
    BuyingRole.BLOCKER,
)
#: Selections after which a contact was, or is about to be, asked.
_TAKEN = (*WAITING, SelectionState.APPROVED)


@dataclass(frozen=True)
class Person:
    """The contact one would ask about a deal; without an address somebody must find it out."""

    contact_id: int
    has_address: bool


def matcher(session: Session) -> Matcher:
    """For the workspace's currency, on the workspace's day."""
    company = workspace(session)
    day = clock.now().astimezone(zone(company.time_zone)).date()
    return Matcher(session, company.currency, day)


def count_caught(
    session: Session, matching: Matcher, rule: Group, since: date
) -> dict[Outcome, int]:
    """How many closed deals the rule catches, by outcome, of those closed since that day."""
    rows = session.execute(
        select(Deal.outcome, func.count())
        .where(Deal.outcome.in_(DECIDED), Deal.closed_on >= since, matching.matches(rule))
        .group_by(Deal.outcome)
    )
    return {row[0]: row[1] for row in rows}


def candidates(session: Session, programme: Programme) -> list[Candidate]:
    """The closed deals that the rule catches and that may be asked about now."""
    return candidates_of(
        session,
        matcher(session),
        read_rule(programme.rule),
        mix=programme.mix,
        account_rest_days=programme.account_rest_days,
    )


def candidates_of(
    session: Session,
    matching: Matcher,
    rule: Group,
    *,
    mix: Mapping[str, int],
    account_rest_days: int,
) -> list[Candidate]:
    rows = session.execute(
        select(Deal.id, Deal.outcome, Deal.closed_on, Deal.account_id).where(
            *_may_be_asked_about(matching.today),
            Deal.outcome.in_([outcome for outcome in DECIDED if mix.get(outcome.value, 0) > 0]),
            _account_has_rested(account_rest_days),
            matching.matches(rule),
        )
    )
    return [
        Candidate(deal_id, outcome.value, closed_on, account_id)
        for deal_id, outcome, closed_on, account_id in rows
        if closed_on is not None
    ]


def persons(
    session: Session, programme: Programme, deal_ids: Select[int] | Sequence[int]
) -> tuple[dict[int, Person], set[int]]:
    """By deal whom to ask first; and the deals that have contacts, but none who may be asked."""
    best: dict[int, tuple[tuple[Any, ...], Person]] = {}
    met: set[int] = set()
    rested = clock.now() - timedelta(days=programme.contact_rest_days)
    spoken = {language.casefold() for language in programme.languages}
    for row in _contacts(session, deal_ids):
        met.add(row.deal_id)
        if row.refused or (row.asked_at is not None and row.asked_at > rested):
            continue
        if not (_speaks(row.language, spoken) and _is_wanted(row.email, programme)):
            continue
        place = (not row.email, not row.nominated, row.part, row.id)
        if row.deal_id not in best or place < best[row.deal_id][0]:
            best[row.deal_id] = (place, Person(row.id, bool(row.email)))
    found = {deal_id: person for deal_id, (_, person) in best.items()}
    return found, met - set(found)


def _contacts(session: Session, deal_ids: Select[int] | Sequence[int]) -> Iterable[Row[Any]]:
    address = func.lower(Contact.email)
    standing = ContactStanding
    refused = or_(
        Contact.do_not_contact,
        and_(Contact.email != "", address.in_(select(OptOut.address))),
        standing.left_company_at.is_not(None),
        and_(standing.bounced_address != "", standing.bounced_address == address),
    )
    nominated = exists().where(
        Nomination.deal_id == DealContact.deal_id, Nomination.contact_id == DealContact.contact_id
    )
    part = case(
        {role: place for place, role in enumerate(_ROLES)},
        value=DealContact.buying_role,
        else_=len(_ROLES),
    )
    return session.execute(
        select(
            DealContact.deal_id,
            Contact.id,
            Contact.email,
            Contact.language,
            standing.asked_at,
            part.label("part"),
            nominated.label("nominated"),
            func.coalesce(refused, False).label("refused"),
        )
        .join(Contact, Contact.id == DealContact.contact_id)
        .outerjoin(standing, standing.contact_id == Contact.id)
        .where(DealContact.deal_id.in_(deal_ids))
    )


def _speaks(language: str, spoken: Collection[str]) -> bool:
    """One of these languages; whoever's is not known is asked."""
    return not (spoken and language) or language.casefold().split("-")[0] in spoken


def _is_wanted(address: str, programme: Programme) -> bool:
    return not (programme.skips_personal_addresses and is_personal(address))


def objected(session: Session) -> dict[int, Objection]:
    """Objections that nobody has decided about, by deal."""
    rows = session.scalars(
        select(Objection).where(Objection.verdict == Verdict.OPEN).order_by(Objection.id.desc())
    )
    return {row.deal_id: row for row in rows}


def expected_already(
    session: Session, programme: Programme, known: Mapping[str, float]
) -> dict[str, float]:
    """What the choices of the last seven days are expected to give, by outcome."""
    rows = session.execute(
        select(Deal.outcome, func.count())
        .join(Selection, Selection.deal_id == Deal.id)
        .where(
            Selection.programme_id == programme.id,
            Selection.state.in_(_TAKEN),
            Selection.chosen_at > clock.now() - WEEK,
        )
        .group_by(Deal.outcome)
    )
    return {row[0].value: row[1] * known[row[0].value] for row in rows if row[0].value in known}


def rates(session: Session) -> dict[str, float]:
    """Of those who are asked, how many talk with us, by outcome."""
    measured = measured_rates(session)
    return {
        outcome.value: rate(
            measured.get(outcome, Measured()),
            AGREE_WHO_BOUGHT if outcome in _BOUGHT else AGREE_WHO_DID_NOT,
        )
        for outcome in DECIDED
    }


def measured_rates(session: Session) -> dict[Outcome, Measured]:
    """What came of those who were asked long enough ago to have answered."""
    heard = case((Interview.state.in_(HEARD), 1), else_=0)
    rows = session.execute(
        select(Deal.outcome, func.count(), func.sum(heard))
        .select_from(Selection)
        .join(Deal, Deal.id == Selection.deal_id)
        .join(Interview, Interview.id == Selection.interview_id)
        .where(
            Selection.state == SelectionState.APPROVED,
            or_(
                Selection.decided_at < clock.now() - INTERVIEW_WITHIN,
                Interview.state.in_(HEARD),
            ),
        )
        .group_by(Deal.outcome)
    )
    return {row[0]: Measured(row[1], int(row[2] or 0)) for row in rows}


def _may_be_asked_about(day: date) -> list[ColumnElement[bool]]:
    """Decided not long ago or kept, and neither chosen, excluded nor asked about already."""
    return [
        Deal.closed_on <= day,
        or_(Deal.closed_on >= day - ASK_NO_LATER_THAN, Deal.id.in_(select(KeptDeal.deal_id))),
        Deal.id.not_in(select(Selection.deal_id)),
        Deal.id.not_in(select(Exclusion.deal_id)),
        Deal.id.not_in(select(Interview.deal_id).where(Interview.state != State.CANCELLED)),
    ]


def _account_has_rested(days: int) -> ColumnElement[bool]:
    """Nobody of the account was asked, heard or chosen in these last days."""
    if days <= 0:
        return Deal.id.is_not(None)
    since = clock.now() - timedelta(days=days)
    asked = (
        select(Contact.account_id)
        .join(ContactStanding, ContactStanding.contact_id == Contact.id)
        .where(ContactStanding.asked_at > since, Contact.account_id.is_not(None))
    )
    chosen_deal = Deal.__table__.alias("chosen_deal")
    chosen = (
        select(chosen_deal.c.account_id)
        .join(Selection, Selection.deal_id == chosen_deal.c.id)
        .where(
            Selection.state.in_(_TAKEN),
            Selection.chosen_at > since,
            chosen_deal.c.account_id.is_not(None),
        )
    )
    heard = (
        select(chosen_deal.c.account_id)
        .join(Interview, Interview.deal_id == chosen_deal.c.id)
        .where(Interview.held_on > since.date(), chosen_deal.c.account_id.is_not(None))
    )
    return or_(
        Deal.account_id.is_(None),
        and_(
            Deal.account_id.not_in(asked),
            Deal.account_id.not_in(chosen),
            Deal.account_id.not_in(heard),
        ),
    )


def left_out(session: Session, programme: Programme) -> list[tuple[str, int]]:
    """Why deals that the rule catches, closed in the last 90 days, were not chosen: each reason
    with how many. Leadership sees whom nobody heard."""
    matching = matcher(session)
    caught = and_(
        Deal.outcome.in_(DECIDED),
        Deal.closed_on <= matching.today,
        Deal.closed_on >= matching.today - ASK_NO_LATER_THAN,
        matching.matches(read_rule(programme.rule)),
    )
    excluded = select(Exclusion.deal_id)
    by_state = {
        "Removed by hand": (SelectionState.REMOVED,),
        "Fell out: too old, or decided otherwise": (SelectionState.DROPPED,),
        "Nobody to write to yet": (SelectionState.NEEDS_CONTACT,),
    }
    counts = [("Not to be asked about", _count(session, caught, Deal.id.in_(excluded)))]
    for words, states in by_state.items():
        chosen = select(Selection.deal_id).where(Selection.state.in_(states))
        counts.append((words, _count(session, caught, Deal.id.in_(chosen))))
    resting = and_(
        Deal.id.not_in(select(Selection.deal_id)),
        Deal.id.not_in(excluded),
        ~_account_has_rested(programme.account_rest_days),
    )
    counts.append(("The company was asked a short time ago", _count(session, caught, resting)))
    no_share = [outcome for outcome in DECIDED if programme.mix.get(outcome.value, 0) <= 0]
    if no_share:
        counts.append(("No share in the mix", _count(session, caught, Deal.outcome.in_(no_share))))
    return [(words, number) for words, number in counts if number]


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Deal).where(*conditions)) or 0


def too_old(session: Session) -> Sequence[Selection]:
    """Selections that wait for longer than a decision stays fresh, and that nobody keeps."""
    return session.scalars(
        select(Selection)
        .join(Selection.deal)
        .where(
            Selection.state.in_(WAITING),
            Deal.closed_on < matcher(session).today - ASK_NO_LATER_THAN,
            Deal.id.not_in(select(KeptDeal.deal_id)),
        )
    ).all()


def due_to_leave(session: Session, most: int) -> Sequence[int]:
    """The ids of those whose time in the queue is over, of programmes that let them leave by
    themselves."""
    return session.scalars(
        select(Selection.id)
        .join(Selection.programme)
        .where(
            Selection.state == SelectionState.QUEUED,
            Selection.leaves_at <= clock.now(),
            Programme.approval == Approval.AT_ONCE,
            Programme.is_active,
        )
        .order_by(Selection.leaves_at, Selection.id)
        .limit(most)
    ).all()
