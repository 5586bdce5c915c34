"""Interviews, quotes and tags go out as a REFI-QDA project and come back with nothing lost."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, aliased

from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import Role
from app.interviews.models import Counterfactual, Interview, Kind, Scope
from app.market.models import Life
from app.tagging import evidence, reasons
from app.tagging.codebook.entries import UnreadableList
from app.tagging.codebook.project_in import bring_project_in
from app.tagging.codebook.project_out import project_of
from app.tagging.codebook.refi.project import NAMESPACE, read_project, write_project
from app.tagging.models import Direction, Layer, Reason, Tag, TagEvidence, Verbatim, Weight
from app.tagging.reasons import ReasonText
from tests.factories import Factory, sign_in_as
from tests.tagging.codebook.refi_rules import PROJECT, broken_rules

NOTE = "Said twice:\nsee \\n and C:\\new."
WORDS = "Ünser 🚲-Anbieter war zu teuer. 𝔗wice the price!\nAnd slow."


@pytest.fixture
def interview(make: Factory, session: Session) -> Interview:
    make.workspace()
    money = reasons.add_category(session, SYSTEM, "Money")
    price = reasons.add_reason(session, SYSTEM, money, ReasonText("Price", "Asked.", "", "", {}))
    draft = reasons.draft_reason(session, SYSTEM, "Parking")
    interview = make.interview(make.deal(closed_on=date(2026, 8, 1)), state="tagged")
    make.answer(interview, "They called.", question="What happened?")
    answer = make.answer(interview, WORDS, question="Why & how <so>?", kind="think")
    quote = make.verbatim(answer, "𝔗wice the price!")
    make.tag(
        quote,
        price,
        weight=Weight.DECISIVE,
        layer=Layer.PROBED,
        evidence=Kind.FEEL,
        counterfactual=Counterfactual.US,
        competitor=make.competitor("Fenwick & Söhne"),
        differentiator=make.differentiator("One price"),
        created_by_name="Ingrid Sørli",
    )
    first = make.tag(quote, draft, direction=Direction.FOR, comes_back=True)
    make.tag(make.verbatim(answer, "And slow."), price, layer=Layer.PROBED, first=first, note=NOTE)
    make.tag(make.verbatim(answer, "🚲-Anbieter war zu teuer. 𝔗wice"), None)
    evidence.refresh_interviews(session, [interview.id])
    return interview


def exported(session: Session) -> bytes:
    return write_project(project_of(session, lambda _: True))


def kept(session: Session) -> list[tuple]:
    """Every quote and tag as the house has it."""
    first = aliased(Tag)
    rows = session.execute(
        select(
            Verbatim.public_id,
            Verbatim.text,
            Verbatim.start,
            Verbatim.end,
            Tag.public_id,
            Reason.name,
            Tag.direction,
            Tag.weight,
            Tag.layer,
            Tag.evidence,
            Tag.counterfactual,
            Tag.competitor_id,
            Tag.differentiator_id,
            Tag.created_by_name,
            Tag.created_at,
            Tag.note,
            Tag.comes_back,
            first.public_id,
        )
        .join(Tag.verbatim)
        .outerjoin(Tag.reason)
        .outerjoin(first, first.id == Tag.first_id)
    )
    return sorted((tuple(row) for row in rows), key=str)


def qde(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("project.qde")


def test_a_project_keeps_every_rule_of_the_standard(session: Session, interview: Interview):
    assert broken_rules(qde(exported(session)), NAMESPACE, PROJECT) == []


def test_positions_count_code_points_of_the_text(session: Session, interview: Interview):
    (document,) = read_project(exported(session)).documents
    marked = [document.text[each.start : each.end] for each in document.selections]
    assert marked == [
        "They called.",
        WORDS,
        "🚲-Anbieter war zu teuer. 𝔗wice",
        "𝔗wice the price!",
        "And slow.",
    ]
    with zipfile.ZipFile(io.BytesIO(exported(session))) as archive:
        assert archive.read(f"sources/{interview.public_id}.txt").decode() == document.text


def test_a_project_is_read_back_as_it_was_written(session: Session, interview: Interview):
    project = project_of(session, lambda _: True)
    again = read_project(write_project(project))
    assert again.documents == project.documents
    assert [code.guid for code in again.codes] == [code.guid for code in project.codes]


def test_bringing_it_back_changes_nothing(session: Session, interview: Interview):
    content, before = exported(session), kept(session)
    brought = bring_project_in(session, SYSTEM, read_project(content), "x.qdpx")
    assert (brought.tags_added, brought.tags_changed, brought.tags_unchanged) == (0, 0, 4)
    assert kept(session) == before
    assert session.scalars(select(Reason.life).where(Reason.name == "Parking")).one() is Life.DRAFT
    assert "Brought in" not in session.scalars(select(Reason.name)).all()


def test_tags_that_were_lost_come_back_with_all_that_they_said(
    session: Session, interview: Interview
):
    content, before = exported(session), kept(session)
    counted = sorted(str(row.reason_id) for row in session.scalars(select(TagEvidence)))
    session.execute(delete(Tag))
    session.execute(delete(Verbatim))
    brought = bring_project_in(session, SYSTEM, read_project(content), "x.qdpx")
    assert (brought.quotes, brought.tags_added) == (3, 4)
    assert kept(session) == before
    assert sorted(str(r.reason_id) for r in session.scalars(select(TagEvidence))) == counted


def test_another_house_takes_the_whole_project(session: Session, interview: Interview):
    content, before = exported(session), kept(session)
    session.execute(delete(Interview))
    session.expunge_all()
    bring_project_in(session, SYSTEM, read_project(content), "x.qdpx")
    assert [(*row[:12], *row[15:]) for row in kept(session)] == [
        (*row[:12], *row[15:]) for row in before
    ]
    again = session.scalars(select(Interview)).one()
    assert (again.public_id, again.deal.outcome, again.scope) == (
        interview.public_id,
        "lost",
        Scope.ROLE,
    )
    assert exported(session) is not None


def test_what_was_tagged_elsewhere_comes_in_at_its_place(session: Session, interview: Interview):
    """As another program writes it: a new code, its own note, and CRLF."""
    content = exported(session)
    text = WORDS.index("slow")
    (document,) = read_project(content).documents
    start = document.text.index(WORDS) + text
    code = "11111111-0000-4000-8000-000000000001"
    selection = (
        f'<PlainTextSelection guid="11111111-0000-4000-8000-000000000002" startPosition="{start}" '
        f'endPosition="{start + 4}"><Coding guid="11111111-0000-4000-8000-000000000003"><CodeRef '
        f'targetGUID="{code}"/></Coding></PlainTextSelection></TextSource>'
    )
    changed = (
        qde(content)
        .decode()
        .replace("</Codes>", f'<Code guid="{code}" name="Slow" isCodable="true"/></Codes>', 1)
        .replace("</TextSource>", selection, 1)
    )
    brought = bring_project_in(session, SYSTEM, read_project(packed(changed, content)), "x.qdpx")
    assert brought.tags_added == 1
    tag = session.scalars(select(Tag).order_by(Tag.id.desc())).first()
    assert (tag.reason.name, tag.verbatim.text, tag.direction) == ("Slow", "slow", "neutral")


def packed(project: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, project if name == "project.qde" else old.read(name))
    return file.getvalue()


def test_line_ends_of_another_program_move_no_quote():
    source = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources><TextSource '
        'guid="11111111-0000-4000-8000-000000000001" name="A" plainTextPath="internal://a.txt">'
        '<PlainTextSelection guid="11111111-0000-4000-8000-000000000002" startPosition="5" '
        'endPosition="8"/></TextSource></Sources></Project>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("project.qde", source)
        archive.writestr("Sources/a.txt", b"\xef\xbb\xbfone\r\ntwo\r\n")
    (document,) = read_project(file.getvalue()).documents
    (selection,) = document.selections
    assert document.text[selection.start : selection.end] == "two"


def test_who_allowed_counting_only_is_left_out(
    make: Factory, session: Session, interview: Interview
):
    counted = make.interview(scope=Scope.COUNT)
    make.answer(counted, "Only counted.")
    partly = make.answer(interview, "This part only counted. The rest not.")
    make.verbatim(partly, "This part only counted.", scope=Scope.COUNT)
    content = exported(session)
    assert len(read_project(content).documents) == 1
    assert b"only counted" not in content
    assert "nly counted" not in read_project(content).documents[0].text


def test_a_project_goes_out_and_in_on_the_page(
    app: Flask, db: Database, make: Factory, interview: Interview
):
    user, other = make.user(Role.PROGRAMME_MANAGER), make.user(Role.PRODUCT)
    make.commit()
    assert sign_in_as(app, db, other).get("/reasons/project.qdpx").status_code == 403
    client = sign_in_as(app, db, user)
    content = client.get("/reasons/project.qdpx").data
    assert len(read_project(content).documents) == 1
    taken = client.post("/reasons/files", data={"file": (io.BytesIO(content), "x.qdpx")})
    assert taken.status_code == 303
    assert "4 tags as they were" in client.get(taken.location).text


@pytest.mark.parametrize("content", [b"no ZIP", b"PK\x05\x06" + b"\x00" * 18])
def test_what_is_no_project_is_refused_in_words(content: bytes):
    with pytest.raises(UnreadableList, match=r"is not a|holds no project"):
        read_project(content)
