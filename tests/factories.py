"""Factories: each makes one believable row, and takes what the test cares about."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Database
from app.deals.models import Account, Contact, Deal, DealContact, Outcome, Seller
from app.identity import operations as identity
from app.identity.models import Role, User, Workspace
from app.interviews.models import (
    Answer,
    AnswerRevision,
    Interview,
    Kind,
    Mark,
    MarkKind,
    Note,
    Promise,
    Scope,
    State,
    Taken,
)
from app.market.models import Competitor, Differentiator, name_key
from app.programmes.models import Programme, ProgrammeInterviewer, Selection, SelectionState
from app.tagging.agreement.standing import Standing
from app.tagging.double_coding.models import AgreementFigure
from app.tagging.models import Direction, FinishReason, Reason, Tag, Verbatim, Weight

PASSWORD = "correct horse battery"


class Factory:
    def __init__(self, session: Session) -> None:
        self.session = session
        self._numbers = itertools.count(1)

    def commit(self) -> None:
        self.session.commit()

    def add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    def number(self) -> int:
        return next(self._numbers)

    def workspace(self, **values: Any) -> Workspace:
        values = {"company": "Halden", "currency": "EUR", "time_zone": "Europe/Berlin"} | values
        return self.add(Workspace(**values))

    def user(self, role: Role | str = Role.INTERVIEWER, **values: Any) -> User:
        number = self.number()
        user = User(
            email=values.pop("email", f"person{number}@example.com"),
            name=values.pop("name", f"Person {number}"),
            role=Role(role),
            **values,
        )
        return self.add(user)

    def competitor(self, name: str | None = None, **values: Any) -> Competitor:
        name = name or f"Rival {self.number()}"
        return self.add(Competitor(name=name, name_key=name_key(name), **values))

    def differentiator(self, name: str | None = None, **values: Any) -> Differentiator:
        name = name or f"Strength {self.number()}"
        return self.add(Differentiator(name=name, name_key=name_key(name), **values))

    def account(self, name: str | None = None, **values: Any) -> Account:
        name = name or f"Account {self.number()}"
        return self.add(Account(name=name, name_key=name_key(name), **values))

    def contact(self, account: Account | None = None, **values: Any) -> Contact:
        number = self.number()
        values = {"name": f"Buyer {number}", "email": f"buyer{number}@example.com"} | values
        return self.add(Contact(account=account, **values))

    def seller(self, name: str | None = None, **values: Any) -> Seller:
        name = name or f"Seller {self.number()}"
        return self.add(Seller(name=name, name_key=name_key(name), **values))

    def deal(self, outcome: Outcome | str = Outcome.LOST, **values: Any) -> Deal:
        number = self.number()
        name = values.pop("name", f"Deal {number}")
        closed_on = values.pop("closed_on", date(2026, 8, 1))
        account = values.pop("account", None) or self.account()
        return self.add(
            Deal(
                external_id=values.pop("external_id", f"D{number}"),
                name=name,
                name_key=name_key(name),
                account=account,
                outcome=Outcome(outcome),
                opened_on=values.pop("opened_on", closed_on and closed_on - timedelta(days=60)),
                closed_on=closed_on,
                amount_minor=values.pop("amount_minor", 84_000_00),
                currency=values.pop("currency", "EUR"),
                **values,
            )
        )

    def deal_contact(self, deal: Deal, contact: Contact, **values: Any) -> DealContact:
        return self.add(DealContact(deal=deal, contact=contact, **values))

    def interview(
        self, deal: Deal | None = None, state: State | str = State.HELD, **values: Any
    ) -> Interview:
        deal = deal or self.deal()
        state = State(state)
        values = {
            "contact": None,
            "scope": Scope.ROLE,
            "held_on": deal.closed_on if state in (State.HELD, State.TAGGED) else None,
        } | values
        return self.add(Interview(deal=deal, state=state, **values))

    def programme(self, name: str | None = None, **values: Any) -> Programme:
        """One that catches every decided deal; `interviewers` are the users who may hold its
        interviews."""
        interviewers = values.pop("interviewers", [])
        name = name or f"Programme {self.number()}"
        values = {"rule": {"join": "all", "of": []}} | values
        programme: Programme = self.add(Programme(name=name, **values))
        for user in interviewers:
            self.add(ProgrammeInterviewer(programme_id=programme.id, user_id=user.id))
        return programme

    def selection(
        self, programme: Programme | None = None, deal: Deal | None = None, **values: Any
    ) -> Selection:
        """A deal in the queue with somebody to ask; `contact=None` for nobody."""
        deal = deal or self.deal()
        if "contact" not in values:
            values["contact"] = self.contact(deal.account)
            self.deal_contact(deal, values["contact"])
        values = {
            "state": SelectionState.QUEUED,
            "leaves_at": clock.now() + timedelta(hours=48),
        } | values
        values["state"] = SelectionState(values["state"])
        return self.add(Selection(programme=programme or self.programme(), deal=deal, **values))

    def answer(
        self,
        interview: Interview,
        text: str = "They answered within a week.",
        *,
        kind: Kind | str = Kind.FACT,
        taken: Taken | str = Taken.TYPED,
        question: str = "What happened then?",
        **values: Any,
    ) -> Answer:
        number = self.number()
        answer = Answer(
            interview=interview,
            question_id=values.pop("question_id", f"q{number}"),
            question=question,
            kind=Kind(kind),
            taken=Taken(taken),
            position=number,
            revision=1,
            text=text,
            **values,
        )
        self.add(answer)
        self.add(AnswerRevision(answer=answer, number=1, text=text))
        return answer

    def mark(self, answer: Answer, kind: MarkKind | str, words: str = "", **values: Any) -> Mark:
        """A mark on these words of the answer, or on the answer alone."""
        if words:
            start = answer.text.index(words)
            values |= {"revision": answer.revision, "start": start, "end": start + len(words)}
        kind = MarkKind(kind)
        return self.add(Mark(interview_id=answer.interview_id, answer=answer, kind=kind, **values))

    def note(self, answer: Answer, author: User, text: str = "Ask about security.") -> Note:
        return self.add(Note(answer=answer, author=author, text=text))

    def promise(self, interview: Interview, text: str = "A call.", **values: Any) -> Promise:
        return self.add(Promise(interview=interview, text=text, **values))

    def reason(self, name: str | None = None, **values: Any) -> Reason:
        name = name or f"Reason {self.number()}"
        values = {"key": name_key(name).replace(" ", "_"), "seeds": {}, "aliases": []} | values
        return self.add(Reason(name=name, **values))

    def verbatim(self, answer: Answer, words: str | None = None, **values: Any) -> Verbatim:
        """A quote of these words of the answer, or of all of it."""
        words = words or answer.text
        start = answer.text.index(words)
        return self.add(
            Verbatim(
                interview=answer.interview,
                answer=answer,
                revision=answer.revision,
                start=start,
                end=start + len(words),
                text=words,
                **values,
            )
        )

    def tag(self, verbatim: Verbatim, reason: Reason | None = None, **values: Any) -> Tag:
        """A tag on the quote; the evidence is not refreshed (see tagging/evidence.py)."""
        values = {
            "direction": Direction.AGAINST,
            "weight": Weight.CONTRIBUTING,
            "evidence": verbatim.answer.kind,
        } | values
        return self.add(Tag(verbatim=verbatim, reason=reason, **values))

    def disagreement(self, reason: Reason, **values: Any) -> AgreementFigure:
        """Two people who tagged enough interviews do not agree on this reason."""
        values = {
            "value": 0.4,
            "low": 0.2,
            "high": 0.6,
            "raw": 0.9,
            "passages": 120,
            "given": 14,
            "interviews": 24,
            "standing": Standing.STRUCK,
        } | values
        return self.add(AgreementFigure(reason_id=reason.id, **values))

    def finish_reason(self, interview: Interview, reason: Reason, **values: Any) -> FinishReason:
        values = {"direction": Direction.AGAINST} | values
        return self.add(FinishReason(interview_id=interview.id, reason=reason, **values))


def sign_in_as(app: Flask, db: Database, user: User) -> FlaskClient:
    """A client of its own in which this user is signed in; commit the user first."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    with db.writing() as session:
        token = identity.sign_in(
            session, session.get_one(User, user.id), device="test", lasts=timedelta(days=1)
        )
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client
