"""An interview already held, with its deal, its buyer and its answers, from one line of a file."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP
from typing import Any

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.events import publish
from app.core.formats import minor_digits
from app.deals import operations as deals
from app.deals.events import DealsChanged
from app.deals.models import Account, BuyingRole, Contact, Deal, Outcome
from app.deals.queries import competitors_met, find_handmade_deal
from app.interviews import queries, writing_queries
from app.interviews.confidence import narrower
from app.interviews.conversation import STEP
from app.interviews.events import AnswerRevised, ScopeChanged
from app.interviews.held_lines import AnswerLine, DealLine, InterviewLine
from app.interviews.models import Answer, AnswerRevision, Interview, Kind, Scope, State, Taken
from app.interviews.operations import keep_deal_anonymous
from app.market.models import Competitor, name_key

FindCompetitor = Callable[[str], Competitor]


class Change(enum.StrEnum):
    """What a line did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Put:
    """The interview of a line, with its answers in the line's order."""

    interview: Interview
    answers: tuple[Answer, ...]
    change: Change


def put_interview(
    session: Session, actor: Actor, line: InterviewLine, *, currency: str, find: FindCompetitor
) -> Put:
    """Make or update what the line says; the same line again changes nothing.

    `currency` is that of amounts which name none; `find` gives the competitor of a name.
    """
    interview = queries.interview_by_external_id(session, line.external_id)
    if interview is not None and interview.imported_as == line.checksum:
        return Put(interview, (), Change.UNCHANGED)
    change = Change.CREATED if interview is None else Change.UPDATED
    deal = _put_deal(session, actor, line.deal, currency, find)
    if interview is None:
        interview = Interview(external_id=line.external_id, state=State.HELD)
    interview.deal = deal
    interview.held_on = line.held_on
    interview.imported_as = line.checksum
    role = BuyingRole(line.contact.buying_role) if line.contact.buying_role else None
    interview.buying_role = role or interview.buying_role
    interview.contact = _put_contact(session, actor, interview, line)
    session.add(interview)
    _put_scope(session, interview, Scope(line.scope))
    answers = _put_answers(session, actor, interview, line)
    keep_deal_anonymous(session, interview)
    audit.record(session, actor, "interview.imported", interview, change=change.value)
    return Put(interview, answers, change)


def _put_deal(
    session: Session, actor: Actor, line: DealLine, currency: str, find: FindCompetitor
) -> Deal:
    """The CRM's deal of this id, or the one added by hand that is meant, or a new one. What the
    line does not say stays as it is."""
    outcome = Outcome(line.outcome)
    deal = queries.deal_by_external_id(session, line.external_id)
    if deal is None and line.account:
        deal = find_handmade_deal(session, line.account, outcome, line.closed_on)
    is_new = deal is None
    deal = deal or Deal()
    account = _put_account(session, actor, deal, line)
    given: dict[str, Any] = {
        "external_id": line.external_id,
        "name": line.name,
        "name_key": name_key(line.name),
        "outcome": outcome,
        "closed_on": line.closed_on,
        "product": line.product or None,
        "won_by": find(line.lost_to) if line.lost_to else None,
        "account": account,
    }
    if line.amount is not None:
        code = line.currency or deal.currency or currency
        minor = line.amount.scaleb(minor_digits(code)).quantize(1, ROUND_HALF_UP)
        given |= {"amount_minor": int(minor), "currency": code}
    values = {field: value for field, value in given.items() if value is not None}
    changed = set(audit.changes(deal, **values))
    if is_new:
        session.add(deal)
    session.flush()
    met = [*competitors_met(session, deal), *(find(name) for name in line.competitors)]
    deals.set_competitors(session, deal, met)
    if is_new or changed:
        audit.record(session, actor, "deal.added" if is_new else "deal.changed", deal, by="import")
    if is_new or changed & {"outcome", "closed_on"}:
        publish(session, DealsChanged([deal.id]))
    return deal


def _put_account(session: Session, actor: Actor, deal: Deal, line: DealLine) -> Account | None:
    name = line.account or (line.name if line.segment and deal.account is None else "")
    if not name or (deal.account is not None and deal.account.name_key == name_key(name)):
        account = deal.account
    else:
        account = deals.account_named(session, actor, name)
    if account is not None and line.segment:
        account.segment = line.segment
    return account


def _put_contact(
    session: Session, actor: Actor, interview: Interview, line: InterviewLine
) -> Contact | None:
    given = line.contact
    if not given.is_somebody:
        return interview.contact
    person = deals.Person(
        name=given.name or given.title or given.email,
        email=given.email,
        job_title=given.title,
        buying_role=BuyingRole(given.buying_role) if given.buying_role else None,
    )
    if interview.contact is None:
        return deals.add_person(session, actor, interview.deal, person).contact
    values = {"name": given.name, "email": given.email.lower(), "job_title": given.title}
    audit.changes(interview.contact, **{field: value for field, value in values.items() if value})
    return interview.contact


def _put_scope(session: Session, interview: Interview, scope: Scope) -> None:
    """A file never allows more than the buyer has said to us since."""
    if interview.consent_at is not None:
        scope = narrower(interview.scope, scope)
    if interview.scope is scope:
        return
    interview.scope = scope
    session.flush()
    publish(session, ScopeChanged(interview.id))


def _put_answers(
    session: Session, actor: Actor, interview: Interview, line: InterviewLine
) -> tuple[Answer, ...]:
    session.flush()
    known = {answer.question_id: answer for answer in queries.answers_of(session, interview)}
    answers = []
    for number, said in enumerate(line.answers, 1):
        question_id = f"imported-{number}"
        answer = known.get(question_id) or Answer(
            interview=interview,
            question_id=question_id,
            position=number * STEP,
            revision=0,
            text="",
        )
        session.add(answer)
        _revise(session, actor, answer, said)
        answers.append(answer)
    session.flush()
    return tuple(answers)


def _revise(session: Session, actor: Actor, answer: Answer, said: AnswerLine) -> None:
    answer.question = said.question
    answer.kind = Kind(said.kind) if said.kind else None
    answer.taken = Taken(said.taken)
    if answer.revision and answer.text == said.text:
        return
    is_new = answer.revision == 0
    number = 1 if is_new else writing_queries.last_revision_number(session, answer) + 1
    answer.revision, answer.text = number, said.text
    session.add(
        AnswerRevision(
            answer=answer,
            number=number,
            text=said.text,
            author_id=actor.id,
            author_name=actor.name,
        )
    )
    if not is_new:
        session.flush()
        publish(session, AnswerRevised(answer.id, number))
