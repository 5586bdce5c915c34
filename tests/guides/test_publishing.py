"""A guide becomes a version when its content changes, and a version never changes."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.db import Database
from app.guides.cli import guides
from app.guides.operations import SHIPPED, load_shipped, publish
from app.guides.queries import choose_guide, choose_written_guide, newest_versions, versions_of
from app.guides.reading import Guide, read_guide
from app.guides.versions import guide_of
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

SMALL = """
id: tiny
title: Tiny
about: For a test.
language: en
outcomes: [lost]
opening: Thank you, {contact}.
sections:
  - id: what_changed
    title: What changed
    minutes: 5
    questions:
      - id: what_changed
        kind: fact
        must: true
        say: What changed?
        why: It shows why they looked.
        when: {buying_role: [champion]}
"""


def read(text: str) -> Guide:
    return read_guide(text, "tiny.yaml")


def test_every_shipped_guide_is_published_once(session: Session):
    assert {version.slug for version in load_shipped(session, SHIPPED)} == {
        "win",
        "loss",
        "no_decision",
        "renewal",
        "churn",
        "short",
        "written",
    }
    assert load_shipped(session, SHIPPED) == []


def test_a_changed_guide_gets_the_next_number_and_the_old_version_stays(session: Session):
    first = publish(session, SYSTEM, read(SMALL))
    second = publish(session, SYSTEM, read(SMALL.replace("What changed?", "What had changed?")))
    assert first is not None
    assert second is not None
    assert [version.number for version in versions_of(session, "tiny")] == [2, 1]
    assert guide_of(first).questions[0].say == "What changed?"
    assert newest_versions(session) == [second]


def test_a_comment_changes_nothing(session: Session):
    publish(session, SYSTEM, read(SMALL))
    assert publish(session, SYSTEM, read("# a comment\n" + SMALL)) is None


def test_going_back_to_former_words_is_a_new_version(session: Session):
    publish(session, SYSTEM, read(SMALL))
    publish(session, SYSTEM, read(SMALL.replace("Tiny", "Tinier")))
    assert publish(session, SYSTEM, read(SMALL)).number == 3


def test_a_version_gives_back_the_guide_as_it_was_read(session: Session):
    for path in SHIPPED.glob("*.yaml"):
        guide = read_guide(path.read_text(), path.name)
        assert guide_of(publish(session, SYSTEM, guide)) == guide
    assert guide_of(publish(session, SYSTEM, read(SMALL))) == read(SMALL)


def test_the_guide_is_chosen_by_outcome_and_time(session: Session):
    load_shipped(session, SHIPPED)
    assert choose_guide(session, "lost", 30).slug == "loss"
    assert choose_guide(session, "lost", 15).slug == "short"
    assert choose_guide(session, "lost", 10).slug == "short"
    assert choose_guide(session, "open", 30).slug == "short"
    assert choose_guide(session, "churned", 60).slug == "churn"


def test_a_conversation_is_never_offered_a_guide_for_writing(session: Session):
    load_shipped(session, SHIPPED)
    chosen = {
        choose_guide(session, outcome, minutes).slug
        for outcome in ("won", "lost", "no_decision", "renewed", "churned", "open")
        for minutes in (5, 15, 20, 30, 60)
    }
    assert "written" not in chosen
    assert choose_written_guide(session, "lost").slug == "written"
    assert choose_written_guide(session, "open").slug == "written"


def test_without_guides_there_is_none_to_choose(session: Session):
    assert choose_guide(session, "won", 30) is None


def test_check_says_each_mistake_at_its_place(tmp_path: Path):
    path = tmp_path / "bad.yaml"
    path.write_text(SMALL.replace("kind: fact", "kind: knows"))
    result = CliRunner().invoke(guides, ["check", str(path), "--json"])
    assert result.exit_code == 1
    [problem] = json.loads(result.output)["problems"]
    assert (problem["file"], problem["line"]) == (str(path), 14)


def test_check_is_content_with_the_shipped_folder():
    result = CliRunner().invoke(guides, ["check", str(SHIPPED)])
    assert (result.exit_code, result.output) == (0, "7 checked, 0 with mistakes.\n")


def test_check_says_what_the_linter_says_and_fails_for_its_errors(tmp_path: Path):
    path = tmp_path / "bad.yaml"
    path.write_text(SMALL.replace("What changed?", "Don't you think we were clearer?"))
    result = CliRunner().invoke(guides, ["check", str(path), "--json"])
    assert result.exit_code == 1
    found = json.loads(result.output)["findings"]
    assert ("what_changed", "leading") in {(each["question"], each["rule"]) for each in found}
    result = CliRunner().invoke(guides, ["check", str(path)])
    assert "question 'what_changed': error, leading: " in result.output
    assert CliRunner().invoke(guides, ["check", str(path), "--no-lint"]).exit_code == 0


def test_check_fails_for_no_warning(tmp_path: Path):
    path = tmp_path / "doubtful.yaml"
    path.write_text(SMALL.replace("What changed?", "Was it a long year?"))
    result = CliRunner().invoke(guides, ["check", str(path)])
    assert "warning, closed" in result.output
    assert result.exit_code == 0


def test_check_refuses_a_file_in_another_encoding(tmp_path: Path):
    path = tmp_path / "latin.yaml"
    path.write_bytes(SMALL.replace("Tiny", "Tür").encode("latin-1"))
    result = CliRunner().invoke(guides, ["check", str(path)])
    assert result.exit_code == 1
    assert "save it as UTF-8" in result.output


def test_anybody_signed_in_reads_the_guides(app: Flask, db: Database, make: Factory):
    load_shipped(make.session, SHIPPED)
    client = _signed_in(app, db, make)
    with query_budget(db, 4):
        page = client.get("/guides")
    assert "Loss to a competitor" in page.text
    page = client.get("/guides/loss")
    assert page.status_code == 200
    assert "To begin with" in page.text


def test_an_older_version_says_that_it_is_old(app: Flask, db: Database, make: Factory):
    publish(make.session, SYSTEM, read(SMALL))
    publish(make.session, SYSTEM, read(SMALL.replace("What changed?", "What had changed?")))
    client = _signed_in(app, db, make)
    assert "What had changed?" in client.get("/guides/tiny").text
    old = client.get("/guides/tiny?version=1").text
    assert "What changed?" in old
    assert "This is version 1" in old
    assert client.get("/guides/tiny?version=9").status_code == 404
    assert client.get("/guides/none").status_code == 404


def _signed_in(app: Flask, db: Database, make: Factory):
    make.workspace()
    user = make.user("product")
    make.commit()
    return sign_in_as(app, db, user)
