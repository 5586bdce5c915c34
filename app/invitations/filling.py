"""What a letter fills in: for one interview, or for an example."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import force_locale, gettext

from app.buyer import languages
from app.core import clock
from app.core.formats import zone
from app.invitations.composing import Filling, Footer, Way, Ways
from app.invitations.hours import after_working_days
from app.scheduling.words import clock_words, day_words, place_words

_EXAMPLE_NAME = "Ingrid Holm"
_EXAMPLE_ACCOUNT = "Ferrow"


def time_words(instant: datetime, zone_name: str, language: str) -> str:
    """'Tuesday 8 December, 10:00', on that clock."""
    text = f"{day_words(instant, zone_name, language)}, {clock_words(instant, zone_name, language)}"
    return text[:1].upper() + text[1:]


def effort(*, in_writing: bool, minutes: int) -> str:
    """What is asked for, in the language that is being spoken."""
    if in_writing:
        return str(gettext("three questions in writing, about five minutes"))
    return str(
        gettext("a talk of %(minutes)s minutes, or three questions in writing", minutes=minutes)
    )


def lead_for(zone_name: str) -> str:
    """Said above the times: whose clock they follow."""
    place = place_words(zone_name)
    return str(gettext("Choose a time with one click (%(place)s time):", place=place))


def footer_for(product: str, address: str) -> Footer:
    return Footer(
        gettext("You get this letter because you decided about %(product)s.", product=product),
        Way(gettext("No more letters like this"), address),
    )


def example(
    language: str, *, sender: str, company: str, product: str, time_zone: str, address: str
) -> Filling:
    """As a letter might read; every link leads to `address`."""
    with force_locale(languages.choose(language)):
        times = [
            Way(time_words(instant, time_zone, language), address)
            for instant in _example_times(time_zone)
        ]
        return Filling(
            values={
                "name": _EXAMPLE_NAME,
                "account": _EXAMPLE_ACCOUNT,
                "product": product or company,
                "company": company,
                "sender": sender,
                "effort": effort(in_writing=False, minutes=30),
            },
            ways=Ways(
                times=times,
                lead=lead_for(time_zone),
                others=[
                    Way(gettext("Other times"), address),
                    Way(gettext("In writing, whenever it suits me"), address),
                    Way(gettext("No, thank you"), address),
                ],
            ),
            words=[Way(gettext("What is kept of me"), address)],
            footer=footer_for(product or company, address),
        )


def _example_times(time_zone: str) -> Sequence[datetime]:
    here = zone(time_zone)
    first = clock.now().astimezone(here).replace(hour=10, minute=0, second=0, microsecond=0)
    return [
        after_working_days(first, 2, here),
        after_working_days(first, 3, here) + timedelta(hours=4, minutes=30),
        after_working_days(first, 4, here) + timedelta(hours=1),
    ]
