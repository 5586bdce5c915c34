"""What scheduling brings to the application."""

from __future__ import annotations

from flask import Flask

from app.buyer import ways
from app.buyer.models import BuyerLink
from app.core.navigation import Entry, register
from app.interviews.models import Channel
from app.interviews.moves import AHEAD
from app.scheduling import handlers as _handlers  # noqa: F401  # registers its handlers
from app.scheduling import jobs as _jobs  # noqa: F401  # registers its jobs
from app.scheduling.incoming import register_reader
from app.scheduling.panels import register_panels


def open_room(app: Flask) -> None:
    from app.scheduling.routes import feed, interviews, own, times

    # A buyer has no session that a foreign page could use: the address itself is the proof.
    app.extensions["csrf"].exempt(times)
    for blueprint in (times, own, interviews, feed):
        app.register_blueprint(blueprint)
    ways.register(_to_its_time)
    register_reader()
    register_panels()
    register(Entry("Your hours", "scheduling.hours", "scheduling.own", 14, group="account"))


def _to_its_time(link: BuyerLink) -> str | None:
    """Whoever is to talk with us finds times, or their own."""
    interview = link.interview
    is_talk = interview.channel is not Channel.WRITTEN and interview.state in AHEAD
    return "times.times" if is_talk else None
