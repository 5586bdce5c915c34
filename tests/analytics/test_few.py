"""Groups so small that a buyer could be known: also those that are left over beside a page."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.analytics.few import merged, names_few
from app.analytics.filters import Filters
from app.core.periods import Period
from app.identity.acting import ActingFor
from app.identity.models import Role
from tests.factories import Factory

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def heard(make: Factory, count: int, segment: str, product: str = "Desk") -> None:
    """So many deals heard, each of an account of its own."""
    for _ in range(count):
        account = make.account(segment=segment)
        make.interview(
            make.deal("lost", account=account, product=product, closed_on=date(2026, 8, 3))
        )


def is_kept(session: Session, *pairs: tuple[str, str]) -> bool:
    return names_few(session, YEAR, Filters.parse(pairs))


@pytest.fixture(autouse=True)
def _workspace(make: Factory) -> None:
    make.workspace()


def test_few_buyers_left_are_kept_back(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    heard(make, 4, "Small")
    assert is_kept(session, ("segment", "Small"))
    assert not is_kept(session)


def test_what_is_left_over_beside_the_whole_is_kept_back_too(
    make: Factory, session: Session
) -> None:
    heard(make, 9, "Large")
    heard(make, 4, "Small")
    assert is_kept(session, ("segment", "Large"))
    heard(make, 1, "Small")
    assert not is_kept(session, ("segment", "Large"))
    assert not is_kept(session, ("segment", "Small"))


def test_nothing_left_over_hides_nothing(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    assert not is_kept(session, ("segment", "Large"))


def test_a_second_filter_must_not_cut_off_few(make: Factory, session: Session) -> None:
    heard(make, 9, "Large", "Desk")
    heard(make, 2, "Large", "Hub")
    heard(make, 9, "Small", "Desk")
    heard(make, 9, "Small", "Hub")
    assert not is_kept(session, ("segment", "Large"))
    assert not is_kept(session, ("product", "Desk"))
    assert is_kept(session, ("segment", "Large"), ("product", "Desk"))


def test_a_second_value_must_not_add_few(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    heard(make, 9, "Middle")
    heard(make, 2, "Small")
    assert is_kept(session, ("segment", "Large"), ("segment", "Small"))


def test_small_groups_may_be_looked_at_together(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    heard(make, 3, "Middle")
    heard(make, 3, "Small")
    assert not is_kept(session, ("segment", "Middle"), ("segment", "Small"))


def test_what_has_no_value_is_left_over_like_any_other(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    heard(make, 2, "")
    assert is_kept(session, ("segment", "Large"))


def test_a_single_small_group_takes_the_next_with_it(make: Factory) -> None:
    reader = ActingFor.of(make.user(Role.PRODUCT), "UTC")
    assert merged(reader, [("Large", 9), ("Middle", 4), ("Small", 2)]) == [
        ("Large", 9),
        ("Others", 6),
    ]
    assert merged(reader, [("Large", 9), ("Middle", 4)]) == [("Large", 9), ("Middle", 4)]
    manager = ActingFor.of(make.user(Role.PROGRAMME_MANAGER), "UTC")
    assert merged(manager, [("Large", 9), ("Small", 2)]) == [("Large", 9), ("Small", 2)]
