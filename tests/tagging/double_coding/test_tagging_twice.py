"""Two people tag an interview apart from each other; then the two are laid side by side."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.core import events
from app.interviews.events import AnswerRevised, InterviewHeld
from app.interviews.models import AnswerRevision
from app.programmes.models import Selection
from app.tagging.double_coding.models import CodedPassage, SecondCoding, SecondTag
from app.tagging.models import TagEvidence
from app.tagging.suggestions.models import SuggesterVersion, Suggestion
from tests.tagging.double_coding.conftest import WORDS, tagged


@pytest.fixture
def page(interview, answer) -> str:
    return f"/interviews/{interview.public_id}"


@pytest.fixture
def picked(make, interview) -> SecondCoding:
    return make.add(SecondCoding(interview_id=interview.id))


def rows(db: Any, kind: type) -> list[Any]:
    with db.reading() as session:
        return list(session.scalars(select(kind).order_by(kind.id)))  # type: ignore[attr-defined]


# Which


@pytest.mark.parametrize("by_lot", [True, False])
def test_what_the_programmes_lot_fell_on_is_tagged_twice_once_it_is_held(
    session, make, db, interview, by_lot: bool
):
    selection: Selection = make.selection(deal=interview.deal, state="approved")
    selection.interview_id, selection.is_double_coded = interview.id, by_lot
    session.flush()
    events.publish(session, InterviewHeld(interview.id))
    make.commit()
    assert len(rows(db, SecondCoding)) == by_lot


def test_a_tagger_can_have_one_tagged_twice_that_nobody_has_begun(db, page, mona, sign_in):
    client = sign_in(mona)
    assert "Have a second person tag it too" in client.get(f"{page}/tag").text
    client.post(f"{page}/second/pick")
    (coding,) = rows(db, SecondCoding)
    assert coding.picked_by_name == "Mona"
    assert "Two people tag this interview" in client.get(f"{page}/tag").text


def test_one_that_somebody_has_begun_cannot_be_picked_any_more(db, page, answer, mona, sign_in):
    client = sign_in(mona)
    client.post(f"{page}/answers/{answer.public_id}/tag", data=tagged("The price", "Price"))
    assert "Have a second person" not in client.get(f"{page}/tag").text
    client.post(f"{page}/second/pick")
    assert rows(db, SecondCoding) == []


# Blind


def test_nothing_is_suggested_to_either_of_the_two(
    make, page, interview, answer, reasons, mona, sign_in
):
    version = make.add(
        SuggesterVersion(confirmed=1, sentences=1, is_learnt=False, words_checksum="")
    )
    make.add(
        Suggestion(
            interview_id=interview.id,
            answer_id=answer.id,
            revision=1,
            start=0,
            end=19,
            reason_id=reasons["Price"].id,
            version_id=version.id,
            is_sure=True,
        )
    )
    client = sign_in(mona)
    assert "data-suggestion" in client.get(f"{page}/tag").text
    client.post(f"{page}/second/pick")
    assert "data-suggestion" not in client.get(f"{page}/tag").text


def test_the_second_sees_nothing_of_the_first_until_they_are_done(
    page, interview, answer, picked, mona, tom, sign_in
):
    first, second = sign_in(mona), sign_in(tom)
    first.post(f"{page}/answers/{answer.public_id}/tag", data=tagged("The price", "Price"))
    second.post(f"{page}/second/take")
    assert second.get(f"{page}/tag").location.endswith("/second")
    shown = second.get(f"{page}/second").text
    assert "Price" not in shown.split("</nav>")[-1]
    assert "shown here once both are done" in second.get(f"/deals/{interview.deal.public_id}").text
    assert second.get(f"{page}/answers/{answer.public_id}/tag").status_code == 404
    second.post(f"{page}/second/finish")
    assert second.get(f"{page}/tag").location.endswith("/second")
    first.post(f"{page}/tagged")
    assert second.get(f"{page}/tag").status_code == 200


def test_whoever_tagged_first_is_no_second_pair_of_eyes(db, page, answer, picked, mona, sign_in):
    client = sign_in(mona)
    client.post(f"{page}/answers/{answer.public_id}/tag", data=tagged("The price", "Price"))
    assert "to tag a second time" not in client.get("/tagging").text
    assert "You tagged it first" in client.get(f"{page}/second").text
    client.post(f"{page}/second/take")
    assert rows(db, SecondCoding)[0].coder_id is None


def test_what_one_has_taken_the_others_are_told_of(page, picked, tom, ruth, sign_in):
    sign_in(tom).post(f"{page}/second/take")
    other = sign_in(ruth)
    assert "Tom tags it a second time" in other.get(f"{page}/second").text
    assert other.post(f"{page}/second/finish").status_code == 404


# Tagging


def second_tag(client: Any, page: str, answer: Any, data: dict[str, object]) -> Any:
    return client.post(f"{page}/second/answers/{answer.public_id}/tag", data=data)


def test_the_second_tags_count_in_no_figure(db, page, answer, picked, tom, sign_in):
    client = sign_in(tom)
    client.post(f"{page}/second/take")
    assert second_tag(client, page, answer, tagged("The price", "price")).status_code == 303
    (tag,) = rows(db, SecondTag)
    assert (tag.text, WORDS[tag.start : tag.end]) == ("The price", "The price")
    assert rows(db, TagEvidence) == []


def test_a_reason_that_is_not_on_the_list_is_refused_at_its_field(
    db, page, answer, picked, tom, sign_in
):
    client = sign_in(tom)
    client.post(f"{page}/second/take")
    refused = second_tag(client, page, answer, tagged("The price", "Parking"))
    assert refused.status_code == 422
    assert "No reason of the list is called so" in refused.text
    assert rows(db, SecondTag) == []


def test_a_second_tag_is_removed_and_put_back(db, page, answer, picked, tom, sign_in):
    client = sign_in(tom)
    client.post(f"{page}/second/take")
    second_tag(client, page, answer, tagged("The price", "Price"))
    (tag,) = rows(db, SecondTag)
    client.post(f"{page}/second/tags/{tag.public_id}/remove")
    assert "Price" not in client.get(f"{page}/second").text.split("answer-words")[1]
    client.post(f"{page}/second/tags/{tag.public_id}/put-back")
    assert "Price" in client.get(f"{page}/second").text.split("answer-words")[1]


def test_who_gave_it_back_and_could_read_the_first_tags_cannot_take_it_again(
    db, page, answer, picked, mona, tom, ruth, sign_in
):
    first, second = sign_in(mona), sign_in(tom)
    second.post(f"{page}/second/take")
    first.post(f"{page}/answers/{answer.public_id}/tag", data=tagged("The price", "Price"))
    second.post(f"{page}/second/leave")
    assert "Price" in second.get(f"{page}/tag").text
    assert "to tag a second time" not in second.get("/tagging").text
    assert "could read its first tags since" in second.get(f"{page}/second").text
    second.post(f"{page}/second/take")
    assert rows(db, SecondCoding)[0].coder_id is None
    sign_in(ruth).post(f"{page}/second/take")
    assert rows(db, SecondCoding)[0].coder_name == "Ruth"


def test_who_gave_it_back_before_there_was_anything_to_read_can_take_it_again(
    db, page, picked, tom, sign_in
):
    client = sign_in(tom)
    for step in ("take", "leave", "take"):
        client.post(f"{page}/second/{step}")
    assert rows(db, SecondCoding)[0].coder_name == "Tom"


def test_who_leaves_it_leaves_nothing_behind(db, page, answer, picked, tom, ruth, sign_in):
    client = sign_in(tom)
    client.post(f"{page}/second/take")
    second_tag(client, page, answer, tagged("The price", "Price"))
    client.post(f"{page}/second/leave")
    other = sign_in(ruth)
    other.post(f"{page}/second/take")
    assert "data-given" not in other.get(f"{page}/second").text


def test_second_tags_follow_their_words_when_the_answer_is_changed(
    session, make, db, page, answer, picked, tom, sign_in
):
    client = sign_in(tom)
    client.post(f"{page}/second/take")
    second_tag(client, page, answer, tagged("Security took months.", "Security"))
    second_tag(client, page, answer, tagged("The price", "Price"))
    answer.text, answer.revision = "A price. " + WORDS[20:], 2
    make.add(AnswerRevision(answer=answer, number=2, text=answer.text))
    events.publish(session, AnswerRevised(answer.id, 2))
    make.commit()
    security, price = rows(db, SecondTag)
    assert answer.text[security.start : security.end] == "Security took months."
    assert price.has_lost_place
    assert "lost its place" in client.get(f"{page}/second").text


# Side by side


@pytest.mark.parametrize("first_is_done_last", [True, False])
def test_the_two_are_laid_side_by_side_once_both_are_done(
    db, page, answer, picked, mona, tom, sign_in, first_is_done_last: bool
):
    first, second = sign_in(mona), sign_in(tom)
    first.post(f"{page}/answers/{answer.public_id}/tag", data=tagged("The price was", "Price"))
    second.post(f"{page}/second/take")
    second_tag(second, page, answer, tagged("price was high.", "Price"))
    second_tag(second, page, answer, tagged("Security took months.", "Security"))
    last_steps = [(first, f"{page}/tagged"), (second, f"{page}/second/finish")]
    for client, address in last_steps[:: -1 if first_is_done_last else 1]:
        assert rows(db, CodedPassage) == []
        client.post(address)
    price, security = rows(db, CodedPassage)
    assert price.text == "The price was high."
    assert price.first == price.second == [["price", "against"]]
    assert (security.first, security.second) == ([], [["security", "against"]])
    (coding,) = rows(db, SecondCoding)
    assert (coding.first_name, coding.coder_name) == ("Mona", "Tom")


def test_what_is_changed_afterwards_changes_nothing_of_the_comparison(
    db, page, answer, picked, mona, tom, sign_in
):
    first, second = sign_in(mona), sign_in(tom)
    second.post(f"{page}/second/take")
    second.post(f"{page}/second/finish")
    first.post(f"{page}/tagged")
    first.post(f"{page}/answers/{answer.public_id}/tag", data=tagged("The price", "Price"))
    assert rows(db, CodedPassage) == []
    assert second_tag(second, page, answer, tagged("The price", "Price")).status_code == 404
