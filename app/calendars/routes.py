"""One's own calendars: connected, looked at, changed, disconnected.

A server is asked before this request's session is opened, for that one may hold the write lock.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.calendars import operations, queries
from app.calendars.caldav import Named
from app.calendars.fetching import (
    Access,
    CalendarTrouble,
    access_to,
    asker,
    fetch,
    find_calendars,
    owner_of,
    window_from,
)
from app.calendars.forms import (
    AddressForm,
    CaldavForm,
    ChangeAddressForm,
    ChangeCaldavForm,
    ChooseForm,
)
from app.calendars.models import Calendar, CalendarKind
from app.calendars.reading import Reading
from app.calendars.refreshing import read_calendar
from app.core import clock
from app.core.access import guarded, viewer
from app.core.edge import current_session, database, settings
from app.core.formats import plural
from app.core.limits import count_attempt
from app.identity.queries import user_by_id

blueprint = Blueprint("calendars", __name__, template_folder="templates", url_prefix="/account")

INVALID = 422
#: What is shown of a calendar to tell that it is the right one.
SHOWN = timedelta(days=14)
_MOST_SHOWN = 30
_MOST_TRIES = 30
_WINDOW = timedelta(minutes=15)


@blueprint.get("/calendars")
@guarded("interviews.hold")
def index() -> str:
    session = current_session()
    calendars = queries.calendars_of(session, viewer().user_id)
    now = clock.now()
    return render_template(
        "calendars/index.html",
        calendars=calendars,
        busy=queries.next_busy(session, calendars, now, now + SHOWN),
        unwritten=queries.count_unwritten(session, calendars),
    )


@blueprint.route("/calendars/by-address", methods=["GET", "POST"])
@guarded("interviews.hold")
def by_address() -> Any:
    form = AddressForm()
    if not form.validate_on_submit():
        return _form("calendars/by_address.html", form)
    access = form.access()
    try:
        reading = _look(access)
    except CalendarTrouble as trouble:
        form.address.errors = [str(trouble)]
        return _form("calendars/by_address.html", form)
    calendar = operations.connect(
        current_session(),
        viewer().actor,
        viewer().user_id,
        access,
        settings().secret_key,
        name=form.name.text or "Calendar",
    )
    operations.keep_reading(current_session(), calendar, reading)
    flash(f"Connected. {_what_we_see(reading)}")
    return redirect(url_for("calendars.calendar", public_id=calendar.public_id), 303)


@blueprint.route("/calendars/by-password", methods=["GET", "POST"])
@guarded("interviews.hold")
def by_password() -> Any:
    form = CaldavForm()
    if not form.validate_on_submit():
        return _form("calendars/by_password.html", form)
    try:
        offered, access, reading = _find(form.access())
    except CalendarTrouble as trouble:
        form.address.errors = [str(trouble)]
        return _form("calendars/by_password.html", form)
    calendar = operations.connect(
        current_session(),
        viewer().actor,
        viewer().user_id,
        access,
        settings().secret_key,
        name=form.name.text or offered[0].name or "Calendar",
        writes=form.writes.data,
        offered=offered,
    )
    operations.keep_reading(current_session(), calendar, reading)
    flash(f"Connected. {_what_we_see(reading)}")
    view = "calendars.choose" if len(offered) > 1 else "calendars.calendar"
    return redirect(url_for(view, public_id=calendar.public_id), 303)


@blueprint.get("/calendars/<public_id>")
@guarded("interviews.hold")
def calendar(public_id: str) -> str:
    session = current_session()
    row = queries.own_calendar(session, viewer(), public_id)
    now = clock.now()
    busy = queries.next_busy(session, [row], now, now + SHOWN)[row.id]
    return render_template(
        "calendars/calendar.html",
        calendar=row,
        busy=busy[:_MOST_SHOWN],
        count=len(busy),
        unwritten=queries.unwritten(session, row),
    )


@blueprint.route("/calendars/<public_id>/change", methods=["GET", "POST"])
@guarded("interviews.hold")
def change(public_id: str) -> Any:
    with database().reading() as session:
        row = queries.own_calendar(session, viewer(), public_id)
    form = ChangeAddressForm() if row.kind is CalendarKind.ICS else ChangeCaldavForm()
    if request.method == "GET":
        form.name.data = row.name
        if isinstance(form, CaldavForm):
            form.address.data, form.username.data = row.address, row.username
            form.writes.data = row.writes
    if not form.validate_on_submit():
        return _form("calendars/change.html", form, calendar=row)
    try:
        access = _changed(form, row)
        reading = _look(access, row)
    except CalendarTrouble as trouble:
        form.address.errors = [str(trouble)]
        return _form("calendars/change.html", form, calendar=row)
    kept = queries.own_calendar(current_session(), viewer(), public_id)
    operations.change(
        current_session(),
        viewer().actor,
        kept,
        access,
        settings().secret_key,
        name=form.name.text or row.name,
        writes=isinstance(form, CaldavForm) and form.writes.data,
    )
    operations.keep_reading(current_session(), kept, reading)
    flash(f"Saved. {_what_we_see(reading)}")
    return redirect(url_for("calendars.calendar", public_id=public_id), 303)


@blueprint.route("/calendars/<public_id>/choose", methods=["GET", "POST"])
@guarded("interviews.hold")
def choose(public_id: str) -> Any:
    row = queries.own_calendar(current_session(), viewer(), public_id)
    form = ChooseForm()
    form.offer(row.offered)
    if request.method == "GET":
        addresses = [address for address, _ in row.offered]
        form.calendar.data = str(addresses.index(row.address)) if row.address in addresses else None
    if not form.validate_on_submit():
        return _form("calendars/choose.html", form, calendar=row)
    address, name = row.offered[int(form.calendar.data)]
    operations.choose(current_session(), viewer().actor, row, Named(address, name or row.name))
    flash(f"It is {row.name} now. Its busy times are being read.")
    return redirect(url_for("calendars.calendar", public_id=public_id), 303)


@blueprint.post("/calendars/<public_id>/read")
@guarded("interviews.hold")
def read(public_id: str) -> Any:
    with database().reading() as session:
        row = queries.own_calendar(session, viewer(), public_id)
    try:
        _count_try()
    except CalendarTrouble as trouble:
        flash(str(trouble), "error")
    else:
        read_calendar(database(), settings(), row.id)
    return redirect(url_for("calendars.calendar", public_id=public_id), 303)


@blueprint.post("/calendars/<public_id>/disconnect")
@guarded("interviews.hold")
def disconnect(public_id: str) -> Any:
    row = queries.own_calendar(current_session(), viewer(), public_id)
    operations.disconnect(current_session(), viewer().actor, row)
    flash(f"{row.name} is disconnected.")
    return redirect(url_for("calendars.index"), 303)


@blueprint.post("/calendars/events/<public_id>/again")
@guarded("interviews.hold")
def write_again(public_id: str) -> Any:
    event = queries.own_event(current_session(), viewer(), public_id)
    operations.write_again(current_session(), event)
    flash("It is tried again now.")
    return redirect(url_for("calendars.calendar", public_id=event.calendar.public_id), 303)


def _form(template: str, form: Any, **context: Any) -> Any:
    page = render_template(template, form=form, **context)
    return (page, INVALID) if form.errors else page


def _look(access: Access, calendar: Calendar | None = None) -> Reading:
    """What is to be seen there now. Raises CalendarTrouble."""
    _count_try()
    with database().reading() as session:
        owner = owner_of(session, user_by_id(session, viewer().user_id), calendar)
    return fetch(asker(settings(), quick=True), access, window_from(clock.now()), owner)


def _find(access: Access) -> tuple[list[Named], Access, Reading]:
    """The calendars there, how to reach the first one, and what is in it. Raises
    CalendarTrouble."""
    _count_try()
    offered = find_calendars(asker(settings(), quick=True), access)
    first = Access(access.kind, offered[0].address, access.username, access.password)
    return offered, first, _look(first)


def _changed(form: AddressForm | CaldavForm, row: Calendar) -> Access:
    """What is typed, and what is kept where nothing is. Raises CalendarTrouble."""
    if isinstance(form, AddressForm):
        return form.access() if form.address.text else access_to(row, settings().secret_key)
    wished = form.access()
    if not wished.password:
        # A password that is kept is sent to no other server than the one it was given for.
        if urlsplit(wished.address)[:2] != urlsplit(row.address)[:2]:
            raise CalendarTrouble("This is another server: enter the password for it too.")
        wished = form.access(access_to(row, settings().secret_key).password)
    if wished.address == row.address:
        return wished
    _, found, _ = _find(wished)
    return found


def _count_try() -> None:
    """Raises CalendarTrouble for somebody who has servers asked all the time."""
    if count_attempt(database(), f"calendars:{viewer().user_id}", _WINDOW) > _MOST_TRIES:
        raise CalendarTrouble("That was tried too often. Wait 15 minutes.")


def _what_we_see(reading: Reading) -> str:
    soon = clock.now() + SHOWN
    count = sum(busy.starts_at < soon for busy in reading.busy)
    return f"What we see: {plural(count, 'busy time')} in the next two weeks."
