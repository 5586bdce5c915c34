"""Interviews already held come in from a file: once or again, nothing doubles, nothing is lost."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select

from app.core.access import SYSTEM
from app.core.db import Database
from app.deals.models import BuyingRole, Contact, Deal, DealCompetitor, Outcome
from app.interviews import held_lines, reading
from app.interviews.models import (
    Answer,
    AnswerRevision,
    Interview,
    Kind,
    Scope,
    State,
    Taken,
)
from app.market.models import Competitor, Differentiator, Life
from app.tagging import evidence
from app.tagging.import_command import interviews as command
from app.tagging.importing import Result, import_interviews
from app.tagging.models import Direction, Layer, Reason, Tag, TagEvidence, Verbatim, Weight
from app.tagging.sheets import COLUMNS
from config import Settings
from tests.factories import Factory, sign_in_as

TEXT = "Fenwick answered in a day 🙂. With you we waited."
LINE: dict[str, Any] = {
    "external_id": "I1",
    "deal": {
        "external_id": "D77",
        "name": "Halden, terminals",
        "account": "Halden Logistics",
        "outcome": "lost",
        "closed_on": "2026-08-01",
        "amount": 84000.5,
        "currency": "NOK",
        "segment": "Large",
        "product": "GTX Pro",
        "competitors": ["Fenwick", "Tollgate"],
        "lost_to": "Fenwick",
    },
    "contact": {
        "name": "Ingrid Sørli",
        "title": "Head of operations",
        "email": "Ingrid@halden.example",
        "buying_role": "decision_maker",
    },
    "held_on": "2026-08-20",
    "scope": "role",
    "answers": [
        {
            "question": "What happened then?",
            "kind": "fact",
            "taken": "transcript",
            "text": TEXT,
            "tags": [
                {
                    "start": 0,
                    "end": 27,
                    "reason": "Slow answers",
                    "direction": "against",
                    "weight": "decisive",
                    "layer": "probed",
                    "evidence": "fact",
                    "differentiator": "Quick support",
                    "competitor": "Fenwick",
                },
                {"start": 29, "end": 48, "direction": "against"},
            ],
        }
    ],
}


def changed(line: dict[str, Any] = LINE, **values: Any) -> dict[str, Any]:
    """The line with some of its values changed; deal__name reaches inside."""
    copy = json.loads(json.dumps(line))
    for path, value in values.items():
        *parents, name = path.split("__")
        place = copy
        for parent in parents:
            place = place[int(parent) if parent.isdigit() else parent]
        if value is ...:
            place.pop(name)
        else:
            place[name] = value
    return copy


def take(db: Database, *lines: Any, dry_run: bool = False) -> Result:
    file = [json.dumps(line).encode() if isinstance(line, dict) else line for line in lines]
    return import_interviews(db, SYSTEM, reading.read_lines(file), dry_run=dry_run)


def only(db: Database, kind: Any, **values: Any) -> Any:
    with db.reading() as session:
        return session.scalars(select(kind).filter_by(**values)).one()


def count(db: Database, kind: Any) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


class TestWhatALineBrings:
    def test_deal_buyer_and_interview(self, db: Database):
        take(db, LINE)
        deal = only(db, Deal)
        assert (deal.external_id, deal.outcome, deal.closed_on) == (
            "D77",
            Outcome.LOST,
            date(2026, 8, 1),
        )
        assert (deal.amount_minor, deal.currency, deal.product) == (84_000_50, "NOK", "GTX Pro")
        assert count(db, DealCompetitor) == 2
        contact = only(db, Contact)
        assert (contact.email, contact.job_title) == ("ingrid@halden.example", "Head of operations")
        interview = only(db, Interview)
        assert (interview.state, interview.scope) == (State.TAGGED, Scope.ROLE)
        assert (interview.held_on, interview.buying_role) == (
            date(2026, 8, 20),
            BuyingRole.DECISION_MAKER,
        )
        answer = only(db, Answer)
        assert (answer.text, answer.kind, answer.taken) == (TEXT, Kind.FACT, Taken.TRANSCRIPT)
        assert only(db, AnswerRevision).number == answer.revision == 1

    def test_quotes_at_their_places_with_their_tags(self, db: Database):
        result = take(db, LINE)
        assert (result.interviews, result.created, result.verbatims, result.tags) == (1, 1, 2, 1)
        assert only(db, Verbatim, start=0).text == "Fenwick answered in a day 🙂"
        assert only(db, Verbatim, start=29).text == "With you we waited."
        reason = only(db, Reason)
        tag = only(db, Tag, reason_id=reason.id)
        assert (tag.direction, tag.weight, tag.layer, tag.evidence) == (
            Direction.AGAINST,
            Weight.DECISIVE,
            Layer.PROBED,
            Kind.FACT,
        )
        bare = only(db, Tag, reason_id=None)
        assert (bare.direction, bare.evidence) == (Direction.AGAINST, Kind.FACT)

    def test_unknown_names_become_drafts_and_are_listed(self, db: Database, make: Factory):
        make.competitor("fenwick")
        make.commit()
        result = take(db, LINE)
        assert result.draft_reasons == ["Slow answers"]
        assert result.draft_differentiators == ["Quick support"]
        assert result.draft_competitors == ["Tollgate"]
        for kind in (Reason, Differentiator):
            assert only(db, kind).life is Life.DRAFT
        assert only(db, Competitor, name="Tollgate").life is Life.DRAFT

    def test_only_what_is_required(self, db: Database):
        line = {
            "external_id": "I2",
            "deal": {"external_id": "D2", "name": "Small", "outcome": "won"},
            "held_on": "2026-08-20",
            "answers": [{"text": "Good.", "tags": [{"start": 0, "end": 4}]}],
        }
        assert take(db, line).created == 1
        interview = only(db, Interview)
        assert (interview.scope, interview.state) == (Scope.COUNT, State.HELD)
        assert only(db, Tag).direction is Direction.NEUTRAL

    def test_it_counts_at_once(self, db: Database):
        take(db, LINE)
        with db.reading() as session:
            rows = session.scalars(select(TagEvidence)).all()
            assert len(rows) == len(evidence.rebuilt(session, [rows[0].interview_id])) > 0
            assert not any(row.is_provisional for row in rows)

    def test_a_deal_of_the_crm_is_the_same_deal(self, db: Database, make: Factory):
        deal = make.deal("lost", external_id="D77", lead_source="Fair")
        make.commit()
        take(db, LINE)
        joined = only(db, Deal)
        assert (joined.id, joined.lead_source, joined.name) == (
            deal.id,
            "Fair",
            LINE["deal"]["name"],
        )

    def test_a_deal_added_by_hand_gets_its_id(self, db: Database, make: Factory):
        account = make.account("Halden Logistics")
        deal = make.deal("lost", external_id=None, account=account)
        make.commit()
        take(db, LINE)
        assert (only(db, Deal).id, only(db, Deal).external_id) == (deal.id, "D77")


class TestAgain:
    def test_the_same_line_changes_nothing(self, db: Database):
        take(db, LINE)
        before = {kind: count(db, kind) for kind in (Deal, Contact, Answer, Verbatim, Tag, Reason)}
        again = take(db, LINE)
        assert (again.unchanged, again.created, again.updated) == (1, 0, 0)
        assert (again.verbatims, again.tags) == (2, 1)
        assert before == {kind: count(db, kind) for kind in before}

    def test_the_order_of_keys_is_no_change(self, db: Database):
        take(db, LINE)
        assert take(db, dict(reversed(LINE.items()))).unchanged == 1

    def test_a_changed_line_updates_and_doubles_nothing(self, db: Database):
        take(db, LINE)
        line = changed(deal__outcome="won", answers__0__tags__0__direction="for")
        result = take(db, line)
        assert (result.updated, count(db, Tag), count(db, Verbatim)) == (1, 2, 2)
        assert only(db, Deal).outcome is Outcome.WON
        assert only(db, Tag, reason_id=only(db, Reason).id).direction is Direction.FOR
        with db.reading() as session:
            assert set(session.scalars(select(TagEvidence.outcome))) == {Outcome.WON}

    def test_new_words_are_a_new_revision_and_quotes_keep_their_place(self, db: Database):
        take(db, LINE)
        take(
            db,
            changed(
                answers__0__text="So: " + TEXT,
                answers__0__tags=[
                    {**tag, "start": tag["start"] + 4, "end": tag["end"] + 4}
                    for tag in LINE["answers"][0]["tags"]
                ],
            ),
        )
        assert only(db, Answer).revision == 2
        assert count(db, AnswerRevision) == 2
        assert only(db, Verbatim, start=4).text == "Fenwick answered in a day 🙂"
        assert count(db, Verbatim) == 2

    def test_a_tag_that_somebody_removed_stays_removed(self, db: Database, make: Factory):
        take(db, LINE)
        make.session.scalars(select(Tag).where(Tag.reason_id.is_not(None))).one().removed_at = only(
            db, Interview
        ).created_at
        make.commit()
        take(db, changed(held_on="2026-08-21"))
        assert only(db, Tag, reason_id=only(db, Reason).id).removed_at is not None

    def test_a_file_does_not_allow_more_than_the_buyer_said_since(
        self, db: Database, make: Factory
    ):
        take(db, LINE)
        interview = make.session.scalars(select(Interview)).one()
        interview.scope = Scope.COUNT
        interview.consent_at = interview.created_at
        make.commit()
        take(db, changed(scope="name"))
        assert only(db, Interview).scope is Scope.COUNT

    def test_a_dry_run_says_the_same_and_changes_nothing(self, db: Database):
        would = take(db, LINE, dry_run=True)
        assert count(db, Deal) == count(db, Interview) == count(db, Reason) == 0
        assert would.as_json() == take(db, LINE).as_json()


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "start", "end", "quote"),
        [
            ("a\r\nbc\r\nd", 3, 5, "bc"),
            ("a\r\nbc\r\nd", 7, 8, "d"),
            ("a\r\nbc", 0, 4, "a\nb"),
            ("a\rbc", 2, 4, "bc"),
            ("🙂\r\n🙂🙂x", 5, 6, "x"),
            ("a\r\nb", 2, 4, "\nb"),
        ],
    )
    def test_line_ends_become_lf_and_offsets_move(
        self, text: str, start: int, end: int, quote: str, db: Database
    ):
        tags = [{"start": start, "end": end}]
        take(db, changed(answers=[{"text": text, "tags": tags}]))
        assert only(db, Verbatim).text == quote
        assert "\r" not in only(db, Answer).text

    def test_quotes_may_overlap_and_one_span_is_one_quote(self, db: Database):
        tags = [
            {"start": 0, "end": 20, "reason": "Price"},
            {"start": 10, "end": 27, "reason": "Support"},
            {"start": 0, "end": 20, "reason": "Support"},
        ]
        result = take(db, changed(answers__0__tags=tags))
        assert (result.verbatims, result.tags) == (2, 3)
        assert (count(db, Verbatim), count(db, Tag)) == (2, 3)


class TestRefusals:
    @pytest.mark.parametrize(
        ("values", "field", "why"),
        [
            ({"external_id": ...}, "external_id", "it is missing"),
            ({"deal": ...}, "deal", "it is missing"),
            ({"deal__external_id": ""}, "deal.external_id", "it is missing"),
            ({"deal__name": None}, "deal.name", "it is missing"),
            ({"deal__outcome": "Lost"}, "deal.outcome", "it takes won, lost"),
            ({"deal__amount": "much"}, "deal.amount", "it takes a number"),
            ({"deal__amount": -1}, "deal.amount", "it takes a number"),
            ({"deal__currency": "Euro"}, "deal.currency", "three letters"),
            ({"deal__competitors": "Fenwick"}, "deal.competitors", "a list of names"),
            ({"held_on": "20.08.2026"}, "held_on", "such as 2026-10-04"),
            ({"held_on": ...}, "held_on", "it is missing"),
            ({"scope": "all"}, "scope", "it takes name, role or count"),
            ({"contact__buying_role": "boss"}, "contact.buying_role", "it takes evaluator"),
            ({"answers": {}}, "answers", "it takes a list"),
            ({"answers__0__text": ...}, "answers[0].text", "it is missing"),
            ({"answers__0__text": "a\0b"}, "answers[0].text", "a character that is none"),
            ({"answers__0__text": "\ud83d"}, "answers[0].text", "a character that is none"),
            ({"answers__0__tags__0__end": 49}, "answers[0].tags[0].end", "48 at most"),
            (
                {"answers": [{"text": "", "tags": [{"start": 0, "end": 1}]}]},
                "answers[0].tags[0].end",
                "0 at most",
            ),
            ({"answers__0__tags__0__end": 0}, "answers[0].tags[0].end", "more than start"),
            ({"answers__0__tags__0__start": -1}, "answers[0].tags[0].start", "from 0"),
            ({"answers__0__tags__0__start": True}, "answers[0].tags[0].start", "from 0"),
            ({"answers__0__tags__1__start": ...}, "answers[0].tags[1].start", "it is missing"),
            ({"answers__0__tags__0__weight": "high"}, "answers[0].tags[0].weight", "decisive"),
        ],
    )
    def test_a_mistake_is_told_at_its_field(
        self, values: dict[str, Any], field: str, why: str, db: Database
    ):
        result = take(db, changed(**values))
        [refusal] = result.refused
        assert (result.rejected, refusal.line, refusal.field) == (1, 1, field)
        assert why in refusal.why
        assert count(db, Interview) == 0

    @pytest.mark.parametrize(
        "line", [b"{", b"[]", b"null", b'"x"', b'{"a": "\xff"}', b"[" * 100_000]
    )
    def test_a_line_that_is_no_object_is_refused_and_the_others_taken(
        self, line: bytes, db: Database
    ):
        result = take(db, line, b"", LINE)
        assert (result.created, result.rejected) == (1, 1)
        assert {refusal.line for refusal in result.refused} == {1}

    def test_an_interview_stands_once_in_a_file(self, db: Database):
        result = take(db, LINE, changed(scope="name"))
        assert (result.created, result.rejected) == (1, 1)
        assert "line 1" in result.refused[0].why
        assert only(db, Interview).scope is Scope.ROLE

    def test_a_field_that_nobody_knows_is_told(self, db: Database):
        result = take(db, changed(answers__0__tkaen="typed", note="x"))
        assert result.created == 1
        assert result.ignored_fields == ["answers[].tkaen (did you mean taken?)", "note"]


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def environment(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BECAUSE_INSTANCE", str(settings.instance))
        monkeypatch.setenv("DATABASE_URL", settings.database_url)

    def run(self, tmp_path: Path, content: bytes, *options: str) -> Any:
        path = tmp_path / "held.jsonl"
        path.write_bytes(content)
        return CliRunner().invoke(command, ["import", str(path), *options])

    def test_json_says_what_was_done(self, tmp_path: Path):
        result = self.run(tmp_path, json.dumps(LINE).encode(), "--json")
        assert result.exit_code == 0
        said = json.loads(result.output)
        assert {name: said[name] for name in ("interviews", "created", "rejected", "tags")} == {
            "interviews": 1,
            "created": 1,
            "rejected": 0,
            "tags": 1,
        }

    def test_a_file_of_which_nothing_could_be_taken_fails(self, tmp_path: Path):
        result = self.run(tmp_path, b"nonsense\n")
        assert result.exit_code == 1
        assert "Refused 1 line:" in result.output
        assert self.run(tmp_path, b"").exit_code == 0

    def test_a_byte_order_mark_is_passed_over(self, tmp_path: Path):
        assert self.run(tmp_path, b"\xef\xbb\xbf" + json.dumps(LINE).encode()).exit_code == 0


def test_the_files_tokens_are_those_of_the_tables():
    pairs = (
        (held_lines.OUTCOMES, Outcome),
        (held_lines.BUYING_ROLES, BuyingRole),
        (held_lines.SCOPES, Scope),
        (held_lines.KINDS, Kind),
        (held_lines.TAKEN, Taken),
        (held_lines.DIRECTIONS, Direction),
        (held_lines.WEIGHTS, Weight),
        (held_lines.LAYERS, Layer),
    )
    for tokens, enumeration in pairs:
        assert set(tokens) == {member.value for member in enumeration}


class TestThePage:
    """A spreadsheet goes in by the page, through the same door."""

    @pytest.fixture
    def client(self, app: Flask, db: Database, make: Factory) -> FlaskClient:
        make.workspace()
        manager = make.user("programme_manager")
        make.commit()
        return sign_in_as(app, db, manager)

    def send(
        self, client: FlaskClient, content: bytes, name: str = "held.xlsx", **more: Any
    ) -> str:
        data = {"file": (io.BytesIO(content), name), **more}
        return client.post("/interviews/import", data=data).text

    def sheet(self, *rows: dict[str, Any]) -> bytes:
        book = Workbook()
        book.active.append([column.heading for column in COLUMNS])
        for row in rows:
            book.active.append([row.get(column.heading) for column in COLUMNS])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    ROW = {
        "Interview": "I1",
        "Deal id": 77,
        "Deal": "Halden, terminals",
        "Outcome": "lost",
        "Held on": datetime(2026, 8, 20),  # noqa: DTZ001 - as a sheet has it
        "Answer": TEXT,
        "Quote": "With you we waited.",
        "Reason": "Slow answers",
        "Direction": "against",
    }

    def test_the_template_with_its_example_goes_in(self, client: FlaskClient, db: Database):
        content = client.get("/interviews/import/template.xlsx").data
        assert "1 interview: 1 new" in self.send(client, content)
        assert only(db, Verbatim).text == "Fenwick answered in a day."
        assert only(db, Deal).amount_minor == 84_000_00
        assert "1 as they were" in self.send(client, content)

    def test_one_row_for_each_quote(self, client: FlaskClient, db: Database):
        more = {"Quote": "Fenwick answered in a day", "Reason": "Support"}
        page = self.send(client, self.sheet(self.ROW, more, {"Answer": "Never again."}))
        assert "1 new" in page
        assert "2 quotes, 2 tags" in page
        assert only(db, Interview).held_on == date(2026, 8, 20)
        assert only(db, Deal).external_id == "77"
        assert count(db, Answer) == 2
        assert only(db, Verbatim, text="With you we waited.").start == 29

    def test_a_quote_that_was_not_said_is_refused_at_its_row(
        self, client: FlaskClient, db: Database
    ):
        second = self.ROW | {"Interview": "I2", "Deal id": 78, "Quote": "They were slow"}
        page = self.send(client, self.sheet(self.ROW, second))
        assert "1 interview refused" in page
        assert "row 3, Quote" in page
        assert "these words do not stand in the answer" in page
        assert count(db, Interview) == 1

    def test_checking_changes_nothing(self, client: FlaskClient, db: Database):
        assert "Checked, nothing was changed" in self.send(
            client, self.sheet(self.ROW), dry_run="y"
        )
        assert count(db, Interview) == 0

    def test_json_lines_go_in_too(self, client: FlaskClient, db: Database):
        assert "1 new" in self.send(client, json.dumps(LINE).encode(), "held.jsonl")
        assert only(db, Answer).text == TEXT

    @pytest.mark.parametrize(
        ("content", "why"),
        [(b"nonsense", "This is not an XLSX file."), (b"", "This is not an XLSX file.")],
    )
    def test_another_file_is_refused(self, content: bytes, why: str, client: FlaskClient):
        assert why in self.send(client, content)

    def test_a_sheet_without_the_columns_is_refused(self, client: FlaskClient):
        book = Workbook()
        book.active.append(["Name"])
        file = io.BytesIO()
        book.save(file)
        assert "The first row has no column Interview" in self.send(client, file.getvalue())

    def test_no_file_is_told(self, client: FlaskClient):
        assert "Choose a file." in client.post("/interviews/import", data={}).text

    def test_interviewers_do_not_import(self, app: Flask, db: Database, make: Factory):
        make.workspace()
        ada = make.user("interviewer")
        make.commit()
        assert sign_in_as(app, db, ada).get("/interviews/import").status_code == 403
