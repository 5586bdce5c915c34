"""What sellers say about asking: whom to ask, and that they would rather not; and what is left
out of asking, or of the count, by whom and why."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.core.events import publish
from app.deals import operations as deals
from app.deals.events import DealsChanged
from app.deals.models import Contact, Deal, Outcome
from app.deals.operations import Person
from app.programmes import asking_queries, operations, queries
from app.programmes.models import (
    NOT_A_DECISION,
    Exclusion,
    ExclusionKind,
    KeptDeal,
    Nomination,
    Objection,
    Reach,
    Selection,
    SelectionState,
    Verdict,
)
from app.programmes.running import held_for


def nominate(session: Session, actor: Actor, deal: Deal, person: Person) -> Contact:
    """This is whom to ask. Where the deal waits for somebody to write to, it goes on with them;
    where somebody else is in the queue, they take the place."""
    contact = deals.add_person(session, actor, deal, person).contact
    session.flush()
    if asking_queries.nomination_of(session, deal, contact) is None:
        session.add(
            Nomination(deal_id=deal.id, contact=contact, user_id=actor.id, user_name=actor.name)
        )
        audit.record(session, actor, "deal.contact_named", deal, contact=contact.name)
    selection = queries.selection_of_deal(session, deal)
    if selection is not None and selection.is_waiting and contact.email:
        operations.change_contact(session, actor, selection, contact)
    return contact


def give_address(session: Session, actor: Actor, selection: Selection, address: str) -> None:
    """The one thing that was missing: where to write to. Raises CannotDecide."""
    contact = selection.contact
    assert contact is not None
    contact.email = queries.normal_address(address)
    audit.record(session, actor, "contact.changed", contact, changes={"email": ["", address]})
    session.flush()
    operations.change_contact(session, actor, selection, contact)


def object_to_asking(session: Session, actor: Actor, deal: Deal, reason: str) -> Objection:
    """A seller would rather that this buyer is not asked; what waits is held until a person has
    decided."""
    objection = Objection(
        deal=deal,
        seller_id=deal.seller_id,
        user_id=actor.id,
        user_name=actor.name,
        reason=reason,
    )
    session.add(objection)
    audit.record(session, actor, "deal.objected", deal, reason=reason)
    selection = queries.selection_of_deal(session, deal)
    if selection is not None and selection.state is SelectionState.QUEUED:
        operations.hold(session, actor, selection, held_for(objection))
    return objection


def withdraw(session: Session, actor: Actor, objection: Objection) -> None:
    """The seller has nothing against it any more."""
    _decide(session, actor, objection, Verdict.WITHDRAWN, "")
    _let_go(session, actor, objection)


def uphold(session: Session, actor: Actor, objection: Objection, answer: str) -> None:
    """The deal is not asked about; the reason stays."""
    _decide(session, actor, objection, Verdict.UPHELD, answer)
    exclude(session, actor, objection.deal, kind=ExclusionKind.OBJECTION, reason=objection.reason)


def overrule(session: Session, actor: Actor, objection: Objection, answer: str) -> None:
    """They are asked all the same."""
    _decide(session, actor, objection, Verdict.OVERRULED, answer)
    _let_go(session, actor, objection)


def exclude(
    session: Session, actor: Actor, deal: Deal, *, kind: ExclusionKind, reason: str
) -> Exclusion:
    """Leave the deal out of asking; of what was no decision at all, out of the count as well."""
    row = asking_queries.exclusion_of(session, deal)
    if row is None:
        row = Exclusion(deal=deal)
        session.add(row)
    row.kind, row.reason, row.made_by_name, row.made_at = kind, reason, actor.name, clock.now()
    row.reach = Reach.COUNT if kind in NOT_A_DECISION else Reach.ASKING
    audit.record(session, actor, "deal.excluded", deal, reach=row.reach.value, reason=reason)
    keep_out_of_the_count(session, actor, row)
    selection = queries.selection_of_deal(session, deal)
    if selection is not None and selection.is_waiting:
        operations.remove(session, actor, selection, reason)
    return row


def include_again(session: Session, actor: Actor, row: Exclusion) -> None:
    """It may be asked about, and counts as it did."""
    deal, before = row.deal, row.outcome_before
    session.delete(row)
    audit.record(session, actor, "deal.included", deal)
    if before is not None and deal.outcome is Outcome.INVALID:
        _set_outcome(session, actor, deal, before)
    selection = queries.selection_of_deal(session, deal)
    if selection is not None and selection.state is SelectionState.REMOVED:
        operations.let_go(session, actor, selection)


def keep_out_of_the_count(session: Session, actor: Actor, row: Exclusion) -> None:
    """Whatever the CRM says, the deal does not count; what it says is remembered."""
    deal = row.deal
    if row.reach is Reach.ASKING:
        if row.outcome_before is not None and deal.outcome is Outcome.INVALID:
            _set_outcome(session, actor, deal, row.outcome_before)
        row.outcome_before = None
    elif deal.outcome is not Outcome.INVALID:
        row.outcome_before = deal.outcome
        _set_outcome(session, actor, deal, Outcome.INVALID)


def keep(session: Session, actor: Actor, deal: Deal) -> None:
    """Worth asking about although the decision is no longer fresh."""
    if session.get(KeptDeal, deal.id) is None:
        session.add(KeptDeal(deal_id=deal.id, kept_by_name=actor.name))
        audit.record(session, actor, "deal.kept", deal)


def keep_no_longer(session: Session, actor: Actor, deal: Deal) -> None:
    kept = session.get(KeptDeal, deal.id)
    if kept is not None:
        session.delete(kept)
        audit.record(session, actor, "deal.kept_no_longer", deal)


def _decide(
    session: Session, actor: Actor, objection: Objection, verdict: Verdict, answer: str
) -> None:
    objection.verdict, objection.answer = verdict, answer
    objection.decided_at, objection.decided_by_name = clock.now(), actor.name
    audit.record(session, actor, f"objection.{verdict.value}", objection, deal_id=objection.deal_id)


def _let_go(session: Session, actor: Actor, objection: Objection) -> None:
    selection = queries.selection_of_deal(session, objection.deal)
    if selection is not None and selection.state is SelectionState.HELD:
        operations.let_go(session, actor, selection)


def _set_outcome(session: Session, actor: Actor, deal: Deal, outcome: Outcome) -> None:
    changed = audit.changes(deal, outcome=outcome)
    audit.record(session, actor, "deal.changed", deal, changes=changed)
    publish(session, DealsChanged([deal.id]))
