"""Deciding about a phrase: a differentiator of its own, one that we have, or nothing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analytics.phrases import queries
from app.analytics.phrases.finding import key_of
from app.analytics.phrases.models import PhraseDecision, PhraseVerdict
from app.audit import operations as audit
from app.core.access import Actor
from app.market import operations as market
from app.market.models import Differentiator, name_key
from app.market.operations import NameTaken
from app.market.pasted import PastedLine


class Decided(ValueError):
    """Somebody decided about it meanwhile; the message is for a person."""


def accept(
    session: Session, actor: Actor, words: str, *, name: str, claim: str = ""
) -> Differentiator:
    """Make it a differentiator; its quotes are found by the phrase. Raises NameTaken, Decided."""
    added = market.add_differentiators(session, actor, [PastedLine(name, claim)])
    if not added.added:
        raise NameTaken(name, added.existing[0])
    [row] = added.added
    _decide(session, actor, words, PhraseVerdict.ACCEPTED, row)
    return row


def merge(session: Session, actor: Actor, words: str, into: Differentiator) -> None:
    """It is another name for one that we have. Raises NameTaken, Decided."""
    _decide(session, actor, words, PhraseVerdict.MERGED, into)


def dismiss(session: Session, actor: Actor, words: str) -> None:
    """It sets nobody apart. Raises Decided."""
    _decide(session, actor, words, PhraseVerdict.DISMISSED, None)


def bring_back(session: Session, actor: Actor, row: PhraseDecision) -> None:
    """Offer a dismissed phrase again."""
    audit.record(session, actor, "phrase.brought_back", row, words=row.words)
    session.delete(row)


def _decide(
    session: Session,
    actor: Actor,
    words: str,
    verdict: PhraseVerdict,
    differentiator: Differentiator | None,
) -> None:
    key = key_of(words)
    if queries.is_decided(session, key):
        raise Decided(f"‘{words}’ was decided about already.")
    if differentiator is not None and differentiator.name_key != name_key(words):
        market.also_call(session, actor, differentiator, words)
    row = PhraseDecision(
        key=key,
        words=words,
        verdict=verdict,
        differentiator=differentiator,
        decided_by_name=actor.name,
    )
    session.add(row)
    audit.record(session, actor, f"phrase.{verdict.value}", row, words=words)
