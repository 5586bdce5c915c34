"""One's own hours, and one's day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.calendars.queries import calendars_of
from app.core import clock
from app.core.access import guarded, viewer
from app.core.edge import current_session, settings
from app.core.formats import zone
from app.deals.access import title_for
from app.identity.operations import change_profile
from app.identity.queries import user_by_id
from app.interviews.words import BUYING_ROLES, CHANNELS
from app.scheduling import own, queries
from app.scheduling.day import day_of
from app.scheduling.forms import DayOffForm, HoursForm
from app.scheduling.models import Hours

blueprint = Blueprint("scheduling", __name__, template_folder="../templates")

_INVALID = 422


@blueprint.route("/account/hours", methods=["GET", "POST"])
@guarded("scheduling.own")
def hours() -> Any:
    session = current_session()
    user = user_by_id(session, viewer().user_id)
    found = queries.hours_of(session, [user.id])[user.id]
    form = HoursForm()
    if request.method == "GET":
        _show(form, found, viewer().time_zone)
    if form.validate_on_submit():
        values = {
            "working": form.working,
            "pause_minutes": form.pause_minutes.data,
            "notice_hours": form.notice_hours.data,
            "most_per_day": form.most_per_day.data,
            "room": form.room.text,
            "phone": form.phone.text,
        }
        own.set_hours(session, viewer().actor, user, values)
        if form.time_zone.text and form.time_zone.text != viewer().time_zone:
            change_profile(session, user, name=user.name, time_zone=form.time_zone.text)
        flash("Saved. Buyers are offered times by this from now on.", "success")
        return redirect(url_for("scheduling.hours"), 303)
    return _hours_page(form, DayOffForm(formdata=None))


@blueprint.post("/account/hours/days-off")
@guarded("scheduling.own")
def add_days_off() -> Any:
    form = DayOffForm()
    if form.validate_on_submit():
        own.take_days_off(
            current_session(),
            viewer().actor,
            viewer().user_id,
            *form.span,
            form.name.text,
        )
        flash("Noted: nobody can take a time then.", "success")
        return redirect(url_for("scheduling.hours") + "#days-off", 303)
    found = queries.hours_of(current_session(), [viewer().user_id])[viewer().user_id]
    typed = HoursForm(formdata=None)
    _show(typed, found, viewer().time_zone)
    return _hours_page(typed, form)


@blueprint.post("/account/hours/days-off/<public_id>/remove")
@guarded("scheduling.own")
def remove_days_off(public_id: str) -> Any:
    row = queries.own_day_off(current_session(), viewer(), public_id)
    own.give_days_back(current_session(), viewer().actor, row)
    flash("These days can be booked again.", "success")
    return redirect(url_for("scheduling.hours") + "#days-off", 303)


@blueprint.post("/account/hours/feed")
@guarded("scheduling.own")
def feed() -> Any:
    """Make the feed's address, or a new one."""
    own.renew_feed(current_session(), viewer().actor, viewer().user_id)
    flash("This is the address now; one that there was shows nothing any more.", "success")
    return redirect(url_for("scheduling.hours") + "#feed", 303)


@blueprint.get("/day")
@guarded("scheduling.own")
def day() -> str:
    """The viewer's interviews of one day, with all that is known, on one page."""
    here = zone(viewer().time_zone)
    shown = _asked_day() or clock.now().astimezone(here).date()
    begin = datetime.combine(shown, time.min, here)
    rows = day_of(
        current_session(),
        viewer(),
        begin,
        datetime.combine(shown + timedelta(days=1), time.min, here),
    )
    return render_template(
        "scheduling/day.html",
        shown=shown,
        is_today=shown == clock.now().astimezone(here).date(),
        before=shown - timedelta(days=1),
        after=shown + timedelta(days=1),
        rows=rows,
        title_for=lambda deal: title_for(viewer(), deal),
        time_zone=viewer().time_zone,
        roles=BUYING_ROLES,
        channels=CHANNELS,
    )


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None


def _show(form: HoursForm, hours: Hours, time_zone: str) -> None:
    form.show(hours.working)
    form.pause_minutes.data = hours.pause_minutes
    form.notice_hours.data = hours.notice_hours
    form.most_per_day.data = hours.most_per_day
    form.room.data, form.phone.data = hours.room, hours.phone
    form.time_zone.data = time_zone


def _hours_page(form: HoursForm, days_form: DayOffForm) -> Any:
    session = current_session()
    here = zone(viewer().time_zone)
    today = clock.now().astimezone(here).date()
    saved = queries.saved_hours(session, viewer().user_id)
    shown = render_template(
        "scheduling/hours.html",
        form=form,
        days_form=days_form,
        days_off=queries.days_off_of(session, [viewer().user_id], today)[viewer().user_id],
        has_calendar=bool(calendars_of(session, viewer().user_id)),
        feed=_feed_address(saved),
    )
    return (shown, _INVALID) if form.errors or days_form.errors else shown


def _feed_address(hours: Hours | None) -> str:
    if hours is None:
        return ""
    return settings().public_url + url_for("scheduling_feed.feed", feed_id=hours.feed_id)
