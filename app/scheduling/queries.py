"""Reading hours, days off and bookings, each row with the right to see it where somebody looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.core.access import NotFound, Viewer
from app.deals.models import Deal, DealCompetitor
from app.identity.models import User
from app.interviews.models import Interview, State
from app.market.models import Competitor
from app.scheduling.models import (
    BookedQuarter,
    Booking,
    BookingLetter,
    BookingState,
    DayOff,
    Hours,
    office_hours,
)
from app.scheduling.slots import Span

_WITH_ALL = (
    joinedload(Booking.user),
    joinedload(Booking.interview).options(
        joinedload(Interview.deal).joinedload(Deal.account),
        joinedload(Interview.contact),
        joinedload(Interview.interviewer),
    ),
)


def hours_of(session: Session, user_ids: Collection[int]) -> dict[int, Hours]:
    """How each of them lets themselves be booked; an unsaved row with the defaults for whoever
    never said."""
    rows = session.scalars(select(Hours).where(Hours.user_id.in_(user_ids)))
    found = {row.user_id: row for row in rows}
    return {user_id: found.get(user_id) or default_hours(user_id) for user_id in user_ids}


def default_hours(user_id: int) -> Hours:
    return Hours(
        user_id=user_id,
        working=office_hours(),
        pause_minutes=15,
        notice_hours=24,
        most_per_day=3,
        room="",
        phone="",
    )


def saved_hours(session: Session, user_id: int) -> Hours | None:
    return session.scalar(select(Hours).where(Hours.user_id == user_id))


def hours_by_feed(session: Session, feed_id: str) -> Hours | None:
    """Whose feed it is; of nobody who has left."""
    return session.scalar(
        select(Hours)
        .join(Hours.user)
        .where(Hours.feed_id == feed_id, User.is_active)
        .options(joinedload(Hours.user))
    )


def days_off_of(session: Session, user_ids: Collection[int], frm: date) -> dict[int, list[DayOff]]:
    """Of each, those that are not over on that day, in order."""
    found: dict[int, list[DayOff]] = {user_id: [] for user_id in user_ids}
    rows = session.scalars(
        select(DayOff)
        .where(DayOff.user_id.in_(user_ids), DayOff.last_day >= frm)
        .order_by(DayOff.first_day, DayOff.id)
    )
    for row in rows:
        found[row.user_id].append(row)
    return found


def own_day_off(session: Session, viewer: Viewer, public_id: str) -> DayOff:
    """Raises NotFound."""
    found = session.scalar(
        select(DayOff).where(DayOff.public_id == public_id, DayOff.user_id == viewer.user_id)
    )
    if found is None:
        raise NotFound
    return found


def active_users(session: Session, user_ids: Collection[int]) -> Mapping[int, User]:
    rows = session.scalars(select(User).where(User.id.in_(user_ids), User.is_active))
    return {row.id: row for row in rows}


def lock_users(session: Session, user_ids: Collection[int]) -> None:
    """Nobody else decides about the time of these people until the transaction is over; always in
    the same order, so that two never wait for each other."""
    session.execute(
        select(User.id)
        .where(User.id.in_(user_ids))
        .order_by(User.id)
        .with_for_update(key_share=True)
    )


def booked_quarters(
    session: Session, user_ids: Collection[int], first: int, last: int, *, but_for: int | None
) -> dict[int, set[int]]:
    """Which quarters of each are taken; those of the interview `but_for` do not count."""
    found: dict[int, set[int]] = {user_id: set() for user_id in user_ids}
    rows = session.execute(
        select(BookedQuarter.user_id, BookedQuarter.quarter)
        .join(Booking, Booking.id == BookedQuarter.booking_id)
        .where(
            BookedQuarter.user_id.in_(user_ids),
            BookedQuarter.quarter.between(first, last),
            Booking.interview_id != but_for,
        )
    )
    for user_id, quarter in rows:
        found[user_id].add(quarter)
    return found


def interviews_between(
    session: Session, user_ids: Collection[int], frm: datetime, to: datetime, *, but_for: int | None
) -> Sequence[tuple[int, datetime, int, bool]]:
    """Who holds an interview then: user, when, how many minutes, and whether it was booked here or
    set by hand."""
    rows = session.execute(
        select(
            Interview.interviewer_id,
            Interview.scheduled_at,
            Interview.minutes,
            Booking.id.is_not(None),
        )
        .outerjoin(
            Booking,
            (Booking.interview_id == Interview.id) & (Booking.state == BookingState.BOOKED),
        )
        .where(
            Interview.interviewer_id.in_(user_ids),
            Interview.state == State.SCHEDULED,
            Interview.scheduled_at.between(frm - timedelta(days=1), to),
            Interview.id != but_for,
        )
    )
    return [(user, at, minutes, booked) for user, at, minutes, booked in rows if user and at]


def load_of(session: Session, user_ids: Collection[int], frm: datetime) -> Mapping[int, int]:
    """How many interviews each has ahead."""
    rows = session.execute(
        select(Booking.user_id, func.count())
        .where(
            Booking.user_id.in_(user_ids),
            Booking.state == BookingState.BOOKED,
            Booking.starts_at >= frm,
        )
        .group_by(Booking.user_id)
    ).all()
    return defaultdict(int, {row[0]: row[1] for row in rows})


def booking_of(session: Session, interview: Interview) -> Booking | None:
    """The time that the interview has."""
    return session.scalar(
        select(Booking)
        .where(Booking.interview_id == interview.id, Booking.state == BookingState.BOOKED)
        .options(joinedload(Booking.user))
    )


def last_booking_of(session: Session, interview: Interview) -> Booking | None:
    """The time that it has, or had last."""
    return session.scalar(
        select(Booking)
        .where(Booking.interview_id == interview.id)
        .order_by((Booking.state == BookingState.BOOKED).desc(), Booking.id.desc())
        .limit(1)
        .options(joinedload(Booking.user))
    )


def booking_by_id(session: Session, booking_id: int) -> Booking | None:
    return session.get(Booking, booking_id, options=_WITH_ALL)


def booking_by_uid(session: Session, uid: str) -> Booking | None:
    return session.scalar(select(Booking).where(Booking.public_id == uid).options(*_WITH_ALL))


def bookings_ahead_of_user(session: Session, user_id: int, now: datetime) -> Sequence[Booking]:
    return session.scalars(
        select(Booking)
        .where(
            Booking.user_id == user_id,
            Booking.state == BookingState.BOOKED,
            Booking.starts_at >= now,
        )
        .options(*_WITH_ALL)
        .order_by(Booking.starts_at)
    ).all()


def bookings_of_deals(
    session: Session, deal_ids: Collection[int], now: datetime
) -> Sequence[Booking]:
    """What is booked ahead about these deals."""
    return session.scalars(
        select(Booking)
        .join(Booking.interview)
        .where(
            Interview.deal_id.in_(deal_ids),
            Booking.state == BookingState.BOOKED,
            Booking.starts_at >= now,
        )
        .options(*_WITH_ALL)
    ).all()


def bookings_ahead(
    session: Session, frm: datetime, to: datetime | None = None
) -> Sequence[Booking]:
    """What is booked between the two, the earliest first."""
    statement = (
        select(Booking)
        .where(Booking.state == BookingState.BOOKED, Booking.starts_at >= frm)
        .options(*_WITH_ALL)
        .order_by(Booking.starts_at, Booking.id)
    )
    return session.scalars(statement.where(Booking.starts_at < to) if to else statement).all()


def letters_of(session: Session, booking: Booking) -> Sequence[BookingLetter]:
    return session.scalars(
        select(BookingLetter).where(BookingLetter.booking_id == booking.id)
    ).all()


def spans_by_user(rows: Sequence[tuple[int, datetime, int, bool]]) -> dict[int, list[Span]]:
    """The times of interviews that were set by hand: no quarters of theirs are booked."""
    found: dict[int, list[Span]] = defaultdict(list)
    for user_id, at, minutes, is_booked in rows:
        if not is_booked:
            begin = int(at.timestamp())
            found[user_id].append((begin, begin + minutes * 60))
    return found


def held_by(session: Session, user_id: int, begin: datetime, end: datetime) -> Sequence[Interview]:
    """What this person holds between the two, or has begun to, with all that is known of it."""
    return session.scalars(
        select(Interview)
        .where(
            Interview.interviewer_id == user_id,
            Interview.state.in_((State.SCHEDULED, State.IN_PROGRESS)),
            Interview.scheduled_at >= begin,
            Interview.scheduled_at < end,
        )
        .options(
            joinedload(Interview.deal).options(
                joinedload(Deal.account), joinedload(Deal.seller), joinedload(Deal.won_by)
            ),
            joinedload(Interview.contact),
            joinedload(Interview.guide_version),
        )
        .order_by(Interview.scheduled_at, Interview.id)
    ).all()


def bookings_by_interview(
    session: Session, interview_ids: Collection[int]
) -> Mapping[int, Booking]:
    rows = session.scalars(
        select(Booking).where(
            Booking.interview_id.in_(interview_ids), Booking.state == BookingState.BOOKED
        )
    )
    return {row.interview_id: row for row in rows}


def competitors_of(session: Session, deal_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Whom else the buyers of these deals looked at."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(DealCompetitor.deal_id, Competitor.name)
        .join(DealCompetitor.competitor)
        .where(DealCompetitor.deal_id.in_(deal_ids))
        .order_by(Competitor.name)
    )
    for deal_id, name in rows:
        found[deal_id].append(name)
    return found


def bookings_of_user(session: Session, user_id: int, since: datetime) -> Sequence[Booking]:
    """Every time of this person's since then, also those that were given back: a calendar that had
    them is to be told."""
    return session.scalars(
        select(Booking)
        .where(Booking.user_id == user_id, Booking.starts_at >= since)
        .options(*_WITH_ALL)
        .order_by(Booking.starts_at, Booking.id)
    ).all()
