"""Every change of the reason list is a version with who and why, and nothing of an earlier one is
lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM, NotFound
from app.core.db import Database
from app.identity.models import Role
from app.market.models import Life
from app.market.operations import NameTaken
from app.tagging import queries, reasons
from app.tagging.codebook import queries as versions
from app.tagging.codebook.loading import load_reason_list
from app.tagging.codebook.models import ListChange, ListVersion
from app.tagging.codebook.tree import ids_below, walk
from app.tagging.codebook_files import shipped_codebook
from app.tagging.models import Reason
from app.tagging.reasons import ReasonText, WrongPlace
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

PRICE = ReasonText("Price", "What is asked.", "Discounts.", "Budget.", {"en": ["too dear"]})


@pytest.fixture
def money(session: Session) -> Reason:
    return reasons.add_category(session, SYSTEM, "Money")


@pytest.fixture
def price(session: Session, money: Reason) -> Reason:
    return reasons.add_reason(session, SYSTEM, money, PRICE)


@pytest.fixture
def manager(app: Flask, db: Database, make: Factory, price: Reason) -> FlaskClient:
    make.workspace()
    user = make.user(Role.PROGRAMME_MANAGER, name="Ingrid Sørli")
    make.commit()
    return sign_in_as(app, db, user)


def reworded(session: Session, price: Reason, name: str, why: str = "Clearer.") -> None:
    text = ReasonText(name, price.definition, price.includes, price.excludes, price.seeds)
    assert price.parent is not None
    reasons.edit_reason(session, SYSTEM, price, price.parent, text, why=why)


def changes(session: Session) -> list[ListChange]:
    return list(session.scalars(select(ListVersion.change).order_by(ListVersion.number)))


# What is a version


def test_each_change_is_a_version_with_who_when_and_why(session: Session, price: Reason):
    reworded(session, price, "What it costs", why="Buyers never say price.")
    version = versions.latest_version(session)
    assert version is not None
    assert (version.number, version.change, version.made_by_name, version.why) == (
        3,
        ListChange.EDITED,
        SYSTEM.name,
        "Buyers never say price.",
    )
    assert abs(version.made_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_saving_without_a_change_makes_no_version(session: Session, price: Reason):
    reworded(session, price, "Price")
    assert changes(session) == [ListChange.ADDED, ListChange.ADDED]


def test_a_loaded_list_is_one_version(session: Session):
    load_reason_list(session, SYSTEM, shipped_codebook("starter"))
    load_reason_list(session, SYSTEM, shipped_codebook("starter"))
    assert changes(session) == [ListChange.LOADED]


def test_a_draft_is_no_part_of_the_list_until_it_is_accepted(session: Session, money: Reason):
    draft = reasons.draft_reason(session, SYSTEM, "Parking")
    assert changes(session) == [ListChange.ADDED]
    reasons.accept_draft(session, SYSTEM, draft, money)
    assert changes(session)[-1] is ListChange.ACCEPTED


def test_retiring_and_bringing_back_are_versions(session: Session, price: Reason):
    reasons.retire_reason(session, SYSTEM, price, why="Nobody uses it.")
    reasons.bring_back_reason(session, SYSTEM, price)
    assert changes(session)[-2:] == [ListChange.RETIRED, ListChange.BROUGHT_BACK]


# The list as it stood


def test_the_list_stands_as_it_was_in_each_version(session: Session, price: Reason):
    reworded(session, price, "Cost")
    reworded(session, price, "Total cost")
    said = [
        [row.name for row in versions.standing_in(session, versions.version_by_number(session, n))]
        for n in (1, 2, 3, 4)
    ]
    assert said == [["Money"], ["Money", "Price"], ["Money", "Cost"], ["Money", "Total cost"]]


def test_a_version_says_what_was_there_before(session: Session, price: Reason):
    reworded(session, price, "Cost")
    (changed,) = versions.changed_in(session, versions.version_by_number(session, 3))
    assert changed.before is not None
    assert (changed.before.name, changed.after.name) == ("Price", "Cost")


def test_the_version_of_a_day_is_the_one_that_stood_then(session: Session, price: Reason):
    long_ago, now = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(seconds=1)
    first, last = versions.version_at(session, long_ago), versions.version_at(session, now)
    assert first is not None
    assert last is not None
    assert (first.number, last.number) == (1, 2)


def test_a_version_that_was_never_made_is_not_found(session: Session):
    with pytest.raises(NotFound):
        versions.version_by_number(session, 7)


# The tree


def test_a_reason_may_have_narrower_ones(session: Session, price: Reason):
    discounts = ReasonText("Discounts", "What was taken off.", "", "", {})
    reasons.add_reason(session, SYSTEM, price, discounts)
    (each,) = queries.reason_list(session)
    assert [(row.name, each.depths[row.id]) for row in each.reasons] == [
        ("Price", 1),
        ("Discounts", 2),
    ]
    assert [row.name for row in queries.usable_reasons(session)] == ["Price", "Discounts"]


def test_narrower_reasons_stay_where_the_wider_one_is_retired(session: Session, price: Reason):
    reasons.add_reason(session, SYSTEM, price, ReasonText("Discounts", "Off.", "", "", {}))
    reasons.retire_reason(session, SYSTEM, price, why="Too wide.")
    (each,) = queries.reason_list(session)
    assert [row.name for row in each.reasons] == ["Discounts"]


def test_no_reason_stands_under_itself(session: Session, price: Reason):
    below = reasons.add_reason(session, SYSTEM, price, ReasonText("Discounts", "Off.", "", "", {}))
    for parent in (price, below):
        with pytest.raises(WrongPlace):
            reasons.edit_reason(session, SYSTEM, price, parent, PRICE, why="Try.")


def test_moving_to_another_place_is_a_version_of_its_own_kind(session: Session, price: Reason):
    other = reasons.add_category(session, SYSTEM, "Terms")
    reasons.edit_reason(session, SYSTEM, price, other, PRICE, why="It belongs there.")
    assert changes(session)[-1] is ListChange.MOVED
    assert price.parent_id == other.id


def test_reasons_change_places(session: Session, money: Reason, price: Reason):
    reasons.add_reason(session, SYSTEM, money, ReasonText("Budget", "What was there.", "", "", {}))
    reasons.move_reason(session, SYSTEM, price, up=False)
    assert [row.name for row in queries.usable_reasons(session)] == ["Budget", "Price"]
    before = changes(session)
    reasons.move_reason(session, SYSTEM, price, up=False)
    assert changes(session) == before
    reasons.move_reason(session, SYSTEM, price, up=True)
    assert [row.name for row in queries.usable_reasons(session)] == ["Price", "Budget"]


def test_two_categories_never_have_one_name(session: Session, money: Reason):
    terms = reasons.add_category(session, SYSTEM, "Terms")
    with pytest.raises(NameTaken):
        reasons.edit_category(session, SYSTEM, terms, "MONEY", "", why="Try.")
    reasons.edit_category(session, SYSTEM, terms, "Terms of business", "What is agreed.", why="So.")
    assert terms.name == "Terms of business"


def test_a_tree_is_walked_parents_first(make: Factory):
    top = make.reason("Top", position=1)
    late = make.reason("Late", parent=top, position=2)
    early = make.reason("Early", parent=top, position=1)
    deep = make.reason("Deep", parent=late)
    rows = [deep, late, early, top]
    assert [(row.name, depth) for row, depth in walk(rows, lambda row: row.id)] == [
        ("Top", 0),
        ("Early", 1),
        ("Late", 1),
        ("Deep", 2),
    ]
    assert ids_below(rows, lambda row: row.id, late.id) == {deep.id}


# The pages


def test_an_edit_asks_why_and_keeps_what_was_typed(db: Database, manager, price: Reason, money):
    given = {"name": "Cost", "category": money.public_id, "definition": "All of it."}
    page = manager.post(f"/reasons/{price.public_id}", data=given)
    assert page.status_code == 422
    assert "Say why" in page.text
    assert "All of it." in page.text
    kept = manager.post(f"/reasons/{price.public_id}", data=given | {"why": "Wider."})
    assert kept.status_code == 303
    with db.reading() as session:
        assert session.scalars(select(Reason.name)).all() == ["Money", "Cost"]


def test_examples_and_a_colour_are_kept(db: Database, manager, price: Reason, money):
    given = {
        "name": "Price",
        "category": money.public_id,
        "definition": "What is asked.",
        "examples": "It was twice the other.\n\n  Nobody could pay that. ",
        "colour": "#1F7A8C",
        "why": "Examples help.",
    }
    assert manager.post(f"/reasons/{price.public_id}", data=given).status_code == 303
    with db.reading() as session:
        row = session.get_one(Reason, price.id)
        assert (row.examples, row.colour) == (
            ["It was twice the other.", "Nobody could pay that."],
            "#1f7a8c",
        )
    assert (
        "Write a colour as #"
        in manager.post(f"/reasons/{price.public_id}", data=given | {"colour": "teal"}).text
    )
    assert "It was twice the other." in manager.get("/reasons").text


def test_the_versions_show_what_changed_by_whom_and_why(manager, price: Reason, money: Reason):
    given = {
        "name": "Cost",
        "category": money.public_id,
        "definition": "All of it.",
        "why": "Wide.",
    }
    manager.post(f"/reasons/{price.public_id}", data=given)
    listed = manager.get("/reasons/versions").text
    assert "Reworded. Wide." in listed
    assert "Ingrid Sørli" in listed
    page = manager.get("/reasons/versions/3").text
    assert "<del>Price</del> <ins>Cost</ins>" in page
    assert "Price" in manager.get("/reasons/versions/2/list").text
    assert "Cost" not in manager.get("/reasons/versions/2/list").text
    assert manager.get("/reasons/versions/99").status_code == 404
    assert "Wide." in manager.get(f"/reasons/{price.public_id}").text


def test_many_versions_come_page_by_page(manager, session: Session, price: Reason, db: Database):
    for number in range(60):
        reworded(session, price, f"Price {number}")
    session.commit()
    with query_budget(db, 6):
        first = manager.get("/reasons/versions").text
    assert "Older versions" in first
    assert "Version 62<" in first
    older = manager.get("/reasons/versions?before=13").text
    assert "Version 12<" in older
    assert "Older versions" not in older


def test_a_category_is_renamed_with_a_why(db: Database, manager, money: Reason):
    address = f"/reasons/categories/{money.public_id}"
    assert "Money" in manager.get(address).text
    given = {"name": "Price and terms", "definition": "What it costs."}
    assert manager.post(address, data=given).status_code == 422
    assert manager.post(address, data=given | {"why": "Wider."}).status_code == 303
    with db.reading() as session:
        assert session.get_one(Reason, money.id).name == "Price and terms"


def test_a_reason_is_moved_by_a_button(manager, session: Session, money: Reason, price: Reason, db):
    reasons.add_reason(session, SYSTEM, money, ReasonText("Budget", "There.", "", "", {}))
    session.commit()
    manager.post(f"/reasons/{price.public_id}/move", data={"way": "down"})
    with db.reading() as reading:
        assert [row.name for row in queries.usable_reasons(reading)] == ["Budget", "Price"]


def test_a_retired_reason_is_not_moved(manager, session: Session, price: Reason):
    price.life = Life.RETIRED
    session.commit()
    assert manager.post(f"/reasons/{price.public_id}/move").status_code == 404
