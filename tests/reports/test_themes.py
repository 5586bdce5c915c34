"""The loss themes: what each says, how money is counted, and how it prints."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import operations as decisions
from app.actions.evidence import Theme
from app.actions.operations import Plan
from app.analytics.filters import Filters
from app.analytics.queries import Subject
from app.analytics.window import Window
from app.core.access import SYSTEM
from app.core.db import Database
from app.core.pdf import composed, text_of
from app.core.periods import Quarter
from app.identity.models import Role
from app.interviews.confidence import Audience
from app.interviews.models import Counterfactual, Scope
from app.reports.as_json import themes_json
from app.reports.in_short import in_short
from app.reports.kinds import make as make_report
from app.reports.models import Issue, Report, ReportKind
from app.reports.printing import themes_html
from app.reports.themes import ThemesReport, TooFewBuyers, themes_report
from app.tagging.models import Direction, Weight
from tests.factories import Factory, sign_in_as
from tests.reports.conftest import Story

QUARTER = Quarter(2026, 4)
CLOSED = date(2026, 11, 1)


def themes(
    session: Session, app: Flask, product: str = "", audience: Audience = Audience.PRODUCT
) -> ThemesReport:
    filters = Filters.parse([("product", product)])
    with app.app_context():
        return themes_report(session, QUARTER, audience, filters)


def printed(app: Flask, data: ThemesReport) -> str:
    with app.app_context():
        html, _fonts = composed(themes_html(data))
    return " ".join(text_of(html).replace("\xa0", " ").split())


def test_a_theme_says_how_large_it_is_and_what_to_do(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    (theme,) = themes(session, app).themes
    assert theme.figure.name == "Security answers late"
    assert theme.figure.focus.heard == 16
    assert theme.since == Quarter(2026, 1)
    text = printed(app, themes(session, app))
    assert "Security answers late" in text
    assert "of the lost and undecided deals heard" in text
    assert "What to do Act" in text


def test_it_is_narrowed_to_a_product(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    for product, reason in (("Desk", "Security"), ("Hub", "Price")) * 5:
        deal = make.deal("lost", closed_on=CLOSED, product=product)
        story.said(story.heard(deal), f"It was {reason}.", reason)
    found = themes(session, app, "Desk")
    assert [theme.figure.name for theme in found.themes] == ["Security"]
    assert (found.decided, found.heard) == (5, 5)
    assert "Why we lose: Desk, fourth quarter 2026" in printed(app, found)


def test_money_at_stake_counts_deals_that_we_would_have_won_and_each_once(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    ours = make.deal("lost", closed_on=CLOSED, amount_minor=100_00)
    theirs = make.deal("lost", closed_on=CLOSED, amount_minor=300_00)
    interview = story.heard(ours)
    for reason in ("Security", "Price"):
        story.said(interview, f"It was {reason}.", reason, counterfactual=Counterfactual.US)
    story.said(story.heard(ours), "Security.", "Security", counterfactual=Counterfactual.US)
    story.said(story.heard(theirs), "So late.", "Security", counterfactual=Counterfactual.THEM)
    found = themes(session, app)
    security = next(t for t in found.themes if t.figure.name == "Security")
    assert security.stake is not None
    assert (security.stake.deals, security.stake.minor) == (1, 100_00)
    assert (found.stake.deals, found.stake.minor) == (1, 100_00)
    assert security.stake.share.point == pytest.approx(0.25)


def test_a_deal_without_an_amount_is_at_stake_and_not_in_the_sum(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost", closed_on=CLOSED, amount_minor=None)
    story.said(story.heard(deal), "So late.", "Security", counterfactual=Counterfactual.US)
    (theme,) = themes(session, app).themes
    assert theme.stake is not None
    assert (theme.stake.deals, theme.stake.without_amount) == (1, 1)


def test_the_competitor_named_in_the_same_breath_does_it_better(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    fenwick = make.competitor("Fenwick")
    for _ in range(2):
        deal = make.deal("lost", closed_on=CLOSED)
        story.said(story.heard(deal), "Fenwick answered.", "Security", competitor=fenwick)
    text = printed(app, themes(session, app))
    assert "Who does it better Fenwick (2 deals)" in text


def test_deals_won_though_the_same_was_said_stand_beside_it(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    for outcome in ("lost", "won"):
        deal = make.deal(outcome, closed_on=CLOSED)
        story.said(story.heard(deal), f"It came late, {outcome}.", "Security")
    (theme,) = themes(session, app).themes
    assert theme.figure.counter.named == 1
    assert [quote.text for quote in theme.quotes] == ["It came late, lost."]


def test_it_says_what_is_being_done(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    story.said(story.heard(make.deal("lost", closed_on=CLOSED)), "So late.", "Security")
    decisions.take(
        session,
        SYSTEM,
        Plan("Answer in a week.", make.user(name="Priya")),
        theme=Theme(Subject.REASON, story.reason("Security").id, Direction.AGAINST),
        window=Window.year_to(QUARTER),
        today=CLOSED,
    )
    assert "What is being done Answer in a week. decided, Priya" in printed(
        app, themes(session, app)
    )


def test_words_that_are_only_counted_never_print(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost", closed_on=CLOSED)
    story.said(story.heard(deal, scope=Scope.COUNT), "My boss dislikes you.", "Trust")
    found = themes(session, app)
    assert "dislikes" not in printed(app, found) + str(themes_json(found))


def test_a_theme_says_what_was_won_all_the_same_and_in_whose_words(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    lost, won = make.deal("lost", closed_on=CLOSED), make.deal("won", closed_on=CLOSED)
    story.said(story.heard(lost), "The answers about security came late.", "Security")
    story.said(
        story.heard(won),
        "Security took them a month, and we signed.",
        "Security",
        weight=Weight.MENTIONED,
    )
    (theme,) = themes(session, app).themes
    assert [quote.deal_id for quote in theme.quotes] == [lost.id]
    assert theme.counter_quote is not None
    assert theme.counter_quote.deal_id == won.id
    text = printed(app, themes(session, app))
    assert "Named in 1 of the 1 won deal heard; it decided none of them." in text


def test_page_one_says_in_short_what_weighs_most_and_what_to_do(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    with app.app_context():
        lines = in_short(themes(session, app))
    assert lines[0].startswith("‘Security answers late’ weighs most: it decided or helped to")
    assert lines[1] == "1 theme asks for action, by the rule at the end: ‘Security answers late’."
    assert lines[-1] == "Nobody has decided yet to do anything about any of them."


def test_a_theme_on_which_those_who_tag_do_not_agree_is_left_out_and_named(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    story.year()
    make.disagreement(story.reason("Security answers late"))
    found = themes(session, app)
    assert found.themes == ()
    assert found.left_out == ("Security answers late",)
    assert "do not agree well enough on Security answers late" in printed(app, found)


def test_nothing_to_report_says_what_comes_next(session: Session, app: Flask, story: Story) -> None:
    assert "No reason against us is counted here yet" in printed(app, themes(session, app))


def test_the_page_takes_the_filters_and_keeps_them_to_where_they_are_set(
    app: Flask, db: Database, make: Factory, story: Story
) -> None:
    story.year()
    manager = make.user(Role.PROGRAMME_MANAGER)
    make.commit()
    client = sign_in_as(app, db, manager)
    page = client.get("/reports/themes/2026Q4?audience=product&segment=Enterprise").text
    assert page.count("Segment: Enterprise") == 2  # to be taken away, and in the report itself
    narrow = client.get(
        "/figures/narrow?page=/reports/themes/2026Q4&audience=product&segment=Enterprise"
    ).text
    assert 'action="/reports/themes/2026Q4"' in narrow
    assert 'name="audience" value="product"' in narrow


def test_narrowed_to_buyers_who_could_be_known_it_is_kept_back(
    app: Flask, db: Database, make: Factory, story: Story
) -> None:
    account = make.account(segment="Enterprise")
    deal = make.deal("lost", account=account, closed_on=CLOSED)
    story.said(story.heard(deal), "The answers came late.", "Security")
    product = make.user(Role.PRODUCT)
    make.commit()
    client = sign_in_as(app, db, product)
    address = "/reports/themes/2026Q4"
    assert "The answers came late." in client.get(address).text
    kept_back = client.get(f"{address}?segment=Enterprise").text
    assert "Too few buyers to show what they said" in kept_back
    assert "The answers came late." not in kept_back
    assert client.post(f"{address}/pdf?segment=Enterprise").status_code == 404


def test_what_differs_from_a_published_one_by_few_buyers_is_not_published_and_not_compared(
    app: Flask, db: Database, make: Factory, story: Story
) -> None:
    for number in range(9):
        day = CLOSED if number < 6 else date(2027, 2, 3)
        for segment in ("Enterprise", "Mid"):
            account = make.account(segment=segment)
            story.heard(make.deal("lost", account=account, closed_on=day))
    issues = [
        make.add(
            Issue(
                report=Report(
                    kind=ReportKind.THEMES,
                    subject=quarter,
                    audience=Audience.PRODUCT,
                    narrowed=narrowed,
                ),
                number=1,
                title=title,
                data={},
                formulas="",
                pdf_sha256="",
            )
        )
        for quarter, narrowed, title in (
            ("2026Q4", "segment=Enterprise", "Of the year"),
            ("2027Q1", "segment=Enterprise", "A quarter on"),
        )
    ]
    manager, reader = make.user(Role.PROGRAMME_MANAGER), make.user(Role.PRODUCT)
    make.commit()
    wanted = {
        "kind": "themes",
        "subject": "2027Q1",
        "audience": "product",
        "narrowed": "segment=Enterprise",
    }
    answer = sign_in_as(app, db, manager).post(
        "/reports/review", data=wanted, follow_redirects=True
    )
    assert "It differs from &#39;Of the year&#39;, which is published" in answer.text
    address = f"/reports/versions/{issues[0].public_id}/compared/{issues[1].public_id}"
    assert "Too few buyers between them" in sign_in_as(app, db, reader).get(address).text


def test_whoever_publishes_is_held_by_the_same_rule_for_their_readers_are_others(
    app: Flask, db: Database, make: Factory, story: Story
) -> None:
    account = make.account(segment="Enterprise")
    deal = make.deal("lost", account=account, closed_on=CLOSED)
    story.said(story.heard(deal), "The answers came late.", "Security")
    manager = make.user(Role.PROGRAMME_MANAGER)
    make.commit()
    client = sign_in_as(app, db, manager)
    address = "/reports/themes/2026Q4?audience=product&segment=Enterprise"
    assert "The answers came late." not in client.get(address).text
    answer = client.post(
        "/reports/review",
        data={
            "kind": "themes",
            "subject": "2026Q4",
            "audience": "product",
            "narrowed": "segment=Enterprise",
        },
        follow_redirects=True,
    )
    assert "they could be known by what they said" in answer.text
    with db.reading() as session:
        assert session.scalars(select(Report)).all() == []
        quarter = Quarter(2026, 4)
        with pytest.raises(TooFewBuyers):
            make_report(
                session,
                ReportKind.THEMES,
                quarter.token,
                Audience.PRODUCT,
                Filters.parse([("segment", "Enterprise")]),
            )
