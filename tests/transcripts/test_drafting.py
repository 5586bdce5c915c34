"""From a transcript to answers: laid along the guide, accepted, moved, split, left aside."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.interviews.answering import record_answer
from app.interviews.models import Taken
from app.tagging.operations import CannotTag, quote_words
from app.transcripts import drafting, queries
from app.transcripts.models import DraftState, Part
from app.transcripts.operations import import_transcript, read_file
from app.transcripts.speakers import CannotIdentify, Identity, identify, suggest
from tests.factories import Factory
from tests.transcripts.calls import CALL, Call

STORY = (
    "Our old contract ended in spring. We lost two days a week on paper lists."
    "\n\nAnd the drivers hated it."
)


@pytest.fixture
def call(session: Session, make: Factory) -> Call:
    call = Call(session, make)
    call.lay_out()
    return call


def test_what_followed_a_question_becomes_its_draft(call: Call):
    drafts = call.drafts()
    assert {key: (each.first, each.last) for key, each in drafts.items()} == {
        "start": (3, 6),
        "others": (8, 8),
        "": (10, 10),
    }
    assert drafts[""].asked == "Did the warehouse in Lyon have a say in all of that?"


def test_an_accepted_draft_is_the_buyers_exact_words(call: Call):
    answer = call.accept("start")
    assert (answer.text, answer.taken) == (STORY, Taken.TRANSCRIPT)
    assert call.drafts()["start"].state is DraftState.ACCEPTED


def test_every_word_of_it_is_found_in_the_transcript(session: Session, call: Call):
    answer = call.accept("start")
    for words, position, start_ms in (
        ("contract ended", 3, 16_000),
        ("two days", 4, 21_500),
        ("drivers hated", 6, 28_000),
    ):
        at = answer.text.index(words)
        place = queries.place_of(session, answer, answer.revision, at, at + len(words))
        assert place is not None
        assert (place.segment.position, place.start_ms) == (position, start_ms)


def test_places_follow_their_words_when_the_answer_is_changed(session: Session, call: Call):
    answer = call.accept("start")
    record_answer(
        session,
        SYSTEM,
        call.interview,
        call.conversation.turns[0].asked,
        text="As he said: " + answer.text.replace("two days", "2 days"),
        revision_id="11111111-1111-4111-8111-111111111111",
        base=answer.revision,
    )
    at = answer.text.index("hated")
    place = queries.place_of(session, answer, answer.revision, at, at + 5)
    assert place is not None
    assert place.segment.position == 6
    changed = answer.text.index("2 days")
    assert queries.place_of(session, answer, answer.revision, changed, changed + 6) is None


def test_words_without_a_transcript_have_no_place(session: Session, make: Factory):
    answer = make.answer(make.interview())
    assert queries.place_of(session, answer, 1, 0, 4) is None


def test_a_question_asked_besides_becomes_one_of_its_own(call: Call):
    answer = call.accept("")
    assert answer.question == "Did the warehouse in Lyon have a say in all of that?"
    assert answer.text == "They had a veto, in fact."
    assert call.conversation.turn(answer.question_id) is not None


def test_typed_words_are_never_overwritten_unasked(call: Call, make: Factory):
    make.answer(call.interview, "They were quick.", question_id="others")
    with pytest.raises(drafting.HasWords):
        call.accept("others")


def test_a_person_joins_both(call: Call, make: Factory):
    make.answer(call.interview, "They were quick.", question_id="others")
    answer = call.accept("others", drafting.How.JOIN)
    assert answer.text.startswith("They were quick.\n\nRoutewise and one")
    assert answer.taken is Taken.TYPED


def test_a_person_takes_the_transcripts_words_instead(call: Call, make: Factory):
    make.answer(call.interview, "They were quick.", question_id="others")
    answer = call.accept("others", drafting.How.INSTEAD)
    assert answer.text == "Routewise and one from Spain. Routewise was faster."
    assert (answer.taken, answer.revision) == (Taken.TRANSCRIPT, 2)


def test_a_second_draft_for_a_question_is_a_further_part_of_its_answer(
    session: Session, call: Call
):
    call.accept("start")
    draft = call.drafts()[""]
    drafting.move(session, SYSTEM, call.interview, draft, call.conversation.turn("start"))
    answer = drafting.accept(session, SYSTEM, call.interview, draft, call.conversation)
    assert answer.text == f"{STORY}\n\nThey had a veto, in fact."
    at = answer.text.index("veto")
    place = queries.place_of(session, answer, answer.revision, at, at + 4)
    assert place is not None
    assert place.segment.position == 10


def test_what_was_accepted_can_be_taken_back(session: Session, call: Call):
    draft = call.drafts()["start"]
    answer = call.accept("start")
    drafting.take_back(session, SYSTEM, call.interview, draft)
    assert (answer.text, draft.state) == ("", DraftState.OPEN)


def test_a_draft_can_be_split(session: Session, call: Call):
    draft = call.drafts()["start"]
    second = drafting.split(session, draft, 6)
    drafting.move(session, SYSTEM, call.interview, second, call.conversation.turn("price"))
    assert call.accept("price").text == "And the drivers hated it."
    assert call.accept("start").text.endswith("paper lists.")


def test_what_is_sure_is_accepted_at_once(session: Session, call: Call, make: Factory):
    for draft in call.drafts().values():
        draft.is_sure = bool(draft.question_id)
    make.answer(call.interview, "Typed.", question_id="others")
    done = drafting.accept_sure(session, SYSTEM, call.interview, call.transcript, call.conversation)
    assert done == (1, 1)


def test_selected_words_become_an_answer(session: Session, call: Call):
    draft = drafting.draft_words(session, call.transcript, "price", (3, 4), (4, 16))
    answer = drafting.accept(session, SYSTEM, call.interview, draft, call.conversation)
    assert answer.text == "old contract ended in spring. We lost two days"
    place = queries.place_of(session, answer, answer.revision, 4, 12)
    assert place is not None
    assert place.segment.position == 3


def test_the_interviewers_words_are_no_answer(session: Session, call: Call):
    with pytest.raises(drafting.CannotDraft, match="interviewer"):
        drafting.draft_words(session, call.transcript, "price", (2, 0), (2, None))


def test_laying_again_leaves_what_a_person_did(session: Session, call: Call):
    call.accept("start")
    drafting.set_aside(session, SYSTEM, call.interview, call.drafts()["others"])
    drafting.lay_out(session, call.transcript, call.conversation, "en")
    states = {key: each.state for key, each in call.drafts().items()}
    assert states == {
        "start": DraftState.ACCEPTED,
        "others": DraftState.ASIDE,
        "": DraftState.OPEN,
    }


def test_another_file_keeps_answers_their_places_and_who_is_who(session: Session, call: Call):
    answer = call.accept("start")
    better = CALL.replace("paper lists.", "paper lists, every week.")
    file = read_file(better.encode(), "better.vtt")
    new = import_transcript(session, SYSTEM, call.interview, file, replace=True).transcript
    people = queries.speakers_of(session, new)
    assert [speaker.part for speaker in people] == [Part.INTERVIEWER, Part.BUYER]

    def position_of(words: str) -> int | None:
        at = answer.text.index(words)
        place = queries.place_of(session, answer, answer.revision, at, at + len(words))
        return place.segment.position if place else None

    assert answer.text == STORY
    assert position_of("contract ended") == 3
    assert position_of("drivers hated") == 6
    assert position_of("paper lists.") is None

    drafting.lay_out(session, new, call.conversation, "en")
    offered = {draft.question_id for draft in queries.drafts_of(session, new)}
    assert offered == {"others", ""}


def test_interviewers_words_are_never_a_quote(session: Session, call: Call, make: Factory):
    words = "Which other vendors did you compare us with?"
    answer = make.answer(call.interview, f"{words} Routewise.", question_id="typed")
    with pytest.raises(CannotTag, match="interviewer"):
        quote_words(session, SYSTEM, answer, 0, len(words))
    assert quote_words(session, SYSTEM, answer, len(words) + 1, len(answer.text)).text


def test_a_buyers_words_are_a_quote(session: Session, call: Call):
    answer = call.accept("start")
    assert quote_words(session, SYSTEM, answer, 0, 33).text == "Our old contract ended in spring."


def test_a_speaker_whose_words_are_answers_cannot_become_the_interviewer(
    session: Session, call: Call
):
    call.accept("start")
    swapped = {
        speaker.id: Identity(Part.OTHER)
        for speaker in queries.speakers_of(session, call.transcript)
    }
    with pytest.raises(CannotIdentify, match="How did the search"):
        identify(session, SYSTEM, call.interview, call.transcript, swapped)


def test_who_is_who_is_suggested_by_the_name(session: Session, make: Factory):
    call = Call(session, make)
    people = queries.speakers_of(session, call.transcript)
    found = suggest(session, call.interview, people, [call.jonas], [call.ada])
    assert [found[speaker.id].why for speaker in people] == ["by the name", "by the name"]


def test_who_is_who_is_remembered_for_next_time(session: Session, make: Factory):
    first = Call(session, make, CALL.replace("Jonas Weber", "iPhone JW"))
    first.name_speakers()
    again = make.interview(deal=first.interview.deal)
    text = CALL.replace("Jonas Weber", "iPhone JW").replace("Right.", "Yes.")
    other = import_transcript(session, SYSTEM, again, read_file(text.encode(), "b.vtt"))
    people = queries.speakers_of(session, other.transcript)
    found = suggest(session, again, people, [first.jonas], [first.ada])
    assert [found[speaker.id].why for speaker in people] == ["as last time", "as last time"]
