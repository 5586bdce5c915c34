"""Offering, approving, sending and declining thanks. Each step names who took it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.interviews.models import Interview
from app.programmes.models import Programme
from app.programmes.queries import selection_of
from app.thanks import queries
from app.thanks.models import Kind, State, Thanks, ThanksRule
from app.thanks.public_service import serves_the_public

PUBLIC_SERVICE = "They work for the public, and may take nothing."


class CannotThank(ValueError):
    """It is not so with this line any more; the message is for whoever tried."""


def set_rule(
    session: Session,
    actor: Actor,
    programme: Programme,
    *,
    kind: Kind,
    amount_minor: int | None,
    currency: str,
    causes: Sequence[str],
    left_out_industries: Sequence[str],
) -> None:
    """From now on; what was offered already stays as it is."""
    rule = queries.rule_of(session, programme.id)
    if rule is None:
        rule = ThanksRule(programme_id=programme.id)
        session.add(rule)
    changed = audit.changes(
        rule,
        kind=kind,
        amount_minor=amount_minor,
        currency=currency,
        causes=list(causes),
        left_out_industries=list(left_out_industries),
    )
    if changed:
        audit.record(session, actor, "thanks_rule.changed", programme, changes=changed)


def offer_by_rule(session: Session, interview: Interview) -> Thanks | None:
    """What the rule of its programme offers whoever was heard; once, however often they are."""
    selection = selection_of(session, interview)
    rule = queries.rule_of(session, selection.programme_id) if selection is not None else None
    if rule is None or rule.kind is Kind.NONE or queries.thanks_for(session, interview) is not None:
        return None
    why = why_not(rule, interview)
    row = Thanks(
        interview=interview,
        programme_id=rule.programme_id,
        kind=Kind.NONE if why else rule.kind,
        amount_minor=None if why else rule.amount_minor,
        currency="" if why else rule.currency,
        state=State.NOT_OFFERED if why else State.OFFERED,
        why=why,
    )
    session.add(row)
    audit.record(session, SYSTEM, "thanks.offered", row, kind=row.kind.value, why=why)
    return row


def why_not(rule: ThanksRule, interview: Interview) -> str:
    """Why this buyer is offered nothing; empty where they are."""
    contact, account = interview.contact, interview.deal.account
    if contact is not None and serves_the_public(contact.email):
        return PUBLIC_SERVICE
    if account is not None and account.industry in rule.left_out_industries:
        return f"Nobody of {account.industry} is offered anything."
    return ""


def offer(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    kind: Kind,
    amount_minor: int | None,
    currency: str,
    cause: str,
) -> Thanks:
    """A person offers it, whatever the rule says. Raises CannotThank."""
    if not interview.is_heard:
        raise CannotThank("Thanks are given once the buyer was heard.")
    if queries.thanks_for(session, interview) is not None:
        raise CannotThank("It is decided already what this buyer is given.")
    selection = selection_of(session, interview)
    row = Thanks(
        interview=interview,
        programme_id=selection.programme_id if selection is not None else None,
        kind=kind,
        amount_minor=amount_minor,
        currency=currency,
        cause=cause,
        state=State.NOT_OFFERED if kind is Kind.NONE else State.OFFERED,
        why=f"Decided by {actor.name}." if kind is Kind.NONE else "",
    )
    session.add(row)
    audit.record(session, actor, "thanks.offered", row, kind=kind.value)
    return row


def change(
    session: Session,
    actor: Actor,
    row: Thanks,
    *,
    kind: Kind,
    amount_minor: int | None,
    currency: str,
    cause: str,
) -> None:
    """What is given. Raises CannotThank for what was given already."""
    if row.state is State.SENT:
        raise CannotThank("This was sent already.")
    changed = audit.changes(
        row, kind=kind, amount_minor=amount_minor, currency=currency, cause=cause
    )
    if not changed:
        return
    if kind is Kind.NONE:
        row.state, row.why = State.NOT_OFFERED, f"Decided by {actor.name}."
    elif row.state is not State.DECLINED:
        # Whoever approved it approved something else.
        row.state, row.why = State.OFFERED, ""
    row.approved_by_name, row.approved_at = "", None
    audit.record(session, actor, "thanks.changed", row, changes=changed)


def approve(session: Session, actor: Actor, row: Thanks) -> None:
    """Raises CannotThank."""
    if row.state is not State.OFFERED:
        raise CannotThank("Somebody else has decided about this one already.")
    row.state = State.APPROVED
    row.approved_by_name, row.approved_at = actor.name, clock.now()
    audit.record(session, actor, "thanks.approved", row)


def note_sent(session: Session, actor: Actor, row: Thanks, reference: str) -> None:
    """Raises CannotThank."""
    if row.state is not State.APPROVED:
        raise CannotThank("Only what is approved can be noted as sent.")
    if row.kind is Kind.DONATION and not row.cause:
        raise CannotThank("No cause is picked yet. Enter the one that it was given to.")
    row.state, row.reference = State.SENT, reference
    row.sent_by_name, row.sent_at = actor.name, clock.now()
    audit.record(session, actor, "thanks.sent", row, reference=reference)


def pick_cause(session: Session, actor: Actor, row: Thanks, cause: str) -> None:
    """The buyer's choice; also after they first wanted nothing. What was sent stays."""
    if row.state is State.DECLINED:
        row.state, row.declined_at = State.OFFERED, None
    if row.is_open and row.cause != cause:
        row.cause = cause
        audit.record(session, actor, "thanks.cause_picked", row, cause=cause)


def decline(session: Session, actor: Actor, row: Thanks) -> None:
    """The buyer would rather have nothing; saying so twice changes nothing."""
    if row.is_open:
        row.state, row.declined_at = State.DECLINED, clock.now()
        row.approved_by_name, row.approved_at = "", None
        audit.record(session, actor, "thanks.declined", row)
