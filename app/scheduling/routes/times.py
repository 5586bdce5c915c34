"""The buyer's pages: times by their own clock, taking one, another one, giving it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import get_locale

from app.buyer import operations as buyer
from app.buyer.models import BuyerLink
from app.buyer.routes.blueprint import by_link, page
from app.calendars.refreshing import refresh
from app.core.access import NotFound, public
from app.core.edge import current_session, database, discard_changes, settings
from app.core.time_zones import time_zones
from app.identity.models import User
from app.interviews.models import Channel, State
from app.programmes.queries import interviewers_of
from app.scheduling import operations, queries, telling
from app.scheduling.forms import TakeForm, format_at, parse_at
from app.scheduling.invitations import Method, invitation
from app.scheduling.letters import location_of
from app.scheduling.models import Booking
from app.scheduling.operations import CannotBook, SlotTaken, check_bookable
from app.scheduling.showing import free_users, times_from, zone_for
from app.scheduling.words import clock_words, day_words, place_words, when_words

blueprint = Blueprint("times", __name__, template_folder="../templates")

_WHY_PUBLIC = "A buyer has no account; the signed address is theirs alone."
_INVALID, _TAKEN = 422, 409
#: A calendar read since then is not read again for a booking.
_LATELY = timedelta(minutes=1)


@blueprint.get("/b/<token>/times")
@public(_WHY_PUBLIC)
@by_link
def times(link: BuyerLink) -> Any:
    """The time they have; else those they may take, or one of them to be confirmed."""
    booking = queries.booking_of(current_session(), link.interview)
    at = parse_at(request.args.get("at", ""))
    asks_for_another = "other" in request.args or at is not None
    if booking is not None and (not asks_for_another or at == booking.starts_at):
        return _booked_page(link, booking)
    if not _is_bookable(link):
        return _nothing_page(link)
    if at is not None:
        free = bool(free_users(current_session(), link.interview, at))
        return _confirm_page(link, booking, at) if free else _times_page(link, booking, taken=at)
    return _times_page(link, booking)


@blueprint.post("/b/<token>/times")
@public(_WHY_PUBLIC)
@by_link
def take(link: BuyerLink) -> Any:
    form = TakeForm()
    at = parse_at(form.at.text)
    if at is None:
        raise NotFound
    session, interview = current_session(), link.interview
    zone = zone_for(session, interview, form.zone.text)
    booking = queries.booking_of(session, interview)
    if not form.validate():
        return _confirm_page(link, booking, at, form=form), _INVALID
    _read_calendars_again(link, at)
    try:
        operations.book(
            session,
            buyer.buyer_of(link),
            interview,
            at,
            time_zone=zone.name,
            phone=form.phone.text,
        )
    except SlotTaken:
        discard_changes()
        return _times_page(link, queries.booking_of(session, interview), taken=at), _TAKEN
    except CannotBook:
        return _nothing_page(link), _TAKEN
    return redirect(_to("times"), 303)


def _read_calendars_again(link: BuyerLink, at: datetime) -> None:
    """What whoever is free then has put into their calendar in the last minutes. Nothing is written
    yet: the transaction is given back while the servers are asked."""
    user_ids = free_users(current_session(), link.interview, at)
    discard_changes()
    refresh(database(), settings(), user_ids, older_than=_LATELY)


@blueprint.post("/b/<token>/times/cancel")
@public(_WHY_PUBLIC)
@by_link
def cancel(link: BuyerLink) -> Any:
    session = current_session()
    booking = queries.booking_of(session, link.interview)
    if booking is not None:
        operations.cancel(session, buyer.buyer_of(link), booking)
    return redirect(_to("times", cancelled=1), 303)


@blueprint.route("/b/<token>/times/in-writing", methods=["GET", "POST"])
@public(_WHY_PUBLIC)
@by_link
def in_writing(link: BuyerLink) -> Any:
    """No talk: questions, answered whenever it suits them."""
    interview = link.interview
    if interview.is_heard or (
        interview.channel is Channel.WRITTEN and interview.state is not State.NO_SHOW
    ):
        return redirect(url_for("buyer.welcome", token=_token()))
    if request.method != "POST":
        booking = queries.booking_of(current_session(), interview)
        return page("scheduling/in_writing.html", link, booking=booking, when=_when)
    operations.turn_written(current_session(), buyer.buyer_of(link), interview)
    return redirect(url_for("buyer.welcome", token=_token()), 303)


@blueprint.get("/b/<token>/times/talk.ics")
@public(_WHY_PUBLIC)
@by_link
def calendar_file(link: BuyerLink) -> Any:
    """For a calendar that no mail reached."""
    session = current_session()
    booking = queries.booking_of(session, link.interview)
    if booking is None:
        raise NotFound
    house = telling.house_for(session, settings(), booking, link)
    meeting = telling.meeting_for_buyer(booking, house, settings(), str(get_locale()))
    response = Response(invitation(meeting, Method.PUBLISH), mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="talk.ics"'
    return response


def _is_bookable(link: BuyerLink) -> bool:
    try:
        check_bookable(link.interview)
    except CannotBook:
        return False
    return True


def _booked_page(link: BuyerLink, booking: Booking) -> str:
    return page(
        "scheduling/booked.html",
        link,
        booking=booking,
        when=_when(booking.starts_at, booking.time_zone),
        location=location_of(booking, str(get_locale())),
    )


def _nothing_page(link: BuyerLink) -> str:
    return page("scheduling/nothing.html", link)


def _times_page(link: BuyerLink, booking: Booking | None, *, taken: datetime | None = None) -> str:
    """`taken` was asked for and is free no longer."""
    session, interview = current_session(), link.interview
    zone = zone_for(session, interview, request.values.get("zone"))
    found = times_from(session, interview, zone.name, _from())
    language = str(get_locale())
    return page(
        "scheduling/times.html",
        link,
        booking=booking,
        zone=zone,
        zones=time_zones(),
        place=place_words(zone.name),
        times=found,
        taken=_when(taken, zone.name) if taken is not None else "",
        was_cancelled="cancelled" in request.args and booking is None,
        who=_who(interviewers_of(session, interview)),
        day_of=lambda at: day_words(at, zone.name, language),
        clock_of=lambda at: clock_words(at, zone.name, language),
        address_of=lambda at: _to("times", at=format_at(at), zone=zone.name),
        is_first=_from() is None,
    )


def _confirm_page(
    link: BuyerLink, booking: Booking | None, at: datetime, *, form: TakeForm | None = None
) -> str:
    zone = zone_for(current_session(), link.interview, request.values.get("zone"))
    if form is None:
        form = TakeForm(formdata=None)
        form.phone.data = booking.phone if booking is not None else ""
    return page(
        "scheduling/confirm.html",
        link,
        booking=booking,
        form=form,
        at=format_at(at),
        zone=zone,
        place=place_words(zone.name),
        when=_when(at, zone.name),
        others=_to("times", other=1, zone=zone.name),
    )


def _from() -> date | None:
    try:
        return date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return None


def _who(users: Any) -> str:
    """Whom they will talk with, where that is settled."""
    people: list[User] = list(users)
    return people[0].name if len(people) == 1 else ""


def _when(at: datetime, zone_name: str) -> str:
    return when_words(at, zone_name, str(get_locale()))


def _token() -> str:
    return str((request.view_args or {})["token"])


def _to(view: str, **values: Any) -> str:
    return url_for(f"times.{view}", token=_token(), **values)
