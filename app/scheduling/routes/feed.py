"""The feed of one interviewer's times, for a calendar program that subscribes to it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response

from app.core import clock
from app.core.access import NotFound, public
from app.core.edge import current_session, settings
from app.identity.queries import workspace
from app.scheduling import invitations, queries, telling

blueprint = Blueprint("scheduling_feed", __name__)

#: What is over stays so long.
_BACK = timedelta(days=30)


@blueprint.get("/feeds/<feed_id>.ics")
@public("A calendar program cannot sign in: the address itself is the secret, and can be changed.")
def feed(feed_id: str) -> Response:
    session = current_session()
    hours = queries.hours_by_feed(session, feed_id)
    if hours is None:
        raise NotFound
    zone_name = hours.user.time_zone or workspace(session).time_zone
    meetings = [
        telling.meeting_for_interviewer(
            booking, telling.house_for(session, settings(), booking, None), settings(), zone_name
        )
        for booking in queries.bookings_of_user(session, hours.user_id, clock.now() - _BACK)
    ]
    text = invitations.feed(meetings, "Interviews")
    response = Response(text, mimetype="text/calendar")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
