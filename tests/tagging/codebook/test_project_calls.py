"""A call's transcript goes out with its interview and comes back with nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.deals.models import Contact
from app.identity.models import User
from app.interviews.models import Answer, Interview, Scope
from app.tagging import reasons
from app.tagging.codebook.project_in import bring_project_in
from app.tagging.codebook.project_out import project_of
from app.tagging.codebook.refi.project import (
    NAMESPACE,
    Coding,
    Document,
    Project,
    Selection,
    read_project,
    stable_guid,
    write_project,
)
from app.tagging.models import Reason, Tag, Verbatim
from app.tagging.reasons import ReasonText
from app.transcripts.models import AnswerPlace, Segment, Speaker, Transcript
from tests.factories import Factory
from tests.tagging.codebook.refi_rules import PROJECT, broken_rules
from tests.tagging.codebook.test_projects import qde
from tests.transcripts.calls import CALL, Call

#: A smiling face and a letter from beyond the basic plane, before and within what is tagged.
BEYOND = CALL.replace("Our old contract", "😀 Our 𝒱ery old contract")
STORY = "We lost two days a week"


@pytest.fixture
def call(session: Session, make: Factory) -> Call:
    call = Call(session, make, BEYOND, state="held", scope=Scope.NAME)
    call.lay_out()
    call.accept("start")
    answer = call.conversation.turn("start").answer
    money = reasons.add_category(session, SYSTEM, "Money")
    price = reasons.add_reason(session, SYSTEM, money, ReasonText("Price", "Asked.", "", "", {}))
    over_two_turns = make.verbatim(answer, "𝒱ery old contract ended in spring. We lost two days")
    make.tag(over_two_turns, price, created_by_name="Mona")
    make.tag(make.verbatim(answer, "drivers hated it"), None)
    return call


def exported(session: Session) -> Project:
    return read_project(write_project(project_of(session, lambda _: True)))


def transcript_of(project: Project) -> Document:
    (found,) = [each for each in project.documents if each.of]
    return found


def kept(session: Session) -> list[list[tuple]]:
    """The transcript, its turns, and where words of answers and quotes stand, as it is here."""
    statements = (
        select(
            Transcript.public_id,
            Transcript.file_name,
            Transcript.format,
            Transcript.language,
            Transcript.checksum,
        ),
        select(Speaker.label, Speaker.part, Speaker.position, User.name, Contact.public_id)
        .outerjoin(Speaker.user)
        .outerjoin(Speaker.contact),
        select(Segment.position, Segment.start_ms, Segment.end_ms, Segment.text),
        select(
            Answer.public_id,
            Answer.text,
            AnswerPlace.start,
            AnswerPlace.end,
            Segment.position,
            AnswerPlace.offset,
        )
        .join(Answer, Answer.id == AnswerPlace.answer_id)
        .join(AnswerPlace.segment)
        .where(AnswerPlace.revision == Answer.revision),
        select(
            Verbatim.public_id,
            Verbatim.text,
            Verbatim.start,
            Verbatim.end,
            Tag.public_id,
            Reason.name,
        )
        .join(Tag, Tag.verbatim_id == Verbatim.id)
        .outerjoin(Tag.reason),
    )
    return [sorted((tuple(row) for row in session.execute(one)), key=str) for one in statements]


def test_it_is_a_text_of_the_interviews_case_by_the_rules_of_the_standard(session, call):
    content = write_project(project_of(session, lambda _: True))
    assert broken_rules(qde(content), NAMESPACE, PROJECT) == []
    assert transcript_of(read_project(content)).of == call.interview.public_id
    assert read_project(content).documents == project_of(session, lambda _: True).documents


def test_turns_answers_and_tags_stand_at_their_code_points(session, call):
    document = transcript_of(exported(session))
    marked = [document.text[each.start : each.end] for each in document.selections]
    assert "😀 Our 𝒱ery old contract ended in spring." in marked
    assert "𝒱ery old contract ended in spring." in marked
    assert "We lost two days" in marked
    assert "drivers hated it" in marked
    assert document.text.startswith("Ada Brandt: Hello Jonas")


def test_bringing_it_back_changes_nothing(session, call):
    project, before = exported(session), kept(session)
    brought = bring_project_in(session, SYSTEM, project, "x.qdpx")
    assert (brought.tags_added, brought.tags_changed, brought.lost) == (0, 0, [])
    assert kept(session) == before


def test_another_house_has_the_whole_call(session, call):
    project, before = exported(session), kept(session)
    session.execute(delete(Interview))
    session.expunge_all()
    assert kept(session)[0] == []
    brought = bring_project_in(session, SYSTEM, project, "x.qdpx")
    assert brought.lost == []
    assert kept(session) == before
    assert exported(session).documents[1] == project.documents[1]
    assert exported(session).people == project.people


def test_speakers_are_cases_with_what_they_said(session, call):
    project = exported(session)
    document = transcript_of(project)
    spans = {each.guid: document.text[each.start : each.end] for each in document.selections}
    said = {each.name: [spans[guid] for guid in each.said] for each in project.people}
    assert set(said) == {"Ada Brandt", "Jonas Weber"}
    assert said["Jonas Weber"][0] == "Hello."
    assert "Right." in said["Ada Brandt"]
    assert sum(len(words) for words in said.values()) == 11
    facts = {each.name: each.facts for each in project.people}
    assert facts["Jonas Weber"] == {"part": "buyer", "person": "contact"}
    assert facts["Ada Brandt"] == {"part": "interviewer", "person": "colleague"}
    jonas = next(each for each in project.people if each.name == "Jonas Weber")
    assert jonas.guid == call.jonas.public_id


def test_a_buyer_who_is_not_in_the_other_house_is_added_to_the_deal(session, call):
    project = exported(session)
    session.execute(delete(Interview))
    session.execute(delete(Contact))
    session.expunge_all()
    bring_project_in(session, SYSTEM, project, "x.qdpx")
    speaker = session.scalars(select(Speaker).where(Speaker.label == "Jonas Weber")).one()
    assert speaker.contact is not None
    assert (speaker.contact.name, speaker.part) == ("Jonas Weber", "buyer")
    assert exported(session).people == project.people


def tagged_elsewhere(project: Project, words: str) -> Project:
    """As another program tags words of the transcript."""
    document = transcript_of(project)
    price = next(code for code in project.codes if code.name == "Price")
    start = document.text.index(words)
    coding = Coding(stable_guid("theirs"), price.guid)
    selection = Selection(stable_guid("their words"), start, start + len(words), (coding,))
    changed = replace(document, selections=(*document.selections, selection))
    texts = tuple(changed if each is document else each for each in project.documents)
    return replace(project, documents=texts)


def test_what_was_tagged_in_it_elsewhere_goes_to_the_answer(session, call):
    project = tagged_elsewhere(exported(session), "two days a week on")
    brought = bring_project_in(session, SYSTEM, project, "x.qdpx")
    assert (brought.tags_added, brought.lost) == (1, [])
    tag = session.scalars(select(Tag).order_by(Tag.id.desc())).first()
    quote = tag.verbatim
    assert (tag.reason.name, quote.text) == ("Price", "two days a week on")
    assert quote.answer.text[quote.start : quote.end] == quote.text
    again = bring_project_in(session, SYSTEM, project, "x.qdpx")
    assert (again.tags_added, again.tags_unchanged) == (0, 3)


def test_what_stands_in_no_answer_is_named_as_left_out(session, call):
    project = tagged_elsewhere(exported(session), "They had a veto")
    assert bring_project_in(session, SYSTEM, project, "x.qdpx").lost == ["They had a veto"]


def test_a_buyer_who_did_not_allow_the_name_is_not_named(session, call):
    call.interview.scope = Scope.ROLE
    document = transcript_of(exported(session))
    assert "Jonas Weber" not in document.text
    assert "Buyer 2: 😀 Our" in document.text
    buyer = next(each for each in exported(session).people if each.facts["part"] == "buyer")
    assert (buyer.name, buyer.facts) == ("Buyer 2", {"part": "buyer"})
    assert buyer.guid != call.jonas.public_id
    assert "file" not in {
        name for one in document.selections for c in one.codings for name in c.says
    }


def test_it_stays_here_where_a_part_is_to_be_counted_only(session, call):
    quote = session.scalars(select(Verbatim).where(Verbatim.text == "drivers hated it")).one()
    quote.scope = Scope.COUNT
    project = exported(session)
    assert [each.of for each in project.documents] == [""]
    assert STORY not in project.documents[0].text
