"""The quarter's report: what it counts, says and prints."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM
from app.core.pdf import composed, render, text_of
from app.core.periods import Quarter
from app.interviews.confidence import Audience
from app.interviews.models import Scope, Taken
from app.reports.as_json import quarter_json
from app.reports.lines import standing_reasons
from app.reports.printing import quarter_html
from app.reports.quarter import QuarterReport, quarter_report
from app.tagging import evidence, reasons
from app.tagging.codebook.merging import merge_reason
from app.tagging.codebook.models import ListVersion
from app.tagging.models import Direction
from app.tagging.reasons import ReasonText
from tests.factories import Factory
from tests.reports.conftest import Story


def report(
    session: Session, app: Flask, token: str = "2026Q4", audience: Audience = Audience.SELLERS
) -> QuarterReport:
    with app.app_context():
        return quarter_report(session, Quarter.parse(token), audience)


def html_of(app: Flask, data: QuarterReport) -> str:
    with app.app_context():
        return composed(quarter_html(data))[0]


def printed(app: Flask, data: QuarterReport) -> str:
    return " ".join(text_of(html_of(app, data)).replace("\xa0", " ").split())


def test_it_counts_the_quarter_alone_and_the_four_to_it(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    found = quarter_json(report(session, app))
    assert found["quarter_counts"]["decided"] == 12
    assert found["quarter_counts"]["by_outcome"]["won"] == {"decided": 4, "heard": 4}
    assert found["four_quarters"]["decided"] == 48
    assert found["four_quarters"]["won"] == 16
    assert [one["quarter"] for one in found["by_quarter"]] == [
        "2026Q1",
        "2026Q2",
        "2026Q3",
        "2026Q4",
    ]


def test_a_year_prints_six_tagged_pages_or_more_with_every_chart_in_words(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    pdf = pikepdf.open(BytesIO(render(html_of(app, report(session, app)))))
    assert len(pdf.pages) >= 6
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.MarkInfo.Marked
    alternatives = [
        str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
    ]
    assert len(alternatives) == 4
    assert all(len(words) > 20 for words in alternatives)
    with pdf.open_outline() as outline:
        titles = [child.title for child in outline.root[0].children]
    assert titles[0] == "The answer in five lines"
    assert titles[-1] == "How this is counted"


def test_each_of_the_five_lines_is_a_sentence_with_its_number(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    lines = report(session, app).lines
    assert len(lines) == 5
    for line in lines:
        assert line.endswith(".")
        assert any(character.isdigit() for character in line)


def test_reasons_tested_together_stand_under_the_name_of_the_one_above(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    money = make.reason("Money")
    for name in ("Price", "Terms"):
        story.reasons[name] = make.reason(name, parent=money)
        for _ in range(2):
            deal = make.deal("lost", closed_on=date(2026, 11, 1))
            story.said(story.heard(deal), f"It was the {name}.", name)
    for _ in range(12):
        deal = make.deal("won", closed_on=date(2026, 11, 1))
        story.said(story.heard(deal), "They filed for us.", "Filing", direction=Direction.FOR)
    standing = [one.name for one in standing_reasons(report(session, app).reasons)]
    assert sorted(standing) == ["Filing", "Money"]


def test_quotes_that_wait_for_a_reason_are_counted_and_some_of_them_printed(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    for number in range(9):
        interview = story.heard(make.deal("lost"))
        words = f"In week {number} we were still waiting for their answers."
        answer = make.answer(interview, words, taken=Taken.WRITTEN)
        make.tag(make.verbatim(answer), None, direction=Direction.AGAINST)
    text = printed(app, report(session, app))
    assert "9 quotes; some of them:" in text
    assert text.count("we were still waiting") == 6 + 1  # one of them also on page one


@pytest.mark.parametrize("deals", [0, 3])
def test_it_works_with_next_to_nothing(
    session: Session, app: Flask, make: Factory, story: Story, deals: int
) -> None:
    for number in range(deals):
        deal = make.deal("lost", closed_on=date(2026, 11, 1 + number))
        story.said(story.heard(deal), "The answers came late.", "Security")
    data = report(session, app)
    text = printed(app, data)
    if deals:
        assert "3 of 3 of the lost" in text
        assert "100 %" not in " ".join(data.lines)
    else:
        assert "No deal was decided in these four quarters" in text


def test_words_that_are_only_counted_never_print(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost", closed_on=date(2026, 11, 1))
    story.said(story.heard(deal, scope=Scope.COUNT), "The answers came late.", "Security")
    data = report(session, app)
    text = printed(app, data)
    assert "came late" not in text + str(quarter_json(data))
    assert "1 quote is not shown: the buyer allowed counting only." in text


def test_leadership_reads_no_account_of_a_buyer_who_is_not_to_be_named(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    account = make.account("Nord Freight", industry="Logistics", region="Nordics")
    deal = make.deal("lost", closed_on=date(2026, 11, 1), account=account, is_anonymous=True)
    story.said(story.heard(deal, scope=Scope.ROLE), "The answers came late.", "Security")
    text = printed(app, report(session, app, audience=Audience.LEADERSHIP))
    assert "Head of operations, decision maker (Logistics, Nordics)" in text
    assert "Nord Freight" not in text


def test_deals_without_amount_or_rate_are_counted_as_such(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    closed_on = date(2026, 11, 1)
    make.deal("won", closed_on=closed_on, amount_minor=1_000_00)
    make.deal("won", closed_on=closed_on, amount_minor=None)
    make.deal("won", closed_on=closed_on, amount_minor=5_00, currency="PLN")
    (row,) = quarter_json(report(session, app))["money"]
    assert (row["amount_minor"], row["deals_in_it"]) == (1_000_00, 1)
    assert (row["without_amount"], row["without_rate"]) == (1, 1)


# The reason list of its own time


def test_an_old_quarter_prints_with_the_list_of_its_time(
    make: Factory, session: Session, app: Flask
) -> None:
    """A merger today leaves the report of a quarter alone that was reported long ago."""
    make.workspace()
    money = reasons.add_category(session, SYSTEM, "Money")
    price, dear = (
        reasons.add_reason(session, SYSTEM, money, ReasonText(name, "Said.", "", "", {}))
        for name in ("Price", "Too dear")
    )
    for row in session.scalars(select(ListVersion)):
        row.made_at = datetime(2017, 1, 1, tzinfo=UTC)
    old, new = date(2017, 2, 1), clock.now().date()
    for closed_on in (old, new):
        for reason in (price, dear):
            interview = make.interview(make.deal(closed_on=closed_on), state="tagged")
            quote = make.verbatim(make.answer(interview, f"It was {reason.name}."))
            make.tag(quote, reason, weight="decisive")
            evidence.refresh_interviews(session, [interview.id])
    merge_reason(session, SYSTEM, dear, price, why="One thing.")

    then = report(session, app, "2017Q1")
    now = report(session, app, Quarter.containing(new).token)

    assert {figure.name for figure in then.reasons.figures} == {"Price", "Too dear"}
    assert {(q.reason, q.text) for q in then.quotes.shown} == {
        ("Price", "It was Price."),
        ("Too dear", "It was Too dear."),
    }
    assert quarter_json(then)["reason_list_version"] == 3
    assert {figure.name for figure in now.reasons.figures} == {"Price"}
    assert now.list_version is None


def test_a_reason_on_which_two_who_tag_do_not_agree_is_left_out_and_named(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    story.year()
    make.disagreement(story.reason("Security answers late"))
    found = report(session, app)
    assert [one.name for one in found.reasons.figures] == ["Customs filed for us"]
    assert quarter_json(found)["reasons_left_out"] == ["Security answers late"]
    assert "do not agree well enough on Security answers late" in printed(app, found)
