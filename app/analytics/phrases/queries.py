"""Reading what phrases are found in, what is known already, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.phrases.finding import Said
from app.analytics.phrases.models import PhraseDecision
from app.analytics.queries import closed_in
from app.core.access import NotFound
from app.core.periods import Period
from app.deals.models import DECIDED, Account, Deal, Outcome
from app.identity.queries import workspace
from app.interviews.confidence import narrower
from app.interviews.models import Answer, Interview, Scope, State
from app.market.models import Life
from app.market.queries import competitors, differentiators
from app.tagging.models import Reason, Tag, Verbatim

#: More say no more, and take seconds to read; the latest are read.
MOST_QUOTES = 3000
_IN_FULL = (State.TAGGED, State.CLOSED)


def confirmed_quotes(session: Session, period: Period, narrowed: Narrowed = ALL) -> list[Said]:
    """The quotes of interviews tagged in full, without those that are only counted."""
    is_tagged = exists().where(Tag.verbatim_id == Verbatim.id, Tag.removed_at.is_(None))
    rows = session.execute(
        select(
            Verbatim.id,
            Verbatim.text,
            Verbatim.scope,
            Interview.scope,
            Deal.id,
            Deal.account_id,
            Deal.outcome,
        )
        .join(Verbatim.interview)
        .join(Interview.deal)
        .join(Verbatim.answer)
        .where(
            is_tagged,
            Verbatim.has_lost_place.is_(False),
            Interview.state.in_(_IN_FULL),
            Deal.outcome.in_(DECIDED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
            *([Answer.taken.in_(narrowed.taken)] if narrowed.taken else []),
        )
        .order_by(Deal.closed_on.desc(), Verbatim.id.desc())
        .limit(MOST_QUOTES)
    ).all()
    tagged = _differentiators_of(session, period)
    return [
        Said(
            quote_id=quote_id,
            deal_id=deal_id,
            account_id=account_id or f"deal {deal_id}",
            is_won=outcome is Outcome.WON,
            text=text,
            differentiators=tagged.get(quote_id, ()),
        )
        for quote_id, text, own, of_interview, deal_id, account_id, outcome in rows
        if narrower(of_interview, own) is not Scope.COUNT
    ]


def words_known(session: Session) -> list[str]:
    """In which words differentiators and reasons speak."""
    known: list[str] = []
    for differentiator in differentiators(session):
        if differentiator.life is not Life.RETIRED:
            known += [differentiator.name, differentiator.claim, *differentiator.aliases]
    rows = session.execute(
        select(Reason.name, Reason.aliases, Reason.includes, Reason.seeds).where(
            Reason.life != Life.RETIRED
        )
    )
    for name, aliases, includes, seeds in rows:
        known += [name, includes, *aliases, *(word for words in seeds.values() for word in words)]
    return known


def names_known(session: Session, said: Sequence[Said]) -> list[str]:
    """What companies and products are called: ourselves, competitors, and the buyers."""
    house = workspace(session)
    names = [house.company, house.product]
    names += [name for row in competitors(session) for name in (row.name, *row.aliases)]
    accounts = {one.account_id for one in said if isinstance(one.account_id, int)}
    names += session.scalars(select(Account.name).where(Account.id.in_(accounts)))
    return [name for name in names if name]


def decisions(session: Session) -> Sequence[PhraseDecision]:
    """What was decided, the latest first."""
    return session.scalars(
        select(PhraseDecision)
        .options(joinedload(PhraseDecision.differentiator))
        .order_by(PhraseDecision.id.desc())
    ).all()


def decided_keys(session: Session) -> set[str]:
    return set(session.scalars(select(PhraseDecision.key)))


def is_decided(session: Session, key: str) -> bool:
    found = select(func.count()).where(PhraseDecision.key == key)
    return bool(session.scalar(found))


def get_decision(session: Session, decision_id: int) -> PhraseDecision:
    """Raises NotFound."""
    row = session.get(PhraseDecision, decision_id)
    if row is None:
        raise NotFound
    return row


def _differentiators_of(session: Session, period: Period) -> dict[int, set[int]]:
    rows = session.execute(
        select(Tag.verbatim_id, Tag.differentiator_id)
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .join(Interview.deal)
        .where(
            Tag.removed_at.is_(None),
            Tag.differentiator_id.is_not(None),
            closed_in(Deal.closed_on, period),
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for quote_id, differentiator_id in rows:
        if differentiator_id is not None:
            found[quote_id].add(differentiator_id)
    return found
