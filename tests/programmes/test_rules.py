"""Rules over deals: what they catch, how they read, and how a form builds them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.deals.models import Deal, DealCompetitor, DealFact
from app.programmes import rule_form
from app.programmes.fields import known_fields
from app.programmes.matching import Matcher
from app.programmes.rules import (
    Compare,
    Condition,
    Group,
    Join,
    RuleError,
    problem_with,
    read_rule,
    sentence,
)
from tests.factories import Factory

TODAY = date(2026, 9, 30)


def caught(session: Session, rule: Group) -> set[str]:
    found = select(Deal.name).where(Matcher(session, "EUR", TODAY).matches(rule))
    return set(session.scalars(found))


def where(field: str, test: str, *values: str) -> Condition:
    return Condition(field, Compare(test), values)


def all_of(*nodes) -> Group:
    return Group(Join.ALL, nodes)


@pytest.fixture
def deals(session: Session, make: Factory) -> None:
    dach = make.account(region="DACH", segment="Enterprise")
    nordics = make.account(region="Nordics")
    elif_ = make.seller("Elif", public_id="elif")
    fenwick = make.competitor("Fenwick", public_id="fenwick")
    big = make.deal("lost", name="big", account=dach, amount_minor=90_000_00, seller=elif_)
    small = make.deal("won", name="small", account=nordics, amount_minor=5_000_00)
    make.deal("no_decision", name="bare", amount_minor=None, closed_on=TODAY - timedelta(days=5))
    make.add(DealCompetitor(deal_id=big.id, competitor_id=fenwick.id))
    make.add(DealFact(deal_id=big.id, name="Motion", text_value="Inbound"))
    make.add(DealFact(deal_id=small.id, name="Seats", number_value=12))
    make.add(DealFact(deal_id=small.id, name="Renews", date_value=date(2027, 1, 1)))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (where("outcome", "is", "lost", "won"), {"big", "small"}),
        (where("outcome", "is_not", "lost"), {"small", "bare"}),
        (where("amount", "at_least", "50,000"), {"big"}),
        (where("amount", "at_most", "50000"), {"small"}),
        (where("amount", "unknown"), {"bare"}),
        (where("region", "is", "DACH"), {"big"}),
        (where("region", "is_not", "DACH"), {"small", "bare"}),
        (where("segment", "unknown"), {"small", "bare"}),
        (where("competitor", "is", "fenwick"), {"big"}),
        (where("competitor", "is_not", "fenwick"), {"small", "bare"}),
        (where("competitor", "unknown"), {"small", "bare"}),
        (where("owner", "is", "elif"), {"big"}),
        (where("owner", "is_not", "elif"), {"small", "bare"}),
        (where("days", "at_most", "30"), {"bare"}),
        (where("days", "at_least", "30"), {"big", "small"}),
        (where("fact:Motion", "is", "Inbound"), {"big"}),
        (where("fact:Motion", "contains", "bound"), {"big"}),
        (where("fact:Motion", "unknown"), {"small", "bare"}),
        (where("fact:Seats", "at_least", "10"), {"small"}),
        (where("fact:Renews", "since", "2026-12-31"), {"small"}),
    ],
)
def test_a_condition_catches(session: Session, deals: None, condition: Condition, expected):
    assert caught(session, all_of(condition)) == expected


def test_and_or_not(session: Session, deals: None):
    lost, dach = where("outcome", "is", "lost"), where("region", "is", "DACH")
    nordics = where("region", "is", "Nordics")
    assert caught(session, all_of(lost, nordics)) == set()
    assert caught(session, Group(Join.ANY, (lost, nordics))) == {"big", "small"}
    assert caught(session, Group(Join.NONE, (lost, nordics))) == {"bare"}
    assert caught(session, all_of(dach, Group(Join.NONE, (nordics,)))) == {"big"}


def test_not_includes_what_is_not_known(session: Session, deals: None):
    dear = where("amount", "at_least", "1")
    assert caught(session, Group(Join.NONE, (dear,))) == {"bare"}


def test_what_is_unfinished_narrows_nothing(session: Session, deals: None):
    everything = {"big", "small", "bare"}
    assert caught(session, all_of(where("outcome", "is"))) == everything
    assert caught(session, all_of(Group(Join.ANY, ()))) == everything


def test_a_rule_is_kept_as_plain_data_and_read_back():
    rule = all_of(where("outcome", "is", "lost"), Group(Join.NONE, (where("days", "unknown"),)))
    assert read_rule(rule.plain()) == rule
    with pytest.raises(RuleError):
        read_rule({"join": "some", "of": []})


def test_a_rule_reads_as_a_sentence(session: Session, deals: None):
    fields = known_fields(session)
    rule = all_of(
        where("outcome", "is", "lost", "no_decision"),
        where("owner", "is", "elif"),
        Group(Join.NONE, (where("region", "is", "DACH"),)),
    )
    assert sentence(rule, fields) == (
        "Outcome is Lost or No decision; and Owner is Elif; and (not Region is DACH)"
    )
    assert sentence(all_of(), fields) == "Every closed deal"


def test_further_columns_of_the_crm_are_offered_by_their_kind(session: Session, deals: None):
    fields = known_fields(session)
    assert fields["fact:Motion"].choices == [("Inbound", "Inbound")]
    assert fields["fact:Seats"].kind == "number"
    assert fields["fact:Renews"].kind == "day"


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (where("nothing", "is", "x"), "Say what this condition is about"),
        (where("outcome", "at_least", "1"), "cannot be tested like that"),
        (where("outcome", "is"), "say which"),
        (where("days", "at_least", "soon"), "Enter a number"),
    ],
)
def test_what_is_wrong_is_said(session: Session, deals: None, condition: Condition, message: str):
    assert message in problem_with(condition, known_fields(session))


def test_a_form_gives_the_tree_back(session: Session, deals: None):
    form = MultiDict(
        [
            ("node", "0"),
            ("join.0", "all"),
            ("node", "0-0"),
            ("field.0-0", "outcome"),
            ("test.0-0", "is"),
            ("value.0-0", "lost"),
            ("value.0-0", "nonsense"),
            ("node", "0-1"),
            ("join.0-1", "none"),
            ("node", "0-1-0"),
            ("field.0-1-0", "days"),
            ("test.0-1-0", "at_most"),
            ("value.0-1-0", "7"),
        ]
    )
    rule = rule_form.read_form(form, known_fields(session))
    assert rule == all_of(
        where("outcome", "is", "lost"), Group(Join.NONE, (where("days", "at_most", "7"),))
    )
    assert rule_form.change(rule, "remove 0-1-0").of[1] == Group(Join.NONE, ())
    assert rule_form.change(rule, "remove 7-7") == rule
    assert rule_form.change(rule, "group 0-1").of[1].of[1].join is Join.ANY
    assert rule_form.change(rule, "nonsense") == rule


def test_an_empty_or_foreign_form_is_every_deal(session: Session):
    assert rule_form.read_form(MultiDict(), known_fields(session)) == all_of()
