"""A buyer, an interviewer with nothing in their calendar, and a Monday morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from app.calendars.models import BusyTime, Calendar, CalendarKind
from app.core import clock
from app.core.access import Actor
from app.identity.models import User
from app.interviews.models import Interview
from tests.factories import Factory

BUYER = Actor(None, "Ingrid Holm (buyer)")
#: A Monday; 09:00 in Berlin.
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def ada(make: Factory) -> User:
    make.workspace(company="Halden", time_zone="Europe/Berlin")
    return make.user(name="Ada Ling", email="ada@halden.example", time_zone="Europe/Berlin")


@pytest.fixture
def interview(make: Factory, ada: User) -> Interview:
    contact = make.contact(
        name="Ingrid Holm", email="ingrid@nordwind.example", time_zone="Europe/Berlin"
    )
    return make.interview(state="planned", contact=contact, interviewer=ada, scope=None)


MakeBusy = Callable[[User, datetime, datetime], None]


@pytest.fixture
def busy(make: Factory) -> MakeBusy:
    """Put a busy time into somebody's calendar."""

    def put(user: User, starts_at: datetime, ends_at: datetime) -> None:
        calendar = make.add(
            Calendar(
                user_id=user.id,
                kind=CalendarKind.ICS,
                name="Work",
                address="calendar.example",
                secret="sealed",
            )
        )
        make.add(BusyTime(calendar_id=calendar.id, starts_at=starts_at, ends_at=ends_at))

    return put
