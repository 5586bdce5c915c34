"""Reads an iCalendar text with libical and prints what it found. Run by the system's Python, which
has gir1.2-ical-3.0; `--there` only asks whether it has."""

import json
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as Ical  # noqa: E402

if sys.argv[1:] == ["--there"]:
    sys.exit(0)

calendar = Ical.Parser.parse_string(sys.stdin.buffer.read().decode())
Kind, Prop = Ical.ComponentKind, Ical.PropertyKind
assert calendar.count_errors() == 0
event = calendar.get_first_component(Kind.VEVENT_COMPONENT)


def values(kind):
    found = event.get_first_property(kind)
    while found is not None:
        yield found
        found = event.get_next_property(kind)


def instant(kind):
    """By the file's own description of the zone, not by the system's."""
    found = event.get_first_property(kind)
    when = found.get_value().get_datetime() if hasattr(found.get_value(), "get_datetime") else None
    when = when or (event.get_dtstart() if kind == Prop.DTSTART_PROPERTY else event.get_dtend())
    parameter = found.get_first_parameter(Ical.ParameterKind.TZID_PARAMETER)
    zone = calendar.get_timezone(parameter.get_tzid()) if parameter else None
    assert parameter is None or zone is not None
    zone = zone or Ical.Timezone.get_utc_timezone()
    return int(when.as_timet_with_zone(zone))


alarm = event.get_first_component(Kind.VALARM_COMPONENT)
minutes = None
if alarm is not None:
    trigger = alarm.get_first_property(Prop.TRIGGER_PROPERTY).get_trigger()
    minutes = -trigger.get_duration().as_int() // 60
sys.stdout.write(
    json.dumps(
        {
            "method": calendar.get_first_property(Prop.METHOD_PROPERTY).get_value_as_string(),
            "uid": event.get_uid(),
            "sequence": event.get_sequence(),
            "starts": instant(Prop.DTSTART_PROPERTY),
            "ends": instant(Prop.DTEND_PROPERTY),
            "summary": event.get_summary(),
            "status": event.get_first_property(Prop.STATUS_PROPERTY).get_value_as_string(),
            "organizer": next(values(Prop.ORGANIZER_PROPERTY)).get_organizer(),
            "attendees": sorted(one.get_attendee() for one in values(Prop.ATTENDEE_PROPERTY)),
            "alarm_minutes": minutes,
        }
    )
)
