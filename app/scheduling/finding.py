"""At which times an interview can be booked: those of everybody who may hold it, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.calendars.queries import busy_times
from app.core import clock
from app.core.formats import zone
from app.identity.models import User
from app.identity.queries import workspace
from app.interviews.models import Interview
from app.programmes.queries import interviewers_of
from app.scheduling import queries
from app.scheduling.models import DayOff, Hours
from app.scheduling.slots import Rules, Slot, Taken, free_quarters, moment_of, quarter_of

#: Around the window, what may still reach into it.
_AROUND = timedelta(days=1)


def buyer_zone(session: Session, interview: Interview) -> tuple[str, bool]:
    """The buyer's time zone, and whether it is known or only our own."""
    contact = interview.contact
    known = interview.time_zone or (contact.time_zone if contact is not None else "")
    return (known, True) if known else (workspace(session).time_zone, False)


def slots_for(session: Session, interview: Interview, frm: datetime, to: datetime) -> list[Slot]:
    """Every quarter of an hour between the two at which somebody is free for the interview."""
    users = interviewers_of(session, interview)
    rules = rules_of(session, users, frm)
    taken = _taken(session, rules, interview, frm, to)
    now = clock.now()
    found: dict[int, list[int]] = {}
    for user in users:
        for quarter in free_quarters(
            rules[user.id], taken[user.id], frm, to, now, interview.minutes
        ):
            found.setdefault(quarter, []).append(user.id)
    return [Slot(moment_of(quarter), tuple(found[quarter])) for quarter in sorted(found)]


def rules_of(session: Session, users: Sequence[User], frm: datetime) -> dict[int, Rules]:
    ids = [user.id for user in users]
    hours = queries.hours_of(session, ids)
    days_off = queries.days_off_of(session, ids, (frm - _AROUND).date())
    company_zone = workspace(session).time_zone
    return {
        user.id: _rules(hours[user.id], days_off[user.id], user.time_zone or company_zone)
        for user in users
    }


def _rules(hours: Hours, days_off: Sequence[DayOff], zone_name: str) -> Rules:
    return Rules(
        zone=zone(zone_name),
        working=hours.working,
        pause_minutes=hours.pause_minutes,
        notice_hours=hours.notice_hours,
        most_per_day=hours.most_per_day,
        days_off=[(row.first_day, row.last_day) for row in days_off],
    )


def _taken(
    session: Session, rules: dict[int, Rules], interview: Interview, frm: datetime, to: datetime
) -> dict[int, Taken]:
    low, high = frm - _AROUND, to + _AROUND
    busy = busy_times(session, rules, low, high)
    quarters = queries.booked_quarters(
        session, rules, quarter_of(low), quarter_of(high), but_for=interview.id
    )
    held = queries.interviews_between(session, rules, low, high, but_for=interview.id)
    by_hand = queries.spans_by_user(held)
    per_day = {
        user_id: Counter(
            at.astimezone(rule.zone).date() for holder, at, _, _ in held if holder == user_id
        )
        for user_id, rule in rules.items()
    }
    return {
        user_id: Taken(
            [*busy[user_id], *by_hand.get(user_id, [])], quarters[user_id], per_day[user_id]
        )
        for user_id in rules
    }
