"""A buyer before their own link: no account, no session."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.buyer import operations, tokens
from app.buyer.models import BuyerLink
from app.core.access import Actor
from app.core.db import Database
from app.guides.operations import SHIPPED, load_shipped
from app.interviews.models import Interview
from config import Settings
from tests.factories import Factory

SELLER = Actor(1, "Ada Ling")


@dataclass
class Buyer:
    """Somebody with the address of a link, and nothing else."""

    client: FlaskClient
    address: str
    interview_id: int
    db: Database

    def get(self, path: str = "", **options: object) -> TestResponse:
        return self.client.get(self.address + path, **options)  # type: ignore[arg-type]

    def send(self, path: str = "", **fields: str) -> TestResponse:
        return self.client.post(self.address + path, data=fields)

    def allow(self, scope: str = "role", seller_may_read: str = "yes") -> TestResponse:
        return self.send(scope=scope, seller_may_read=seller_may_read)

    def write(self, number: int, text: str, then: str = "next", **fields: str) -> TestResponse:
        fields = {"revision": str(uuid.uuid4()), "base": "0"} | fields
        return self.send(f"/questions/{number}", text=text, then=then, **fields)

    @property
    def interview(self) -> Interview:
        with self.db.reading() as session:
            return session.scalars(select(Interview).where(Interview.id == self.interview_id)).one()


Invite = Callable[..., Buyer]


@pytest.fixture
def invite(
    app: Flask, db: Database, settings: Settings, make: Factory, client: FlaskClient
) -> Invite:
    """Make the link of an interview and hand it to its buyer."""
    load_shipped(make.session, SHIPPED)
    make.workspace(company="Halden")

    def come(interview: Interview, *, days: int = 180) -> Buyer:
        link = operations.make_link(make.session, SELLER, interview, days=days)
        make.commit()
        token = tokens.token_of(settings.secret_key, link.public_id)
        # As in the product: their forms carry no token of a session.
        app.config["WTF_CSRF_ENABLED"] = True
        return Buyer(app.test_client(), f"/b/{token}", interview.id, db)

    return come


@pytest.fixture
def writing(invite: Invite, make: Factory) -> Buyer:
    """Invited to write about a deal that was lost."""
    contact = make.contact(name="Ingrid Holm", job_title="Head of operations")
    return invite(make.interview(state="planned", contact=contact, scope=None))


def link_of(db: Database) -> BuyerLink:
    with db.reading() as session:
        return session.scalars(select(BuyerLink).order_by(BuyerLink.id.desc())).first()  # type: ignore[return-value]
