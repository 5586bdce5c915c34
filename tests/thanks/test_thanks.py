"""What buyers are given as thanks: by rule, by hand, approved, sent, declined; and the file."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.buyer import operations as buyer
from app.buyer import tokens
from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import Role, User
from app.interviews import operations as interviews
from app.interviews.models import Interview
from app.programmes.models import Programme
from app.thanks import operations
from app.thanks.models import Kind, State, Thanks
from app.thanks.operations import CannotThank
from app.thanks.public_service import serves_the_public
from config import Settings
from tests.factories import Factory, sign_in_as

CAUSES = ["Sea rescue", "Doctors without borders"]


@pytest.fixture
def programme(make: Factory) -> Programme:
    make.workspace()
    programme = make.programme("Losses")
    operations.set_rule(
        make.session,
        SYSTEM,
        programme,
        kind=Kind.DONATION,
        amount_minor=25_00,
        currency="EUR",
        causes=CAUSES,
        left_out_industries=["Banking"],
    )
    return programme


@pytest.fixture
def manager(make: Factory) -> User:
    return make.user(Role.PROGRAMME_MANAGER, name="Miriam Holt")


def hear(make: Factory, programme: Programme, email: str = "", industry: str = "") -> Interview:
    """A buyer of the programme whose interview has just been held."""
    account = make.account(industry=industry)
    contact = make.contact(account, **({"email": email} if email else {}))
    deal = make.deal(account=account)
    interview = make.interview(deal, "in_progress", contact=contact)
    make.selection(programme, deal, contact=contact, state="approved", interview=interview)
    interviews.hold(make.session, SYSTEM, interview)
    return interview


def thanks_of(make: Factory, interview: Interview) -> Thanks:
    row = make.session.scalar(select(Thanks).where(Thanks.interview_id == interview.id))
    assert row is not None
    return row


def page_of(settings: Settings, make: Factory, interview: Interview) -> str:
    link = buyer.link_for(make.session, SYSTEM, interview, days=90)
    make.commit()
    return f"/b/{tokens.token_of(settings.secret_key, link.public_id)}/thank-you"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("a@treasury.gov", True),
        ("a@trade.gov.uk", True),
        ("a@interieur.gouv.fr", True),
        ("a@bmi.bund.de", True),
        ("a@ec.europa.eu", True),
        ("a@meti.go.jp", True),
        ("a@nordwind.example", False),
        ("a@gov.example.com", False),
        ("a@go.com", False),
        ("", False),
    ],
)
def test_public_servants_are_known_by_their_address(address: str, public: bool):
    assert serves_the_public(address) is public


def test_whoever_is_heard_is_offered_what_the_rule_says(make: Factory, programme: Programme):
    row = thanks_of(make, hear(make, programme))
    assert (row.kind, row.amount_minor, row.currency) == (Kind.DONATION, 25_00, "EUR")
    assert row.state is State.OFFERED


def test_public_servants_and_whole_industries_are_offered_nothing_and_the_ledger_says_why(
    make: Factory, programme: Programme
):
    servant = thanks_of(make, hear(make, programme, email="ada@trade.gov.uk"))
    banker = thanks_of(make, hear(make, programme, industry="Banking"))
    assert [servant.state, banker.state] == [State.NOT_OFFERED] * 2
    assert servant.amount_minor is None
    assert servant.why == operations.PUBLIC_SERVICE
    assert "Banking" in banker.why


def test_a_programme_without_a_rule_offers_nothing(make: Factory):
    interview = hear(make, make.programme())
    assert make.session.scalar(select(Thanks)) is None
    assert interview.is_heard


def test_it_is_approved_then_sent_by_name(make: Factory, programme: Programme, manager: User):
    row = thanks_of(make, hear(make, programme))
    with pytest.raises(CannotThank, match="approved"):
        operations.note_sent(make.session, manager.actor, row, "")
    operations.approve(make.session, manager.actor, row)
    with pytest.raises(CannotThank, match="cause"):
        operations.note_sent(make.session, manager.actor, row, "R-1")
    operations.pick_cause(make.session, SYSTEM, row, CAUSES[0])
    operations.note_sent(make.session, manager.actor, row, "R-1")
    assert (row.state, row.approved_by_name, row.reference) == (State.SENT, "Miriam Holt", "R-1")
    with pytest.raises(CannotThank, match="sent"):
        operations.change(
            make.session,
            manager.actor,
            row,
            kind=Kind.GIFT,
            amount_minor=1,
            currency="EUR",
            cause="",
        )
    said = make.session.scalars(
        select(AuditEvent.action).where(AuditEvent.action.startswith("thanks."))
    ).all()
    assert set(said) >= {"thanks.offered", "thanks.approved", "thanks.cause_picked", "thanks.sent"}


def test_whoever_approved_it_approved_that_and_nothing_else(
    make: Factory, programme: Programme, manager: User
):
    row = thanks_of(make, hear(make, programme))
    operations.approve(make.session, manager.actor, row)
    operations.change(
        make.session,
        manager.actor,
        row,
        kind=Kind.DONATION,
        amount_minor=500_00,
        currency="EUR",
        cause="",
    )
    assert (row.state, row.approved_by_name) == (State.OFFERED, "")


def test_a_buyer_picks_a_cause_on_their_page_or_wants_nothing(
    client: FlaskClient, settings: Settings, make: Factory, programme: Programme, db: Database
):
    interview = hear(make, programme)
    address = page_of(settings, make, interview)
    assert CAUSES[1] in client.get(address).text
    client.post(address, data={"cause": "My own pocket"})
    client.post(address, data={"cause": CAUSES[1]})
    with db.reading() as session:
        assert session.scalars(select(Thanks.cause)).one() == CAUSES[1]
    client.post(address, data={"nothing": "1"})
    assert "nothing is sent" in client.get(address).text
    with db.reading() as session:
        assert session.scalars(select(Thanks.state)).one() is State.DECLINED
    client.post(address, data={"cause": CAUSES[0]})
    with db.reading() as session:
        assert session.scalars(select(Thanks.state)).one() is State.OFFERED


def test_whom_nothing_is_offered_has_no_such_page(
    client: FlaskClient, settings: Settings, make: Factory, programme: Programme
):
    interview = hear(make, programme, email="ada@trade.gov.uk")
    address = page_of(settings, make, interview)
    assert client.get(address).status_code == 404
    assert "Pick a cause" not in client.get(address.replace("thank-you", "words")).text


def test_the_page_of_their_words_leads_to_it(
    client: FlaskClient, settings: Settings, make: Factory, programme: Programme
):
    address = page_of(settings, make, hear(make, programme))
    assert address in client.get(address.replace("thank-you", "words")).text


def test_the_ledger_from_open_to_done_and_the_file_for_the_accounting(
    app: Flask, db: Database, make: Factory, programme: Programme, manager: User
):
    interview = hear(make, programme)
    row = thanks_of(make, interview)
    row.cause = '=HYPERLINK("x")'
    public_id = row.public_id
    make.commit()
    client = sign_in_as(app, db, manager)
    assert "€25" in client.get("/thanks").text
    client.post(f"/thanks/{public_id}/approve")
    assert client.get(f"/thanks/{public_id}/sent").status_code == 200
    client.post(f"/thanks/{public_id}/sent", data={"reference": "R-7"})
    assert "R-7" in client.get("/thanks?show=over").text
    (line,) = csv.DictReader(io.StringIO(client.get("/thanks.csv").text.lstrip("\ufeff")))
    assert (line["Amount"], line["Currency"], line["State"]) == ("25.00", "EUR", "Sent")
    assert line["Approved by"] == "Miriam Holt"
    assert line["Cause"].startswith("'="), "never a formula"


def test_the_rule_is_set_on_a_page_that_loses_nothing(
    app: Flask, db: Database, make: Factory, manager: User
):
    make.workspace()
    address = f"/programmes/{make.programme('Wins').public_id}/thanks"
    make.commit()
    client = sign_in_as(app, db, manager)
    typed = {"kind": "donation", "amount": "a lot", "currency": "EUR", "causes": "Sea rescue"}
    refused = client.post(address, data=typed)
    assert refused.status_code == 422
    assert "a lot" in refused.text
    assert "Sea rescue" in refused.text
    assert client.post(address, data=typed | {"amount": "25"}).status_code == 303
    assert 'value="25.00"' in client.get(address).text


def test_something_is_offered_by_hand_where_no_rule_does(
    app: Flask, db: Database, make: Factory, manager: User
):
    make.workspace()
    interview = make.interview()
    public_id = interview.public_id
    make.commit()
    client = sign_in_as(app, db, manager)
    assert "Offer something" in client.get(f"/interviews/{public_id}").text
    given = {"kind": "gift", "amount": "20", "currency": "EUR"}
    assert client.post(f"/interviews/{public_id}/thanks", data=given).status_code == 303
    assert "Gift, €20" in client.get(f"/interviews/{public_id}").text


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP])
def test_only_those_who_run_the_programme_open_the_ledger(
    app: Flask, db: Database, make: Factory, programme: Programme, role: Role
):
    row = thanks_of(make, hear(make, programme))
    user, public_id = make.user(role), row.public_id
    make.commit()
    client = sign_in_as(app, db, user)
    for address in ("/thanks", "/thanks.csv", f"/thanks/{public_id}", f"/thanks/{public_id}/sent"):
        assert client.get(address).status_code in (403, 404)
    assert client.post(f"/thanks/{public_id}/approve").status_code in (403, 404)
