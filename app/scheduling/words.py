"""How a booked time is written for a person, by their own clock."""

from __future__ import annotations

from datetime import datetime

from babel import Locale
from babel.dates import format_date, format_time

from app.core.formats import zone

#: Where a language's own way is not the reader's: dates and 24-hour clocks as in Britain.
_LOCALES = {"en": "en_GB"}


#: A day without its year, in full words.
_DAYS = {
    "en": "EEEE d MMMM",
    "de": "EEEE, d. MMMM",
    "fr": "EEEE d MMMM",
    "es": "EEEE, d 'de' MMMM",
}


def locale_for(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language))


def day_words(moment: datetime, zone_name: str, language: str = "en") -> str:
    """'Wednesday 2 December', by that clock."""
    local = moment.astimezone(zone(zone_name)).date()
    return str(format_date(local, _DAYS.get(language, "full"), locale=locale_for(language)))


def clock_words(moment: datetime, zone_name: str, language: str = "en") -> str:
    """'10:00'."""
    local = moment.astimezone(zone(zone_name))
    return str(format_time(local, "short", locale=locale_for(language)))


def when_words(moment: datetime, zone_name: str, language: str = "en") -> str:
    """'Wednesday 2 December, 10:00 (Berlin)'."""
    day = day_words(moment, zone_name, language)
    return f"{day}, {clock_words(moment, zone_name, language)} ({place_words(zone_name)})"


def place_words(zone_name: str) -> str:
    """The city that a zone is named after: 'Buenos Aires'."""
    return zone_name.rpartition("/")[2].replace("_", " ")
