"""What an import writes, and that it can be run again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.access import Actor
from app.core.db import Database
from app.core.events import _handlers
from app.deals.events import DealsChanged
from app.deals.importing import operations, queries, results, running
from app.deals.importing.opening import InputFile, open_files
from app.deals.importing.options import Options
from app.deals.importing.products import merge_product, part_product
from app.deals.models import (
    Account,
    Contact,
    Deal,
    DealCompetitor,
    DealContact,
    DealFact,
    Outcome,
    Seller,
    StagedRow,
)
from app.market.models import Competitor, Life
from tests.deals.importing.files import HEADER, deal, write
from tests.factories import Factory

NIKO = Actor(7, "Niko")

Import = Callable[..., dict[str, Any]]


@pytest.fixture
def run(db: Database, make: Factory) -> Import:
    """Import files and give the result, as a command does."""
    make.workspace()
    make.commit()

    def run(deals: InputFile, options: Options | None = None, **more: InputFile) -> dict[str, Any]:
        files = {"deals": deals, **more}
        options = options or Options(currency="EUR")
        with db.reading() as session:
            products = queries.known_products(session)
        opened = open_files(files, options, None, products)
        assert opened.questions == ()
        with db.writing() as session:
            row = operations.add_import(session, NIKO, deals.name, {}, options)
            operations.begin(session, NIKO, row, opened)
            import_id = row.id
        running.run(db, NIKO, import_id, lambda: opened, lambda *_: None)
        with db.reading() as session:
            return results.summary(session, queries.import_by_id(session, import_id))

    return run


def counted(result: dict[str, Any]) -> tuple[int, ...]:
    return tuple(result[name] for name in ("rows", "created", "updated", "unchanged", "rejected"))


def only_deal(db: Database, external_id: str = "D1") -> Deal:
    with db.reading() as session:
        return session.scalars(select(Deal).where(Deal.external_id == external_id)).one()


def count(db: Database, model: Any) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_deal_comes_with_its_account_and_seller(run: Import, db: Database, tmp_path: Path):
    run(write(tmp_path, deal(1, amount="$84,000.50")))
    found = only_deal(db)
    assert (found.name, found.outcome, found.stage) == ("Deal 1", Outcome.LOST, "Closed lost")
    assert (found.amount_minor, found.currency) == (84_000_50, "USD")
    assert (str(found.opened_on), str(found.closed_on)) == ("2026-01-10", "2026-03-20")
    with db.reading() as session:
        account = session.get_one(Account, found.account_id)
        seller = session.get_one(Seller, found.seller_id)
    assert (account.name, seller.name) == ("Account 1", "Ana Ruiz")


def test_the_same_file_again_changes_nothing(run: Import, db: Database, tmp_path: Path):
    rows = [deal(n, account=f"Account {n % 3}") for n in range(1, 8)]
    assert counted(run(write(tmp_path, *rows))) == (7, 7, 0, 0, 0)
    assert counted(run(write(tmp_path, *rows))) == (7, 0, 0, 7, 0)
    assert (count(db, Deal), count(db, Account), count(db, Seller)) == (7, 3, 1)
    assert count(db, StagedRow) == 0


def test_a_change_in_the_crm_updates_the_deal(run: Import, db: Database, tmp_path: Path):
    run(write(tmp_path, deal(1, stage="Negotiation", closed=""), deal(2)), OPEN)
    result = run(write(tmp_path, deal(1, stage="Closed won"), deal(2)), OPEN)
    assert counted(result) == (2, 0, 1, 1, 0)
    assert only_deal(db).outcome == Outcome.WON


OPEN = Options(currency="EUR", outcomes=("Negotiation=open",))


def test_open_deals_count_as_created_and_have_no_closing_day(
    run: Import, db: Database, tmp_path: Path
):
    result = run(write(tmp_path, deal(1, stage="Negotiation"), deal(2)), OPEN)
    assert result["created"] == 2
    assert result["by_outcome"] == {"open": 1, "lost": 1}
    assert only_deal(db).closed_on is None


def test_a_blank_in_the_crm_does_not_erase_what_a_person_typed(
    run: Import, db: Database, tmp_path: Path
):
    header = HEADER + ",Closed Lost Reason"
    run(write(tmp_path, deal(1) + ",", header=header))
    with db.writing() as session:
        session.scalars(select(Deal)).one().stated_reason = "Price, they said"
    run(write(tmp_path, deal(1, amount="99") + ",", header=header))
    found = only_deal(db)
    assert (found.amount_minor, found.stated_reason) == (99_00, "Price, they said")


def test_refused_rows_say_line_field_value_and_why(run: Import, db: Database, tmp_path: Path):
    result = run(write(tmp_path, deal(1, closed="31/02/2026"), deal(2, closed="15/03/2026")))
    assert counted(result) == (2, 1, 0, 0, 1)
    assert result["refused"] == [
        {
            "file": "deals",
            "line": 2,
            "field": "closed_on",
            "value": "31/02/2026",
            "why": "is not a day of the calendar",
        }
    ]
    assert count(db, Deal) == 1


def test_an_exact_duplicate_is_imported_once_and_said(run: Import, db: Database, tmp_path: Path):
    result = run(write(tmp_path, deal(1), deal(1)))
    assert (result["created"], result["ignored"]) == (1, 1)
    assert result["repeated"][0]["why"] == "the same as line 2"


def test_closing_before_the_beginning_is_kept_and_flagged(
    run: Import, db: Database, tmp_path: Path
):
    result = run(write(tmp_path, deal(1, closed="2026-01-01")))
    assert only_deal(db).closed_before_opened
    assert [each["field"] for each in result["flags"]] == ["closed_on"]


CONTACTS = HEADER + ",Contact Name,Contact Email,Contact Role"


def test_a_contact_role_report_gives_one_deal_with_several_people(
    run: Import, db: Database, tmp_path: Path
):
    rows = [
        deal(1) + ",Ada Byron,ada@example.com,Decision Maker",
        deal(1) + ",Alan Hill,alan@example.com,Champion",
    ]
    assert run(write(tmp_path, *rows, header=CONTACTS))["further_contacts"] == 1
    with db.reading() as session:
        people = session.execute(
            select(Contact.name, Contact.email, DealContact.buying_role)
            .join(Contact, Contact.id == DealContact.contact_id)
            .order_by(Contact.name)
        ).all()
    assert [tuple(person) for person in people] == [
        ("Ada Byron", "ada@example.com", "decision_maker"),
        ("Alan Hill", "alan@example.com", "champion"),
    ]
    again = run(write(tmp_path, *rows, header=CONTACTS))
    assert counted(again) == (2, 0, 0, 1, 0)
    assert count(db, Contact) == 2


def test_somebody_new_at_a_known_deal_updates_it(run: Import, db: Database, tmp_path: Path):
    run(write(tmp_path, deal(1)))
    header = HEADER + ",Contact Email"
    result = run(write(tmp_path, deal(1) + ",ada@example.com", header=header))
    assert result["updated"] == 1
    assert count(db, DealContact) == 1


def test_people_without_an_address_are_known_by_name_within_their_account(
    run: Import, db: Database, tmp_path: Path
):
    rows = [
        deal(1, account="Acme") + ",Émile Zola,,",
        deal(2, account="ACME") + ",émile zola,,",
        deal(3, account="Borealis") + ",Émile Zola,,",
    ]
    for _ in range(2):
        run(write(tmp_path, *rows, header=CONTACTS))
    assert (count(db, Account), count(db, Contact), count(db, DealContact)) == (2, 2, 3)


def test_files_of_accounts_contacts_and_links_are_joined_by_id(
    run: Import, db: Database, tmp_path: Path
):
    deals = write(
        tmp_path,
        "D1,Widgets,Closed Won,2026-03-01,A1",
        "D2,Gadgets,Closed Lost,2026-03-02,A1",
        header="Id,Name,StageName,CloseDate,AccountId",
    )
    accounts = write(
        tmp_path, "A1,Acme,Freight,Europe", header="Id,Name,Industry,Region", name="accounts.csv"
    )
    contacts = write(
        tmp_path,
        "C1,Ada,Byron,ada@example.com,A1,CFO,1",
        header="Id,FirstName,LastName,Email,AccountId,Title,HasOptedOutOfEmail",
        name="contacts.csv",
    )
    links = write(
        tmp_path,
        "D1,C1,Economic Buyer",
        "D9,C1,User",
        header="OpportunityId,ContactId,Role",
        name="links.csv",
    )
    for created, updated in ((2, 0), (0, 0)):
        result = run(deals, accounts=accounts, contacts=contacts, links=links)
        assert (result["created"], result["updated"]) == (created, updated)
        assert [each["value"] for each in result["refused"]] == ["D9"]
    with db.reading() as session:
        account = session.scalars(select(Account)).one()
        ada = session.scalars(select(Contact)).one()
        part = session.scalars(select(DealContact)).one()
    assert (account.name, account.industry, account.region) == ("Acme", "Freight", "Europe")
    assert (ada.name, ada.job_title, ada.do_not_contact) == ("Ada Byron", "CFO", True)
    assert part.buying_role == "economic_buyer"


def test_contacts_that_come_later_find_their_deals(run: Import, db: Database, tmp_path: Path):
    header = HEADER + ",Associated Contact IDs"
    deals = write(tmp_path, deal(1) + ",77", header=header)
    result = run(deals)
    assert result["flags"][0]["field"] == "contact"
    contacts = write(
        tmp_path,
        "77,Ada,ada@example.com",
        header="Record ID,First Name,Email",
        name="contacts.csv",
    )
    assert run(deals, contacts=contacts)["updated"] == 1
    assert run(deals, contacts=contacts)["unchanged"] == 1


def test_unknown_competitors_become_drafts(
    run: Import, db: Database, tmp_path: Path, make: Factory
):
    make.competitor("Fenwick", aliases=["FWL"])
    make.commit()
    header = HEADER + ",Competitors,Lost To"
    result = run(write(tmp_path, deal(1) + ",FWL;Orbis,orbis", header=header))
    assert result["drafts"] == ["Orbis"]
    with db.reading() as session:
        names = session.execute(select(Competitor.name, Competitor.life)).all()
        met = session.scalar(select(func.count()).select_from(DealCompetitor))
    assert dict(tuple(name) for name in names)["Orbis"] is Life.DRAFT
    assert met == 2
    assert only_deal(db).won_by_id is not None


def test_further_columns_are_typed_facts_and_long_text_is_cut_with_a_note(
    run: Import, db: Database, tmp_path: Path
):
    header = HEADER + ",Probability,Next Meeting,Notes"
    result = run(write(tmp_path, deal(1) + ",18.00%,2026-04-01," + "x" * 1500, header=header))
    with db.reading() as session:
        facts = {fact.name: fact for fact in session.scalars(select(DealFact))}
    assert facts["Probability"].number_value == 18
    assert str(facts["Next Meeting"].date_value) == "2026-04-01"
    assert len(facts["Notes"].text_value) == 1000
    assert "1,500 characters" in result["flags"][0]["why"]


def test_a_deal_added_by_hand_is_joined_where_it_is_certain(
    run: Import, db: Database, tmp_path: Path, make: Factory
):
    by_hand = make.deal(
        "lost", account=make.account("Acme"), external_id=None, name="Acme", closed_on=None
    )
    make.commit()
    result = run(write(tmp_path, deal(1, account="acme"), deal(2, account="Borealis")))
    assert (result["created"], result["updated"], result["joined_by_hand"]) == (1, 1, 1)
    assert only_deal(db).id == by_hand.id


def test_of_two_likely_deals_the_one_with_the_same_person_is_joined(
    run: Import, db: Database, tmp_path: Path, make: Factory
):
    acme = make.account("Acme")
    by_hand = make.deal("lost", account=acme, external_id=None, closed_on=None)
    make.deal_contact(by_hand, make.contact(acme, email="ada@example.com"))
    make.commit()
    header = HEADER + ",Contact Email"
    rows = [
        deal(1, account="Acme") + ",alan@example.com",
        deal(2, account="Acme") + ",ada@example.com",
    ]
    run(write(tmp_path, *rows, header=header))
    assert only_deal(db, "D2").id == by_hand.id


def test_where_it_may_be_several_nothing_is_joined_and_it_is_said(
    run: Import, db: Database, tmp_path: Path, make: Factory
):
    make.deal("lost", account=make.account("Acme"), external_id=None, name="Talk", closed_on=None)
    make.commit()
    result = run(write(tmp_path, deal(1, account="Acme"), deal(2, account="Acme")))
    assert (result["created"], result["unsure_by_hand"]) == (2, ["Talk"])


def test_a_seller_with_a_users_address_is_that_user(
    run: Import, db: Database, tmp_path: Path, make: Factory
):
    user = make.user(email="ana@halden.example")
    make.commit()
    header = HEADER + ",Owner Email"
    run(write(tmp_path, deal(1) + ",Ana@Halden.example", header=header))
    with db.reading() as session:
        assert session.scalars(select(Seller)).one().user_id == user.id


def test_every_batch_says_which_deals_count_differently(
    run: Import, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told: list[int] = []
    handlers = [lambda _session, event: told.append(len(event.deal_ids))]
    monkeypatch.setitem(_handlers, DealsChanged, handlers)
    rows = [deal(n) for n in range(1, 1_202)]
    run(write(tmp_path, *rows))
    assert told == [500, 500, 201]
    run(write(tmp_path, deal(1, name="Renamed"), *rows[1:-1], deal(1_201, stage="Closed won")))
    assert told[3:] == [1]


def test_two_spellings_of_a_product_are_offered_and_merged_only_by_a_person(
    run: Import, db: Database, tmp_path: Path
):
    header = HEADER + ",Product"
    rows = [deal(1) + ",GTX Pro", deal(2) + ",GTX Pro", deal(3) + ",GTXPro"]
    result = run(write(tmp_path, *rows, header=header))
    assert result["likely_products"] == [{"name": "GTXPro", "count": 1, "likely": "GTX Pro"}]
    assert only_deal(db, "D3").product == "GTXPro"
    with db.writing() as session:
        assert merge_product(session, NIKO, "GTXPro", "GTX Pro") == 1
    rows[2] = deal(3, name="Renamed") + ",GTXPro"
    run(write(tmp_path, *rows, header=header))
    assert only_deal(db, "D3").product == "GTX Pro"
    with db.writing() as session:
        part_product(session, NIKO, queries.get_product_spelling(session, "GTXPro"))
    assert [only_deal(db, f"D{n}").product for n in (1, 2, 3)] == ["GTX Pro", "GTX Pro", "GTXPro"]


def test_a_rehearsal_counts_and_changes_nothing(run: Import, db: Database, tmp_path: Path):
    run(write(tmp_path, deal(1), deal(2)))
    file = write(tmp_path, deal(1), deal(2, name="Renamed"), deal(3), deal(4, closed="soon"))
    opened = open_files({"deals": file}, Options(currency="EUR"), None, ())
    with db.reading() as session:
        kept, refused, _ = results.rehearse(session, opened)
    assert counted(results.counts(kept)) == (4, 1, 1, 1, 1)
    assert refused[0].line == 5
    assert count(db, Deal) == 2
