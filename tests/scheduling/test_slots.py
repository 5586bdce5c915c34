"""When somebody is free: pure arithmetic on quarters of an hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.scheduling.slots import (
    Rules,
    Taken,
    free_quarters,
    moment_of,
    quarter_of,
    quarters_taken,
)

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = {str(day): [["09:00", "17:00"]] for day in range(5)}


def free(rules: Rules, day: date, taken: Taken | None = None, minutes: int = 30) -> list[str]:
    """The beginnings on that day, by the clock of the rules' zone, long before."""
    begin = datetime(day.year, day.month, day.day, tzinfo=rules.zone)
    now = begin - timedelta(days=30)
    found = free_quarters(rules, taken or Taken(), begin, begin + timedelta(days=1), now, minutes)
    return [f"{moment_of(quarter).astimezone(rules.zone):%H:%M}" for quarter in found]


def rules(zone: ZoneInfo = BERLIN, **values: object) -> Rules:
    return Rules(**({"zone": zone, "working": NINE_TO_FIVE, "pause_minutes": 0} | values))  # type: ignore[arg-type]


def at(hour: int, minute: int = 0, day: int = 1, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=zone)


def busy(begin: datetime, end: datetime) -> Taken:
    return Taken(busy=[(int(begin.timestamp()), int(end.timestamp()))])


TUESDAY = date(2026, 12, 1)


def test_an_empty_day_is_free_from_the_beginning_of_work_until_it_would_end_too_late():
    found = free(rules(), TUESDAY)
    assert found[0] == "09:00"
    assert found[-1] == "16:30"
    assert len(found) == 31


def test_a_longer_interview_must_end_in_time_too():
    assert free(rules(), TUESDAY, minutes=60)[-1] == "16:00"


def test_minutes_that_fill_no_quarter_take_the_whole_of_it():
    assert free(rules(), TUESDAY, minutes=20) == free(rules(), TUESDAY, minutes=30)


def test_nothing_is_free_at_the_weekend():
    assert free(rules(), date(2026, 12, 5)) == []


def test_a_lunch_break_splits_the_day():
    halves = rules(working={"1": [["09:00", "12:00"], ["13:00", "17:00"]]})
    found = free(halves, TUESDAY)
    assert "11:30" in found
    assert "11:45" not in found
    assert "12:45" not in found
    assert "13:00" in found


def test_whoever_works_until_midnight_is_free_until_then():
    late = rules(working={"1": [["20:00", "24:00"]]})
    assert free(late, TUESDAY)[-1] == "23:30"


def test_a_busy_time_takes_what_it_touches_and_no_more():
    found = free(rules(), TUESDAY, busy(at(10), at(11)))
    assert "09:30" in found
    assert "09:45" not in found
    assert "10:45" not in found
    assert "11:00" in found


def test_a_busy_time_that_begins_at_five_past_takes_the_whole_quarter():
    found = free(rules(), TUESDAY, busy(at(10, 5), at(10, 10)))
    assert "09:30" in found
    assert "09:45" not in found
    assert "10:15" in found


def test_the_pause_is_kept_before_and_after():
    found = free(rules(pause_minutes=15), TUESDAY, busy(at(10), at(11)))
    assert "09:15" in found
    assert "09:30" not in found
    assert "11:00" not in found
    assert "11:15" in found


def test_a_booked_interview_brings_its_own_pause():
    booked = quarters_taken(at(10), 30, pause_minutes=15)
    found = free(rules(pause_minutes=15), TUESDAY, Taken(quarters=booked))
    assert "09:15" in found
    assert "09:30" not in found
    assert "10:30" not in found
    assert "10:45" in found


def test_short_notice_is_not_offered():
    begin = at(0)
    found = free_quarters(
        rules(notice_hours=4), Taken(), begin, begin + timedelta(days=1), at(8, 10), 30
    )
    assert moment_of(found[0]).astimezone(BERLIN) == at(12, 15)


def test_a_day_off_is_not_offered():
    away = rules(days_off=[(date(2026, 11, 30), date(2026, 12, 1))])
    assert free(away, TUESDAY) == []
    assert free(away, date(2026, 12, 2)) != []


def test_a_full_day_is_not_offered():
    assert free(rules(most_per_day=2), TUESDAY, Taken(per_day={TUESDAY: 2})) == []
    assert free(rules(most_per_day=2), TUESDAY, Taken(per_day={TUESDAY: 1})) != []


def test_work_begins_at_nine_also_on_the_day_on_which_the_clocks_change():
    every_day = rules(working={str(day): [["01:00", "05:00"]] for day in range(7)})
    spring = free(every_day, date(2027, 3, 28))
    autumn = free(every_day, date(2026, 10, 25))
    assert spring[0] == "01:00"
    assert "02:00" not in spring
    assert spring[-1] == "04:30"
    assert autumn.count("02:00") == 2
    assert autumn[-1] == "04:30"


def test_the_clocks_of_the_southern_half_change_the_other_way():
    sydney = ZoneInfo("Australia/Sydney")
    before, after = date(2027, 4, 2), date(2027, 4, 5)
    working = rules(sydney)

    def first(day: date) -> datetime:
        begin = datetime(day.year, day.month, day.day, tzinfo=sydney)
        now = begin - timedelta(days=9)
        found = free_quarters(working, Taken(), begin, begin + timedelta(days=1), now, 30)
        return moment_of(found[0])

    assert first(before) == datetime(2027, 4, 1, 22, tzinfo=UTC)
    assert first(after) == datetime(2027, 4, 4, 23, tzinfo=UTC)


def test_zones_of_half_hours_and_quarters_begin_at_their_own_nine():
    for name in ("Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham"):
        assert free(rules(ZoneInfo(name)), TUESDAY)[0] == "09:00"


def test_quarters_are_counted_alike_there_and_back():
    moment = at(9, 45).astimezone(UTC)
    assert moment_of(quarter_of(moment)) == moment
