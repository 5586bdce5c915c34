from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.core.access import Actor
from app.identity import operations as identity
from app.market import operations, queries
from app.market.models import (
    Competitor,
    CompetitorKind,
    Differentiator,
    Life,
    Standing,
    StandingValue,
    Uniqueness,
)
from app.market.pasted import PastedLine, read_pasted

ANNA = Actor(1, "Anna")


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("Fenwick", "Fenwick", ""),
        ("Fast onboarding: live in two weeks", "Fast onboarding", "live in two weeks"),
        ("Fast onboarding - live in two weeks", "Fast onboarding", "live in two weeks"),
        ("Fast onboarding – live in two weeks", "Fast onboarding", "live in two weeks"),
        ("Fast onboarding\tlive in two weeks", "Fast onboarding", "live in two weeks"),
        ("  • Fenwick  ", "Fenwick", ""),
        ("- Fenwick", "Fenwick", ""),
        ("1. Fenwick", "Fenwick", ""),
        ("(2) Fenwick", "Fenwick", ""),
        ("SAP S/4HANA", "SAP S/4HANA", ""),
        ("Built in-house", "Built in-house", ""),
        ("24/7 support", "24/7 support", ""),
    ],
)
def test_a_pasted_line_is_a_name_and_what_follows(line, name, rest):
    assert read_pasted(f"\n{line}\n\n") == [PastedLine(name, rest)]


def test_a_line_too_long_for_a_name_loses_nothing():
    long = "word " * 60
    (line,) = read_pasted(long)
    assert len(line.name) <= 200
    assert line.rest == long.strip()


def test_doing_nothing_and_building_exist_from_the_start(session):
    identity.add_first_administrator(
        session, email="a@example.com", name="Anna", password="a long enough one", time_zone="UTC"
    )
    kinds = {row.kind: row.name for row in queries.competitors(session)}
    assert kinds == {
        CompetitorKind.NOTHING: "Doing nothing",
        CompetitorKind.IN_HOUSE: "Built in-house",
    }
    operations.ensure_starting_competitors(session)
    assert len(queries.competitors(session)) == 2


def test_a_pasted_list_doubles_nothing_and_says_so(session, make):
    make.competitor("Fenwick", aliases=["FWK"])
    added = operations.add_competitors(
        session, ANNA, read_pasted("fenwick\nfwk\nNorthline: NL, Northline Ltd\nnorthline")
    )
    assert [row.name for row in added.added] == ["Northline"]
    assert added.added[0].aliases == ["NL", "Northline Ltd"]
    assert added.existing == ["Fenwick", "Fenwick", "Northline"]


def test_pasting_the_name_of_a_draft_accepts_it(session, make):
    draft = make.differentiator("Onboarding", life=Life.DRAFT)
    added = operations.add_differentiators(session, ANNA, read_pasted("Onboarding: in two weeks"))
    assert added.added == [draft]
    assert (draft.life, draft.claim) == (Life.ACTIVE, "in two weeks")


def test_an_import_finds_by_name_or_alias_and_else_makes_a_draft(session, make):
    known = make.competitor("Fenwick", aliases=["FWK"])
    assert operations.draft_competitor(session, ANNA, " fwk ") is known
    assert operations.draft_competitor(session, ANNA, "Northline").life is Life.DRAFT
    assert operations.draft_differentiator(session, ANNA, "Speed").life is Life.DRAFT


def test_two_competitors_never_share_a_name(session, make):
    make.competitor("Fenwick", aliases=["FWK"])
    other = make.competitor("Northline")
    with pytest.raises(operations.NameTaken, match="'FWK' is already there, as Fenwick"):
        operations.edit_competitor(session, ANNA, other, name="Northline", aliases=["FWK"])
    operations.edit_competitor(session, ANNA, other, name="Northline", aliases=["NL", "nl"])
    assert other.aliases == ["NL"]


def test_a_starting_competitor_stays(session):
    operations.ensure_starting_competitors(session)
    nothing = queries.find_competitor(session, "status quo")
    with pytest.raises(operations.Misplaced):
        operations.set_life(session, ANNA, nothing, Life.RETIRED)


def test_a_merged_draft_leaves_its_names(session, make):
    into = make.competitor("Fenwick", aliases=["FWK"])
    draft = make.competitor("Fenwick Freight", aliases=["FF"], life=Life.DRAFT)
    operations.merge_competitor(session, ANNA, draft, into)
    assert into.aliases == ["FWK", "Fenwick Freight", "FF"]
    assert session.scalars(select(Competitor)).all() == [into]


def test_a_merged_differentiator_gives_its_claim_where_there_was_none(session, make):
    into = make.differentiator("Onboarding")
    draft = make.differentiator("Quick start", claim="Two weeks.", life=Life.DRAFT)
    operations.merge_differentiator(session, ANNA, draft, into)
    assert (into.claim, into.aliases) == ("Two weeks.", ["Quick start"])
    assert session.scalars(select(Differentiator)).all() == [into]


def test_the_history_of_a_standing_can_be_read(session, make):
    onboarding = make.differentiator("Onboarding", uniqueness=Uniqueness.COMPARATIVE)
    fenwick = make.competitor("Fenwick")

    def set_on(value, day):
        return operations.set_standing(session, ANNA, onboarding, fenwick, value, day)

    assert set_on(StandingValue.AHEAD, date(2026, 1, 5))
    assert not set_on(StandingValue.AHEAD, date(2026, 2, 5))
    assert set_on(StandingValue.LEVEL, date(2026, 6, 5))
    assert set_on(StandingValue.BEHIND, date(2026, 6, 5))
    session.flush()
    history = [(row.set_on, row.value) for row in queries.standing_history(session, onboarding)]
    assert history == [
        (date(2026, 6, 5), StandingValue.BEHIND),
        (date(2026, 1, 5), StandingValue.AHEAD),
    ]
    (present,) = queries.present_standings(session).values()
    assert present.value is StandingValue.BEHIND
    assert session.scalars(select(Standing.set_by_name)).all() == ["Anna", "Anna"]
