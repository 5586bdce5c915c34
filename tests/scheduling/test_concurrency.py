"""Fifty buyers press on the same time at once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from app.buyer.operations import make_link
from app.buyer.tokens import token_of
from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import User
from app.scheduling.models import BookedQuarter, Booking
from config import Settings
from tests.factories import Factory
from tests.scheduling.conftest import MONDAY

HOW_MANY = 50


def test_fifty_at_once_on_one_time_give_one_booking_and_49_kind_answers(
    app: Flask, db: Database, settings: Settings, make: Factory, ada: User
):
    addresses = []
    for _ in range(HOW_MANY):
        interview = make.interview(
            state="planned", interviewer=ada, contact=make.contact(), scope=None
        )
        link = make_link(make.session, SYSTEM, interview, days=30, in_writing=False)
        make.session.flush()
        addresses.append(f"/b/{token_of(settings.secret_key, link.public_id)}/times")
    make.commit()

    def press(address: str) -> tuple[int, str]:
        with clock.frozen(MONDAY):
            answer = app.test_client().post(
                address, data={"at": "2026-12-02T09:00Z", "zone": "Europe/Berlin"}
            )
            return answer.status_code, answer.text

    with ThreadPoolExecutor(HOW_MANY) as pool:
        answers = list(pool.map(press, addresses))
    assert Counter(status for status, _ in answers) == {303: 1, 409: HOW_MANY - 1}
    assert all("has just been taken" in text for status, text in answers if status == 409)
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == 1
        assert session.scalar(select(func.count()).select_from(BookedQuarter)) == 3
