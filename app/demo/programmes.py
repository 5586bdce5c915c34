"""The demo's programmes, with a queue, an objection, and what sellers thought beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.core import clock
from app.deals.models import DECIDED, Contact, Deal, DealContact
from app.demo import story
from app.identity.models import User
from app.interviews.models import HEARD, Interview, State
from app.programmes import editing, objections, operations, running
from app.programmes.models import Approval, Selection, SelectionState, SellerView, Sharing
from app.programmes.rules import Compare, Condition, Group, Join
from app.tagging.models import Reason

_REACHED = timedelta(days=40)
_WITHOUT_ADDRESS = 5
_VIEWS = 60
#: What a seller who gives the word in the CRM thinks was behind it.
_REASON_OF = {
    "Price": "price",
    "Missing feature": "features",
    "Timing": "timing",
    "Went quiet": "responsiveness",
}


def add_programmes(session: Session, until: date, noon: datetime) -> None:
    """Two programmes that have chosen this week."""
    with clock.frozen(noon):
        users = {user.name: user for user in session.scalars(select(User))}
        _add_contacts(session, until)
        _make(session, users)
        running.run_all(session)
        session.expire_all()
        _let_people_decide(session, users)
        _write_views(session, users["Jonas Weber"])
        operations.opt_out(session, "no-more@customer.example", "by the link in a mail")


def _add_contacts(session: Session, until: date) -> None:
    """The people of the decisions of the last weeks; of a few nobody knows the address."""
    people = select(DealContact.deal_id)
    deals = session.scalars(
        select(Deal)
        .where(
            Deal.outcome.in_(DECIDED), Deal.closed_on >= until - _REACHED, Deal.id.not_in(people)
        )
        .order_by(Deal.id)
    ).all()
    names = story.load_names()
    for number, deal in enumerate(deals):
        role, title = story.ROLES[number % len(story.ROLES)]
        first = names.first_names[(number * 7) % len(names.first_names)]
        last = names.last_names[(number * 11) % len(names.last_names)]
        has_address = number % _WITHOUT_ADDRESS != 0
        contact = Contact(
            account_id=deal.account_id,
            name=f"{first} {last}",
            email=f"contact{number + 1}@customer.example" if has_address else "",
            job_title=title,
            time_zone=story.TIME_ZONE,
        )
        session.add(DealContact(deal=deal, contact=contact, buying_role=role))
    session.flush()


def _make(session: Session, users: Mapping[str, User]) -> None:
    hold = [users["Jonas Weber"].id, users["Miriam Holt"].id]
    manager = users["Miriam Holt"].actor
    enterprise = Condition("segment", Compare.IS, ("Enterprise",))
    lost = Condition("outcome", Compare.IS, ("lost", "no_decision"))
    editing.add(
        session,
        manager,
        name="Enterprise losses",
        rule=Group(Join.ALL, (lost, enterprise)),
        interviewers=hold,
        mix={"lost": 70, "no_decision": 30},
        per_week=3,
        sharing=Sharing.IN_TURN,
    )
    editing.add(
        session,
        manager,
        name="Every decision",
        rule=Group(Join.ALL, ()),
        interviewers=hold,
        per_week=4,
        minutes=20,
        approval=Approval.AT_ONCE,
    )


def _let_people_decide(session: Session, users: Mapping[str, User]) -> None:
    """One is held, one removed; a seller objects to a third."""
    waiting = session.scalars(
        select(Selection).where(Selection.state == SelectionState.QUEUED).order_by(Selection.id)
    ).all()
    manager = users["Miriam Holt"].actor
    if len(waiting) > 3:
        operations.hold(session, manager, waiting[1], "They are at a trade fair this week")
        operations.remove(session, manager, waiting[2], "Our largest partner asked us not to")
        objections.object_to_asking(
            session,
            users["Jonas Weber"].actor,
            waiting[3].deal,
            "They may still take us for the Nordics; I would rather wait until the new year.",
        )


def _write_views(session: Session, user: User) -> None:
    """What sellers thought, before the buyers of these deals were heard."""
    reasons = {row.key: row for row in session.scalars(select(Reason))}
    heard = select(Interview.deal_id).where(Interview.state.in_(HEARD))
    deals = session.scalars(
        select(Deal)
        .where(Deal.id.in_(heard), Deal.seller_id.is_not(None))
        .options(joinedload(Deal.seller))
        .order_by(Deal.closed_on.desc(), Deal.id)
        .limit(_VIEWS)
    ).all()
    for number, deal in enumerate(deals):
        role, _ = story.ROLES[number % len(story.ROLES)]
        began = session.scalars(
            select(Interview.started_at)
            .where(Interview.deal_id == deal.id, Interview.state != State.CANCELLED)
            .order_by(Interview.started_at)
        ).first()
        session.add(
            SellerView(
                deal_id=deal.id,
                author_id=deal.seller.user_id if deal.seller else user.id,
                author_name=deal.seller.name if deal.seller else user.name,
                reason=reasons.get(_REASON_OF.get(deal.stated_reason, "")),
                competitor_id=deal.won_by_id,
                decided_by=role if number % 4 else None,
                would_have_changed="A smaller first year." if number % 3 == 0 else "",
                seconds=45 + 7 * (number % 6),
                written_at=(began or clock.now()) - timedelta(days=3),
                sealed_at=began,
            )
        )
