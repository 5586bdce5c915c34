"""Writing a guide on its pages: drafts, versions, import and export, who may."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.access import SYSTEM, Actor
from app.core.db import Database
from app.guides import drafting, drafts, queries
from app.guides.models import GuideDraft, Origin
from app.guides.operations import SHIPPED, load_shipped
from app.guides.reading import read_guide
from app.guides.versions import guide_of
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

ADA = Actor(1, "Ada")
BEN = Actor(2, "Ben")
BAD = "Don't you think our offer was clearer?"
LOSS = (SHIPPED / "loss.yaml").read_text(encoding="utf-8")


@pytest.fixture
def draft(session: Session) -> GuideDraft:
    """A draft of the shipped loss guide."""
    load_shipped(session, SHIPPED)
    return drafts.begin(session, ADA, queries.newest_version(session, "loss"))


def question(draft: GuideDraft, question_id: str = "pain_cost") -> dict:
    return drafting.find_question(draft.content, question_id)[1]


def test_two_people_at_different_questions_do_not_clash(session: Session, draft: GuideDraft):
    first, second = (drafting.digest(question(draft, each)) for each in ("pain_cost", "needs"))
    drafts.save_question(session, ADA, draft, "pain_cost", {"why": "Ada's."}, first)
    drafts.save_question(session, BEN, draft, "needs", {"why": "Ben's."}, second)
    assert question(draft)["why"] == "Ada's."
    assert question(draft, "needs")["why"] == "Ben's."


def test_two_people_at_one_question_overwrite_nothing(session: Session, draft: GuideDraft):
    seen = drafting.digest(question(draft))
    drafts.save_question(session, ADA, draft, "pain_cost", {"why": "Ada's."}, seen)
    with pytest.raises(drafts.Clash) as clash:
        drafts.save_question(session, BEN, draft, "pain_cost", {"why": "Ben's."}, seen)
    assert (clash.value.by, clash.value.theirs["why"]) == ("Ada", "Ada's.")
    assert question(draft)["why"] == "Ada's."


def test_the_same_words_twice_are_no_clash(session: Session, draft: GuideDraft):
    seen = drafting.digest(question(draft))
    for actor in (ADA, BEN):
        drafts.save_question(session, actor, draft, "pain_cost", {"why": "Same."}, seen)
    assert question(draft)["why"] == "Same."


def test_saving_a_question_that_was_taken_out_meanwhile_brings_it_back(
    session: Session, draft: GuideDraft
):
    seen = drafting.digest(question(draft))
    drafts.remove(session, BEN, draft, "pain_cost", section=False)
    drafts.save_question(session, ADA, draft, "pain_cost", {"why": "Ada's."}, seen)
    assert question(draft)["why"] == "Ada's."
    assert draft.removed == []


def test_errors_stop_publishing_until_a_reason_is_given(session: Session, draft: GuideDraft):
    seen = drafting.digest(question(draft))
    drafts.save_question(session, ADA, draft, "pain_cost", {"say": BAD}, seen)
    with pytest.raises(drafts.NotPublishable) as refusal:
        drafts.publish_draft(session, ADA, draft, {})
    keys = [error.key for error in refusal.value.errors]
    with pytest.raises(drafts.NotPublishable):
        drafts.publish_draft(session, ADA, draft, dict.fromkeys(keys, "  "))
    version = drafts.publish_draft(session, ADA, draft, dict.fromkeys(keys, "We want it so."))
    assert version.number == 2
    assert {(each["by"], each["reason"], each["say"]) for each in version.overrules} == {
        ("Ada", "We want it so.", BAD)
    }
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.details["number"]) == ("guide.published", 2)


def test_an_incomplete_draft_is_not_published(session: Session, draft: GuideDraft):
    drafts.add_section(session, ADA, draft, "Empty", 3)
    with pytest.raises(drafts.NotPublishable) as refusal:
        drafts.publish_draft(session, ADA, draft, {})
    assert [fault.section_id for fault in refusal.value.faults] == ["empty"]


def test_publishing_nothing_new_is_refused(session: Session, draft: GuideDraft):
    with pytest.raises(drafts.NothingNew):
        drafts.publish_draft(session, ADA, draft, {})


def test_a_shipped_guide_that_was_edited_here_is_not_overwritten(
    session: Session, draft: GuideDraft, tmp_path: Path
):
    seen = drafting.digest(question(draft))
    drafts.save_question(session, ADA, draft, "pain_cost", {"why": "Ours."}, seen)
    ours = drafts.publish_draft(session, ADA, draft, {})
    assert ours.origin is Origin.WORKSPACE
    load_shipped(session, SHIPPED)
    assert queries.find_shipped_text(session, "loss").is_declined

    newer = LOSS.replace("title: Loss to a competitor", "title: Lost to somebody else")
    (tmp_path / "loss.yaml").write_text(newer, encoding="utf-8")
    assert load_shipped(session, tmp_path) == []
    assert queries.newest_version(session, "loss") is ours
    offered = queries.find_shipped_text(session, "loss")
    assert not offered.is_declined
    taken = drafts.begin_from_shipped(session, ADA, offered)
    assert drafts.publish_draft(session, ADA, taken, {}).title == "Lost to somebody else"


def test_a_guide_that_was_put_away_is_not_chosen(session: Session):
    from app.guides.operations import archive, bring_back

    load_shipped(session, SHIPPED)
    archive(session, ADA, "loss")
    assert queries.choose_guide(session, "lost", 30).slug == "short"
    assert [version.slug for version in queries.archived_versions(session)] == ["loss"]
    bring_back(session, ADA, "loss")
    assert queries.choose_guide(session, "lost", 30).slug == "loss"


# --- on the pages


@pytest.fixture
def client(app: Flask, db: Database, make: Factory) -> FlaskClient:
    """A programme manager, before the shipped guides."""
    make.workspace()
    load_shipped(make.session, SHIPPED)
    make.competitor("Fenwick")
    user = make.user("programme_manager", name="Ada")
    make.commit()
    return sign_in_as(app, db, user)


def draft_of(db: Database, slug: str) -> GuideDraft:
    with db.reading() as session:
        return queries.get_draft(session, slug)


def fields(**more: object) -> dict[str, object]:
    return {
        "say": "What did it cost?",
        "kind": "fact",
        "why": "The cost.",
        "probes": "How much?\r\nWho says so?",
        "first_deal": "",
    } | more


def test_a_question_is_written_with_everything_it_has(client: FlaskClient, db: Database):
    client.post("/guides/loss/draft/begin")
    path = "/guides/loss/draft/questions/pain_cost"
    seen = drafting.digest(question(draft_of(db, "loss")))
    answer = client.post(
        path,
        data=fields(
            seen=seen,
            must="y",
            outcome=["lost"],
            buying_role=["user", "champion"],
            competitor_met=["Fenwick"],
            other_competitors="Orla, Fenwick",
            other_products="Customs",
            first_deal="first",
            clarifies=["return", "priorities"],
        ),
    )
    assert answer.status_code == 302
    saved = question(draft_of(db, "loss"))
    assert saved["probes"] == ["How much?", "Who says so?"]
    assert saved["clarifies"] == ["priorities", "return"]
    assert saved["when"] == {
        "outcome": ["lost"],
        "buying_role": ["user", "champion"],
        "competitor_met": ["Fenwick", "Orla"],
        "product": ["Customs"],
        "first_deal": True,
    }
    assert 'value="Orla"' in client.get(path).text


def test_the_page_s_script_saves_and_is_told_of_a_clash(client: FlaskClient, db: Database):
    client.post("/guides/loss/draft/begin")
    path = "/guides/loss/draft/questions/pain_cost"
    seen = drafting.digest(question(draft_of(db, "loss")))
    as_json = {"Accept": "application/json"}
    saved = client.post(path, data=fields(seen=seen), headers=as_json)
    assert saved.json["seen"] == drafting.digest(question(draft_of(db, "loss")))
    late = client.post(path, data=fields(seen=seen, why="Another."), headers=as_json)
    assert (late.status_code, late.json["by"]) == (409, "Ada")


def test_without_a_script_a_clash_shows_both_and_the_second_saving_decides(
    client: FlaskClient, db: Database
):
    client.post("/guides/loss/draft/begin")
    path = "/guides/loss/draft/questions/pain_cost"
    seen = drafting.digest(question(draft_of(db, "loss")))
    client.post(path, data=fields(seen=seen, why="First here."))
    page = client.post(path, data=fields(seen=seen, why="Second here."))
    assert page.status_code == 422
    assert "First here." in page.text
    assert 'value="Second here."' in page.text
    newly_seen = drafting.digest(question(draft_of(db, "loss")))
    assert f'value="{newly_seen}"' in page.text
    client.post(path, data=fields(seen=newly_seen, why="Second here."))
    assert question(draft_of(db, "loss"))["why"] == "Second here."


def test_the_wording_of_the_linter_is_taken_without_a_script(client: FlaskClient, db: Database):
    client.post("/guides/loss/draft/begin")
    path = "/guides/loss/draft/questions/pain_cost"
    seen = drafting.digest(question(draft_of(db, "loss")))
    client.post(path, data=fields(seen=seen, say=BAD, use_say="How did the offers compare?"))
    assert question(draft_of(db, "loss"))["say"] == "How did the offers compare?"


def test_parts_are_added_moved_taken_out_and_put_back_by_plain_forms(
    client: FlaskClient, db: Database
):
    client.post("/guides/new", data={"title": "Spare parts", "start": ""})
    base = "/guides/spare_parts/draft"
    for title in ("One", "Two"):
        client.post(f"{base}/sections", data={"section-title": title, "section-minutes": "4"})
    for say in ("What happened?", "What then?"):
        added = client.post(
            f"{base}/sections/one/questions", data={"one-say": say, "one-kind": "fact"}
        )
        assert added.location.endswith(drafting.slug_from(say, ()))
    move = {"part": "question", "id": "what_happened"}
    client.post(f"{base}/move", data=move | {"to": "down"})
    client.post(f"{base}/move", data=move | {"section": "two", "index": "0"})
    client.post(f"{base}/remove", data={"part": "question", "id": "what_then"})
    assert "What then?" in client.get(base).text
    client.post(f"{base}/put-back", data={"id": "what_then"})
    content = draft_of(db, "spare_parts").content
    assert [[q["id"] for q in s["questions"]] for s in content["sections"]] == [
        ["what_then"],
        ["what_happened"],
    ]
    assert client.post(f"{base}/move", data={"id": "nothing", "to": "up"}).status_code == 404


def test_an_answer_to_the_script_is_the_outline_and_says_where_it_stands(client: FlaskClient):
    client.post("/guides/loss/draft/begin")
    answer = client.post(
        "/guides/loss/draft/move",
        data={"part": "question", "id": "pain_cost", "to": "up"},
        headers={"HX-Request": "true"},
    )
    assert "Now 1 of 2 in The pain and its cost." in answer.text
    assert "<html" not in answer.text


def test_a_refused_section_keeps_what_was_typed(client: FlaskClient):
    client.post("/guides/loss/draft/begin")
    page = client.post(
        "/guides/loss/draft/sections", data={"section-title": "Support", "section-minutes": "many"}
    )
    assert page.status_code == 422
    assert 'value="Support"' in page.text


def test_a_file_comes_out_as_it_came_in_comments_and_all(client: FlaskClient):
    text = "# Ours\r\n" + LOSS.replace("\n", "\r\n").replace("id: loss\r", "id: ours\r")
    upload = {"file": (io.BytesIO(text.encode()), "ours.yaml")}
    assert client.post("/guides/import", data=upload).status_code == 302
    assert client.get("/guides/ours/yaml?of=draft").data == text.encode()
    assert client.post("/guides/ours/draft/publish").status_code == 302
    assert client.get("/guides/ours/yaml").data == text.encode()


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_guide_is_exported_to_the_byte(client: FlaskClient, path: Path):
    assert client.get(f"/guides/{path.stem}/yaml").data == path.read_bytes()


def test_what_was_edited_is_exported_as_it_is_written_here(client: FlaskClient, db: Database):
    client.post("/guides/loss/draft/begin")
    seen = drafting.digest(question(draft_of(db, "loss")))
    client.post("/guides/loss/draft/questions/pain_cost", data=fields(seen=seen))
    text = client.get("/guides/loss/yaml?of=draft").text
    saved = next(q for q in read_guide(text, "loss.yaml").questions if q.id == "pain_cost")
    assert saved.say == "What did it cost?"


def test_a_file_that_cannot_be_read_is_said_by_line_and_column_and_kept(client: FlaskClient):
    text = LOSS.replace("kind: fact", "kind: facts", 1)
    page = client.post("/guides/import", data={"text": text})
    assert page.status_code == 422
    line = 1 + text[: text.index("kind: facts")].count("\n")
    assert f"Line {line}, column 15" in page.text
    assert "kind: facts" in page.text


def test_an_import_does_not_replace_a_draft_silently(client: FlaskClient, db: Database):
    client.post("/guides/loss/draft/begin")
    text = LOSS.replace("title: Loss to a competitor", "title: Ours")
    page = client.post("/guides/import", data={"text": text})
    assert page.status_code == 422
    assert "is under way" in page.text
    assert draft_of(db, "loss").content["title"] == "Loss to a competitor"
    client.post("/guides/import", data={"text": text, "replace": "y"})
    assert draft_of(db, "loss").content["title"] == "Ours"


def test_a_file_in_another_encoding_is_refused(client: FlaskClient):
    upload = {"file": (io.BytesIO("title: Tür".encode("latin-1")), "tur.yaml")}
    assert "not UTF-8" in client.post("/guides/import", data=upload).text


def test_translations_stand_beside_the_words_and_say_what_is_missing(
    client: FlaskClient, db: Database
):
    client.post("/guides/short/draft/begin")
    head = draft_of(db, "short").content
    client.post(
        "/guides/short/draft/about",
        data={
            "seen": drafting.digest(head),
            "title": head["title"],
            "about": head["about"],
            "outcomes": head["outcomes"],
            "channel": "spoken",
            "opening": head["opening"],
            "language": "en",
            "languages": "it",
        },
    )
    path = "/guides/short/draft/questions/tipped"
    assert "2 texts missing" in client.get(path).text
    shown = question(draft_of(db, "short"), "tipped")
    client.post(
        path,
        data=fields(
            seen=drafting.digest(shown), kind="think", say_in_it="Che cosa è stato decisivo?"
        ),
    )
    assert question(draft_of(db, "short"), "tipped")["in"]["it"] == {
        "say": "Che cosa è stato decisivo?",
        "probes": [],
    }
    assert "1 text missing" in client.get(path).text
    preview = client.get("/guides/short/preview?of=draft&as=buyer&language=it").text
    assert "Che cosa è stato decisivo?" in preview
    assert "Not translated" in preview


def test_the_preview_leaves_no_braces(client: FlaskClient):
    preview = client.get("/guides/short/preview?product=Border+Watch").text
    assert "{" not in preview.split('class="opening"')[1].split("</div>")[0]


def test_the_preview_asks_what_applies(client: FlaskClient):
    won = client.get("/guides/short/preview?outcome=won").text
    lost = client.get("/guides/short/preview?outcome=lost").text
    assert "could no longer use it" in won
    assert "could no longer use it" not in lost
    assert "If price had played no part" in lost


def test_the_publish_page_lists_what_is_wrong_with_a_way_to_it(client: FlaskClient, db: Database):
    client.post("/guides/loss/draft/begin")
    seen = drafting.digest(question(draft_of(db, "loss")))
    client.post("/guides/loss/draft/questions/pain_cost", data=fields(seen=seen, say=BAD, why=""))
    page = client.get("/guides/loss/draft/publish").text
    assert "/guides/loss/draft/questions/pain_cost#why" in page
    assert BAD.replace("'", "&#39;") in page
    refused = client.post("/guides/loss/draft/publish", data={})
    assert refused.status_code == 422


def test_reasons_against_the_linter_stand_on_the_version(client: FlaskClient, db: Database):
    client.post("/guides/loss/draft/begin")
    seen = drafting.digest(question(draft_of(db, "loss")))
    client.post("/guides/loss/draft/questions/pain_cost", data=fields(seen=seen, say=BAD))
    with db.reading() as session:
        content = queries.get_draft(session, "loss").content
    from app.guides.checking import errors_of

    reasons = {f"reason-{error.key}": "For the record." for error in errors_of(content)}
    assert client.post("/guides/loss/draft/publish", data=reasons).status_code == 302
    page = client.get("/guides/loss").text
    assert "Published in spite of the linter" in page
    assert "Ada: For the record." in page
    assert "Reworded" in client.get("/guides/loss/compare?old=1&new=2").text


def test_an_interview_keeps_the_version_it_was_held_with(
    client: FlaskClient, db: Database, make: Factory
):
    with db.writing() as session:
        version = queries.newest_version(session, "loss")
        draft = drafts.begin(session, SYSTEM, version)
        seen = drafting.digest(question(draft))
        drafts.save_question(session, SYSTEM, draft, "pain_cost", {"say": "What then?"}, seen)
        drafts.publish_draft(session, SYSTEM, draft, {})
        assert "What then?" not in [q.say for q in guide_of(version).questions]


@pytest.mark.parametrize("role", ["interviewer", "product", "leadership"])
def test_who_may_not_edit_guides_reads_them_and_no_more(
    app: Flask, db: Database, make: Factory, role: str
):
    make.workspace()
    load_shipped(make.session, SHIPPED)
    user = make.user(role)
    make.commit()
    reader = sign_in_as(app, db, user)
    assert reader.get("/guides/loss/preview").status_code == 200
    for path in ("/guides/new", "/guides/import", "/guides/loss/draft"):
        assert reader.get(path).status_code == 403
    for path in ("/guides/loss/draft/begin", "/guides/loss/archive"):
        assert reader.post(path).status_code == 403
    assert reader.get("/guides/loss/yaml?of=draft").status_code == 404
    assert "Edit" not in reader.get("/guides/loss").text


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/guides", 6),
        ("/guides/loss", 6),
        ("/guides/loss/versions", 4),
        ("/guides/loss/compare?old=1&new=draft", 5),
        ("/guides/loss/preview", 7),
        ("/guides/loss/draft", 4),
        ("/guides/loss/draft/about", 3),
        ("/guides/loss/draft/questions/pain_cost", 5),
        ("/guides/loss/draft/publish", 4),
    ],
)
def test_pages_stay_within_their_queries(client: FlaskClient, db: Database, path: str, most: int):
    client.post("/guides/loss/draft/begin")
    with query_budget(db, most):
        assert client.get(path).status_code == 200
