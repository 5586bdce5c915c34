"""What a deal's summary says, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.pdf import composed, text_of
from app.deals.models import Deal
from app.interviews.confidence import Audience
from app.interviews.models import Counterfactual, Scope, State, Taken
from app.reports.as_json import deal_json
from app.reports.deal import DealSummary, deal_summary
from app.reports.printing import deal_html
from app.reports.quotes import Withheld
from app.tagging.models import Direction, Verbatim, Weight
from tests.factories import Factory
from tests.reports.conftest import Story


def summary(
    session: Session, app: Flask, deal: Deal, audience: Audience = Audience.SELLERS
) -> DealSummary:
    with app.app_context():
        return deal_summary(session, deal, audience)


def printed(app: Flask, data: DealSummary) -> str:
    with app.app_context():
        html, _fonts = composed(deal_html(data, "Halden"))
    return " ".join(text_of(html).replace("\xa0", " ").split())


def test_reasons_stand_by_weight_and_what_explains_the_outcome_first(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    interview = story.heard(deal)
    story.said(interview, "It cost more.", "Price", weight=Weight.MENTIONED)
    story.said(interview, "The answers came late.", "Security")
    story.said(interview, "We liked the team.", "Team", direction=Direction.FOR)
    found = summary(session, app, deal)
    assert [reason.name for reason in found.one_way(Direction.AGAINST)] == ["Security", "Price"]
    assert found.directions[0] is Direction.AGAINST


def test_a_reason_on_which_those_who_tag_do_not_agree_is_left_out_and_named(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    interview = story.heard(deal)
    story.said(interview, "The answers came late.", "Security")
    story.said(interview, "We did not warm to them.", "Trust")
    make.disagreement(story.reason("Trust"))
    found = summary(session, app, deal)
    assert [reason.name for reason in found.reasons] == ["Security"]
    text = printed(app, found)
    assert "Left out. Two people who tagged the same interviews do not agree well enough on" in text
    assert "We did not warm to them." not in text
    assert deal_json(found)["reasons_left_out"] == ["Trust"]


def test_a_disputed_reason_that_this_deal_does_not_name_is_not_mentioned(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    story.said(story.heard(deal), "The answers came late.", "Security")
    make.disagreement(story.reason("Trust"))
    assert "Left out." not in printed(app, summary(session, app, deal))


def test_exact_words_stand_in_quotation_marks_and_notes_say_whose_they_are(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    interview = story.heard(deal)
    story.said(interview, "The answers came late.", "Security")
    story.said(interview, "Board was nervous.", "Risk", taken=Taken.NOTES)
    text = printed(app, summary(session, app, deal))
    assert "“The answers came late.”" in text
    assert "“Board was nervous.”" not in text
    assert "Board was nervous." in text
    assert "noted by the interviewer" in text


def test_words_that_are_only_counted_never_print_and_are_counted(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    interview = story.heard(deal, scope=Scope.COUNT, why="They feared the board.")
    story.said(interview, "The answers came late.", "Security")
    story.said(interview, "It cost more.", "Price")
    found = summary(session, app, deal)
    text = printed(app, found)
    assert "came late" not in text
    assert "Ingrid" not in text
    assert "They feared" not in text
    assert "2 quotes are not shown: the buyers allowed counting only." in text
    # On a single deal the reason alone would tell what the buyer said.
    assert "Security" not in text
    assert "Security" not in str(deal_json(found))
    assert "came late" not in str(deal_json(found))


def test_what_was_said_and_has_no_reason_yet_is_printed_with_whom_it_is_about(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    interview = story.heard(deal)
    answer = make.answer(interview, "Fenwick answered on the same day.", taken=Taken.WRITTEN)
    rival = make.competitor("Fenwick")
    make.tag(make.verbatim(answer), None, competitor=rival, direction=Direction.AGAINST)
    text = printed(app, summary(session, app, deal))
    assert "What spoke against us" in text
    assert "not yet given a reason" in text
    assert "“Fenwick answered on the same day.”" in text
    assert "about Fenwick" in text


def test_the_sentence_that_the_interviewer_picked_is_printed_before_anybody_tagged(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    open_, closed = story.heard(deal), story.heard(deal)
    said = "My director asked for one supplier less. That was you."
    answer = make.answer(open_, said, taken=Taken.WRITTEN)
    make.verbatim(answer, "That was you.", is_strong=True)
    kept = make.answer(closed, "Nobody may know.", taken=Taken.WRITTEN)
    make.verbatim(kept, is_strong=True, scope=Scope.COUNT)
    found = summary(session, app, deal)
    assert [one.text for one in found.strongest] == ["That was you."]
    assert "“That was you.”" in printed(app, found)
    assert "Nobody may know" not in str(deal_json(found))


def test_a_picked_sentence_that_was_tagged_is_printed_once(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    story.said(story.heard(deal), "The answers came late.", "Security")
    session.scalars(select(Verbatim)).one().is_strong = True
    assert printed(app, summary(session, app, deal)).count("The answers came late.") == 1


def test_one_quote_may_be_kept_back_of_an_open_interview(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    interview = story.heard(deal)
    story.said(interview, "The answers came late.", "Security")
    story.said(interview, "My boss dislikes you.", "Risk", scope=Scope.COUNT)
    found = summary(session, app, deal)
    assert [q.text for q in found.quotes.shown] == ["The answers came late."]
    assert found.quotes.withheld == {Withheld.ONLY_COUNTED: 1}


def test_words_kept_from_the_seller_print_for_others(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    story.said(story.heard(deal, seller_may_read=False), "Your seller pressed us.", "Trust")
    assert summary(session, app, deal).quotes.withheld == {Withheld.KEPT_FROM_SELLERS: 1}
    product = summary(session, app, deal, Audience.PRODUCT)
    assert [quote.text for quote in product.quotes.shown] == ["Your seller pressed us."]


@pytest.mark.parametrize("audience", [Audience.PRODUCT, Audience.LEADERSHIP])
def test_product_and_leadership_get_a_description_of_an_unnamed_buyers_deal(
    session: Session, app: Flask, make: Factory, story: Story, audience: Audience
) -> None:
    account = make.account("Nord Freight", industry="Logistics", region="Nordics")
    deal = make.deal(
        "lost", name="Nord Freight: fleet", account=account, is_anonymous=True, external_id="NF-1"
    )
    story.said(story.heard(deal, scope=Scope.ROLE), "The answers came late.", "Security")
    found = summary(session, app, deal, audience)
    text = printed(app, found) + str(deal_json(found))
    assert "Logistics, Nordics" in text
    assert "Head of operations" in text
    for unsaid in ("Nord Freight", "Ingrid", "NF-1"):
        assert unsaid not in text


def test_what_is_not_yet_tagged_in_full_says_so(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    story.said(story.heard(deal, state=State.HELD), "The answers came late.", "Security")
    text = printed(app, summary(session, app, deal))
    assert "not yet tagged in full" in text
    assert "· not yet tagged in full" not in text, "it stands in a line of its own"


def test_what_they_would_have_chosen_is_said_in_a_line_of_its_own(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    would = Counterfactual.UNKNOWN
    story.said(story.heard(deal), "It came late.", "Security", counterfactual=would)
    text = printed(app, summary(session, app, deal))
    assert "What they would have chosen, had we had it: they do not know (1 buyer)" in text


def test_facts_stand_apart_from_opinions(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost")
    interview = story.heard(deal)
    story.said(interview, "It took seven weeks.", "Security")
    story.said(interview, "I felt uneasy.", "Security", kind="feel", weight=Weight.CONTRIBUTING)
    (reason,) = summary(session, app, deal).reasons
    assert [quote.text for quote in reason.facts] == ["It took seven weeks."]
    assert [quote.text for quote in reason.opinions] == ["I felt uneasy."]


def test_a_deal_nobody_was_heard_about_still_prints(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    text = printed(app, summary(session, app, make.deal("won", amount_minor=None)))
    assert "Nobody was heard about this deal yet." in text


def test_names_in_any_script_and_endless_words_print(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal: Any = make.deal(
        "lost", name="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau" * 2
    )
    story.said(story.heard(deal, name="이지은"), "word " * 400, "Price")
    story.said(story.heard(deal, name="ليلى حداد"), "<b>&amp;</b>", "Risk")
    text = printed(app, summary(session, app, deal))
    assert "이지은" in text
    assert "ليلى حداد" in text
    assert "“<b>&amp;</b>”" in text
