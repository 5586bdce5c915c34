"""The reason list: loaded, kept by the programme manager, read by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.db import Database
from app.core.events import publish
from app.identity.events import WorkspaceMade
from app.identity.models import Role
from app.market import operations as market
from app.market.models import Life
from app.tagging import evidence, queries, reasons, seed_words
from app.tagging.codebook.loading import load_reason_list
from app.tagging.codebook.merging import merge_reason
from app.tagging.codebook_files import shipped_codebook
from app.tagging.models import Direction, FinishReason, Reason, Tag, TagEvidence
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as


@pytest.fixture
def sign_in(app: Flask, db: Database, make: Factory) -> Callable[[Role], FlaskClient]:
    def as_role(role: Role) -> FlaskClient:
        make.workspace()
        user = make.user(role)
        make.commit()
        return sign_in_as(app, db, user)

    return as_role


def names(session: Session) -> list[str]:
    return [row.name for each in queries.reason_list(session) for row in each.reasons]


def fresh(db: Database, name: str) -> Reason | None:
    with db.reading() as session:
        return session.scalar(select(Reason).where(Reason.name == name))


# Loading


def test_a_new_workspace_begins_with_the_starter_list(session: Session):
    publish(session, WorkspaceMade(1))
    starter = shipped_codebook("starter")
    assert names(session) == [reason.name for reason in starter.reasons]
    assert len(queries.reason_list(session)) == len(starter.categories) == 8


def test_loading_again_changes_nothing(session: Session):
    first = load_reason_list(session, SYSTEM, shipped_codebook("starter"))
    again = load_reason_list(session, SYSTEM, shipped_codebook("starter"))
    assert first.added > 40
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)


def test_loading_brings_texts_to_the_file_and_leaves_retired_reasons_retired(session: Session):
    load_reason_list(session, SYSTEM, shipped_codebook("starter"))
    price = queries.reason_by_key(session, "price")
    price.definition = "Something else."
    reasons.retire_reason(session, SYSTEM, price, why="Nobody uses it.")
    loaded = load_reason_list(session, SYSTEM, shipped_codebook("starter"))
    assert loaded.changed == 1
    assert price.definition.startswith("The amount asked")
    assert price.life is Life.RETIRED


def test_a_further_list_stands_after_the_starter(session: Session):
    for name in ("starter", "health_systems"):
        load_reason_list(session, SYSTEM, shipped_codebook(name))
    assert names(session)[-1] == shipped_codebook("health_systems").reasons[-1].name


# Drafts


def test_a_name_that_is_known_makes_no_draft(make: Factory, session: Session):
    category = make.reason("Money")
    price = make.reason("Über den Preis", parent=category, aliases=["What it costs"])
    for name in ("über  den PREIS", "What it COSTS", price.key):
        assert reasons.draft_reason(session, SYSTEM, name) is price
    draft = reasons.draft_reason(session, SYSTEM, "  Parking   space ")
    assert (draft.name, draft.life) == ("Parking space", Life.DRAFT)
    assert reasons.draft_reason(session, SYSTEM, "parking space") is draft


def test_a_merged_draft_leaves_its_tags_taps_and_name_to_the_other(make: Factory, session: Session):
    price = make.reason("Price", parent=make.reason("Money"))
    draft = reasons.draft_reason(session, SYSTEM, "Too dear")
    tagged, tapped = make.interview(state="tagged"), make.interview(state="held")
    quote = make.verbatim(make.answer(tagged))
    make.tag(quote, draft)
    make.finish_reason(tapped, draft, is_decisive=True)
    make.finish_reason(tapped, price)
    evidence.refresh_interviews(session, [tagged.id, tapped.id])

    merge_reason(session, SYSTEM, draft, price, why="The same.")

    assert session.scalars(select(Tag.reason_id)).all() == [price.id]
    taps = session.scalars(select(FinishReason)).all()
    assert [(tap.reason_id, tap.is_decisive) for tap in taps] == [(price.id, True)]
    assert set(session.scalars(select(TagEvidence.reason_id))) == {price.id}
    assert queries.reason_by_name(session, "Too dear") is price


def test_a_quote_with_both_reasons_keeps_one_tag_after_a_merge(make: Factory, session: Session):
    price, draft = make.reason("Price", parent=make.reason()), make.reason("Dear", life=Life.DRAFT)
    quote = make.verbatim(make.answer(make.interview()))
    kept = make.tag(quote, price, direction=Direction.AGAINST)
    make.tag(quote, draft)
    merge_reason(session, SYSTEM, draft, price, why="The same.")
    standing = session.scalars(select(Tag).where(Tag.removed_at.is_(None))).all()
    assert standing == [kept]


def test_tags_and_their_evidence_follow_a_merged_competitor(make: Factory, session: Session):
    rival, other = make.competitor("Fenwick"), make.competitor("Fenwick Ltd")
    interview = make.interview(state="tagged")
    make.tag(make.verbatim(make.answer(interview)), make.reason(), competitor=other)
    evidence.refresh_interviews(session, [interview.id])
    market.merge_competitor(session, SYSTEM, other, rival)
    cited = select(TagEvidence.competitor_id).where(TagEvidence.competitor_id.is_not(None))
    assert session.scalars(cited).all() == [rival.id]


# Words that buyers say


def test_words_are_written_as_lines_and_read_back():
    seeds = {"en": ["too expensive", "cheaper"], "de": ["zu teuer"]}
    assert seed_words.read(seed_words.written(seeds)) == seeds
    assert seed_words.read("price, Price ,dear\n\n") == {"en": ["price", "dear"]}
    with pytest.raises(seed_words.UnknownLanguage, match="'Nonsense' is no language"):
        seed_words.read("Nonsense: one, two")


# The page


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_list_and_only_who_keeps_it_edits(role: Role, make: Factory, sign_in):
    price = make.reason("Price", parent=make.reason("Money"), definition="What is asked.")
    client = sign_in(role)
    page = client.get("/reasons").text
    assert "What is asked." in page
    keeps = role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
    assert ("Add a reason" in page) is keeps
    assert client.get(f"/reasons/{price.public_id}").status_code == (200 if keeps else 403)
    retired = client.post(f"/reasons/{price.public_id}/retire", data={"why": "Nobody uses it."})
    assert retired.status_code == (303 if keeps else 403)


def test_the_list_asks_a_fixed_number_of_times(make: Factory, db: Database, sign_in):
    for _ in range(3):
        category = make.reason()
        for _ in range(5):
            make.reason(parent=category, seeds={"en": ["word"]})
    client = sign_in(Role.PROGRAMME_MANAGER)
    with query_budget(db, 7):
        assert client.get("/reasons").status_code == 200


def test_a_reason_is_added_to_a_new_category(db: Database, sign_in):
    client = sign_in(Role.PROGRAMME_MANAGER)
    given = {
        "name": "Parking",
        "category": "new",
        "new_category": "Premises",
        "definition": "Where to leave the car.",
        "seeds": "parking space, garage\nde: Parkplatz",
    }
    assert client.post("/reasons/new", data=given).status_code == 303
    with db.reading() as session:
        (each,) = queries.reason_list(session)
    assert (each.category.name, [row.name for row in each.reasons]) == ("Premises", ["Parking"])
    assert each.reasons[0].seeds == {"en": ["parking space", "garage"], "de": ["Parkplatz"]}


def test_a_refused_reason_keeps_what_was_typed_and_adds_nothing(make: Factory, db, sign_in):
    make.reason("Price", parent=make.reason("Money"))
    client = sign_in(Role.PROGRAMME_MANAGER)
    given = {
        "name": "price",
        "category": "new",
        "new_category": "Premises",
        "definition": "<b>Asked & given</b>",
    }
    page = client.post("/reasons/new", data=given)
    assert page.status_code == 422
    assert "already there, as Price" in page.text
    assert "&lt;b&gt;Asked &amp; given&lt;/b&gt;" in page.text
    assert fresh(db, "Premises") is None


def test_a_draft_is_accepted_into_a_category_or_merged(make: Factory, db: Database, sign_in):
    money = make.reason("Money")
    make.reason("Price", parent=money)
    dear, parking = make.reason("Dear", life=Life.DRAFT), make.reason("Parking", life=Life.DRAFT)
    client = sign_in(Role.PROGRAMME_MANAGER)
    assert "2 drafts to decide" in client.get("/reasons").text
    client.post(f"/reasons/{dear.public_id}/same-as", data={"into": "price"})
    client.post(f"/reasons/{parking.public_id}/accept", data={"category": money.public_id})
    assert fresh(db, "Dear").merged_into_id == fresh(db, "Price").id
    assert fresh(db, "Price").aliases == ["Dear"]
    assert (fresh(db, "Parking").life, fresh(db, "Parking").parent_id) == (Life.ACTIVE, money.id)


def test_merging_into_nothing_is_refused_with_a_word(make: Factory, db: Database, sign_in):
    dear = make.reason("Dear", life=Life.DRAFT)
    client = sign_in(Role.PROGRAMME_MANAGER)
    answer = client.post(
        f"/reasons/{dear.public_id}/same-as", data={"into": "Dear"}, follow_redirects=True
    )
    assert "Choose the reason that it is the same as." in answer.text
    assert fresh(db, "Dear") is not None


def test_retiring_asks_first_and_can_be_taken_back(make: Factory, db: Database, sign_in):
    price = make.reason("Price", parent=make.reason("Money"))
    make.tag(make.verbatim(make.answer(make.interview())), price)
    client = sign_in(Role.PROGRAMME_MANAGER)
    address = f"/reasons/{price.public_id}"
    assert "in 1 interview, and stays counted" in client.get(f"{address}/retire").text
    assert fresh(db, "Price").life is Life.ACTIVE
    assert "Say why" in client.post(f"{address}/retire").text
    client.post(f"{address}/retire", data={"why": "Nobody uses it."})
    assert fresh(db, "Price").life is Life.RETIRED
    assert "is offered no more" in client.get("/reasons").text
    assert "Price" not in client.get("/reasons").text
    assert "Bring back" in client.get("/reasons?retired=shown").text
    client.post(f"{address}/bring-back")
    assert fresh(db, "Price").life is Life.ACTIVE


def test_a_shipped_list_is_added_by_one_click(db: Database, sign_in):
    client = sign_in(Role.PROGRAMME_MANAGER)
    assert "Health systems" in client.get("/reasons").text
    client.post("/reasons/lists/health_systems")
    assert fresh(db, "Layers of veto") is not None
    assert client.post("/reasons/lists/nonsense").status_code == 404
