"""Telling buyers what changed: one mail each, whose words a person has looked over."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import queries
from app.actions.evidence import Theme
from app.actions.models import BuyerTold, Decision, DecisionState
from app.actions.queries import BuyerToTell
from app.audit import operations as audit
from app.core.access import Actor
from app.mail.operations import Letter, domain_of, write
from config import Settings


class NothingToTell(ValueError):
    """It has not shipped, or nobody who said it may be told."""


def buyers_of(session: Session, decision: Decision) -> list[BuyerToTell]:
    """The buyers who said it; none where the decision has no theme."""
    theme = Theme.of(decision)
    if theme is None:
        return []
    column = f"{theme.subject.value}_id"
    return queries.buyers_who_said(session, column, theme.subject_id, theme.direction, decision.id)


def tell(
    session: Session,
    actor: Actor,
    settings: Settings,
    decision: Decision,
    *,
    subject: str,
    text: str,
    sender: str,
) -> int:
    """Write to every buyer who said it and allowed it, once; returns to how many. Raises
    NothingToTell."""
    if decision.state is not DecisionState.SHIPPED:
        raise NothingToTell("Nothing has shipped yet, so there is nothing to tell.")
    to_tell = [buyer for buyer in buyers_of(session, decision) if buyer.can_be_told]
    if not to_tell:
        raise NothingToTell("Nobody who said it may still be told.")
    for buyer in to_tell:
        contact = buyer.contact
        letter = Letter(
            to_address=contact.email,
            to_name=contact.name,
            from_name=sender,
            subject=subject,
            text=text.replace("{name}", contact.name),
            about="what changed",
        )
        mail = write(session, letter, domain=domain_of(settings.mail_from))
        session.add(
            BuyerTold(
                decision_id=decision.id,
                contact_id=contact.id,
                mail_id=mail.id,
                told_by_name=actor.name,
            )
        )
    audit.record(session, actor, "decision.buyers_told", decision, buyers=len(to_tell))
    return len(to_tell)
