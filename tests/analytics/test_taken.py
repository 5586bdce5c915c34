"""How answers were taken: what was said counts by the way of its own answer."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.analytics.behind_queries import count_deals_naming, tags_behind
from app.analytics.figures import subject_figures
from app.analytics.filters import Filters
from app.analytics.narrowing import narrow
from app.analytics.nothing import nothing
from app.analytics.over_time import over_time
from app.analytics.queries import Subject
from app.analytics.reasons import reasons as reasons_page
from app.deals.models import DECIDED, Outcome
from app.interviews.models import Taken
from app.tagging import evidence
from app.tagging.double_coding.queries import tagged_twice_now
from app.tagging.models import Direction, Reason, Weight
from tests.analytics.test_figures import YEAR
from tests.factories import Factory


@pytest.fixture
def reasons(make: Factory) -> dict[str, Reason]:
    """One interview: the price is typed and weighs, lateness is dictated and decides; both say
    the price. Of another nothing is written yet, and setting up was tapped at its finish."""
    make.workspace()
    found = {name: make.reason(name) for name in ("Price", "Late", "Setting up")}
    interview = make.interview(make.deal("no_decision"), state="tagged", taken=Taken.TYPED)
    typed, dictated = (make.answer(interview, taken=way) for way in (Taken.TYPED, Taken.DICTATED))
    make.tag(make.verbatim(typed), found["Price"], weight=Weight.MENTIONED)
    make.tag(make.verbatim(dictated), found["Price"], weight=Weight.CONTRIBUTING)
    make.tag(make.verbatim(dictated, "within a week"), found["Late"], weight=Weight.DECISIVE)
    tapped = make.interview(make.deal("no_decision"), state="held", taken=Taken.NOTES)
    make.finish_reason(tapped, found["Setting up"], is_decisive=True)
    make.session.flush()
    evidence.refresh_interviews(make.session, [interview.id, tapped.id])
    return found


def taken(*ways: str) -> Filters:
    return Filters.parse([("taken", way) for way in ways])


def named(session: Session, filters: Filters) -> dict[str, tuple[float, int]]:
    """Each reason with the deals that it weighed in, and those that name it."""
    found = subject_figures(session, YEAR, Subject.REASON, filters).figures
    return {one.name: (one.focus.named, one.focus.deals) for one in found}


def test_a_reason_counts_by_how_its_own_answer_was_taken(
    reasons: dict[str, Reason], session: Session
):
    assert named(session, taken("dictated")) == {"Price": (1, 1), "Late": (1, 1)}
    assert named(session, taken("typed")) == {"Price": (0, 1)}
    assert named(session, taken("typed", "dictated")) == {"Price": (1, 1), "Late": (1, 1)}
    assert named(session, taken("written")) == {}


def test_what_was_tapped_counts_by_how_the_interview_was_held(
    reasons: dict[str, Reason], session: Session
):
    assert named(session, taken("notes")) == {"Setting up": (1, 1)}


@pytest.mark.parametrize(
    ("way", "naming"),
    [
        ("dictated", {"Price": 1, "Late": 1, "Setting up": 0}),
        ("typed", {"Price": 1, "Late": 0, "Setting up": 0}),
        ("notes", {"Price": 0, "Late": 0, "Setting up": 1}),
    ],
)
def test_what_a_figure_opens_is_what_it_counts(
    reasons: dict[str, Reason], session: Session, way: str, naming: dict[str, int]
):
    narrowed = narrow(session, taken(way))
    for name, deals in naming.items():
        reason = reasons[name]
        found = count_deals_naming(
            session, Subject.REASON, reason.id, YEAR.period, None, DECIDED, narrowed
        )
        assert found == deals, name
        tags = tags_behind(
            session,
            Subject.REASON,
            [reason.id],
            YEAR.period,
            tagged_twice_now(),
            narrowed=narrowed,
        )
        assert {tag.verbatim.answer.taken.value for tag in tags} <= {way}, name


def test_over_time_and_doing_nothing_and_reach_count_alike(
    reasons: dict[str, Reason], session: Session
):
    for way, late, once in (("dictated", 1.0, 2), ("typed", 0.0, 1)):
        theme = (reasons["Late"], Direction.AGAINST)
        quarters = over_time(session, YEAR, YEAR, taken(way), theme).quarters
        assert sum(one.theme.count for one in quarters if one.theme) == late
        reach = reasons_page(session, YEAR, taken(way)).reach
        (undecided,) = (one for one in reach if one.outcome is Outcome.NO_DECISION)
        assert undecided.heard_once == once
    assert [one.name for one in nothing(session, YEAR, taken("typed")).reasons] == []
    assert [one.name for one in nothing(session, YEAR, taken("notes")).reasons] == ["Setting up"]
