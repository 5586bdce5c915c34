"""Nobody gives back another one's time, or changes another one's days, by the ids of their rows."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.db import Database
from app.identity.models import Role, User
from app.interviews.models import Interview
from app.scheduling import operations, own
from app.scheduling.models import Booking, DayOff
from tests.factories import Factory, sign_in_as
from tests.scheduling.conftest import BUYER, MONDAY
from tests.scheduling.test_buyer_pages import WEDNESDAY_TEN


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP])
def test_another_ones_booking_and_days_off_are_not_found(
    app: Flask, db: Database, make: Factory, ada: User, interview: Interview, role: Role
):
    operations.book(make.session, BUYER, interview, WEDNESDAY_TEN, time_zone="Europe/Berlin")
    day = MONDAY.date()
    away = own.take_days_off(make.session, ada.actor, ada.id, day, day, "Away")
    make.session.flush()
    stranger = make.user(role)
    addresses = [
        f"/interviews/{interview.public_id}/booking/cancel",
        f"/interviews/{interview.public_id}/booking/invite",
        f"/interviews/{interview.public_id}/booking/in-writing",
        f"/account/hours/days-off/{away.public_id}/remove",
    ]
    make.commit()
    client = sign_in_as(app, db, stranger)
    for address in addresses:
        assert client.post(address).status_code in (403, 404), address
    with db.reading() as session:
        assert session.query(Booking).one().is_booked
        assert session.query(DayOff).count() == 1
