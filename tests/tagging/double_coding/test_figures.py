"""The figures of agreement: kept by a job, shown in plain words, and what they strike."""

from __future__ import annotations

from typing import Any

import pytest

from app.core import clock
from app.market.models import Life
from app.tagging.agreement.standing import Standing
from app.tagging.double_coding import figures
from app.tagging.double_coding.models import AgreementFigure, CodedPassage, SecondCoding
from app.tagging.double_coding.struck import struck_reasons

PRICE, SPEED = ["price", "against"], ["speed", "against"]


def compare(make: Any, first: list[Any], second: list[Any], times: int = 1) -> None:
    """Interviews in which two people gave these reasons to one passage."""
    for _ in range(times):
        interview = make.interview(state="tagged")
        answer = make.answer(interview, "It was so.")
        coding = make.add(SecondCoding(interview_id=interview.id, compared_at=clock.now()))
        make.add(
            CodedPassage(
                coding_id=coding.id,
                answer_id=answer.id,
                revision=1,
                start=0,
                end=10,
                text="It was so.",
                first=first,
                second=second,
            )
        )


def count(session: Any) -> None:
    figures.keep(session, figures.count(figures.coded_interviews(session)))
    session.flush()


def figure(session: Any, reason: Any) -> AgreementFigure:
    rows = session.query(AgreementFigure).filter_by(reason_id=reason.id if reason else None)
    found: AgreementFigure = rows.one()
    return found


def test_raw_agreement_and_passages_are_kept_beside_agreement_beyond_chance(session, make, reasons):
    compare(make, [PRICE], [PRICE], times=3)
    compare(make, [PRICE], [SPEED])
    count(session)
    price = figure(session, reasons["Price"])
    assert (price.raw, price.passages, price.given, price.interviews) == (0.75, 4, 4, 4)
    assert price.value is not None
    assert figure(session, None).raw == 0.75


@pytest.mark.parametrize(("agreed", "struck"), [(12, False), (20, True)])
def test_a_reason_is_struck_only_once_twenty_interviews_were_tagged_twice(
    session, make, reasons, agreed: int, struck: bool
):
    compare(make, [PRICE], [PRICE], times=agreed - 6)
    compare(make, [SPEED], [PRICE], times=6)
    count(session)
    expected = Standing.STRUCK if struck else Standing.NOT_KNOWN
    assert figure(session, reasons["Speed"]).standing is expected
    assert (reasons["Speed"].id in struck_reasons(session)) is struck


def test_a_reason_that_was_merged_counts_as_the_one_it_went_to(session, make, reasons):
    compare(make, [PRICE], [SPEED])
    reasons["Speed"].merged_into_id, reasons["Speed"].life = reasons["Price"].id, Life.RETIRED
    session.flush()
    count(session)
    assert figure(session, reasons["Price"]).raw == 1


def test_without_any_passage_nothing_is_counted(session, reasons):
    count(session)
    assert session.query(AgreementFigure).count() == 0


def test_the_page_says_in_plain_words_what_is_compared_and_what_is_known(
    session, make, reasons, mona, sign_in
):
    assert (
        "No interview was tagged by two people yet" in sign_in(mona).get("/tagging/agreement").text
    )
    compare(make, [PRICE], [PRICE], times=3)
    compare(make, [PRICE], [SPEED])
    count(session)
    page = sign_in(mona).get("/tagging/agreement").text
    assert "Agreement not yet known" in page
    assert "4 of the 20 interviews" in page
    assert "spans that only touch are two" in page
    assert "1 disagreement waits to be settled" in page


def test_with_enough_the_page_names_what_is_left_out(session, make, reasons, mona, sign_in):
    compare(make, [PRICE], [PRICE], times=14)
    compare(make, [SPEED], [PRICE], times=6)
    count(session)
    page = sign_in(mona).get("/tagging/agreement").text
    assert "Two people do not agree on" in page
    assert "Left out of reports" in page
