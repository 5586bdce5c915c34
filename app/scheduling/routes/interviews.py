"""What an interviewer does with a time that a buyer took."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.refusals import told
from app.interviews.models import Interview
from app.interviews.queries import get_interview_to_hold
from app.scheduling import operations, queries
from app.scheduling.operations import CannotBook

blueprint = Blueprint("bookings", __name__, template_folder="../templates")


@blueprint.post("/interviews/<public_id>/booking/cancel")
@guarded("interviews.hold")
def cancel(public_id: str) -> Any:
    """Give the time back; the buyer may take another one."""
    interview = _interview(public_id)
    booking = queries.booking_of(current_session(), interview)
    if booking is None:
        flash("No time is booked any more.", "error")
    else:
        operations.cancel(current_session(), viewer().actor, booking)
        flash("The time is given back, and they are written that they may take another.", "success")
    return _back(public_id)


@blueprint.post("/interviews/<public_id>/booking/invite")
@guarded("interviews.hold")
def invite(public_id: str) -> Any:
    """A time that was agreed otherwise: send the buyer an invitation for their calendar."""
    interview = _interview(public_id)
    with told("They are sent an invitation for their calendar.", CannotBook):
        operations.note_agreed(current_session(), viewer().actor, interview)
    return _back(public_id)


@blueprint.post("/interviews/<public_id>/booking/in-writing")
@guarded("interviews.hold")
def in_writing(public_id: str) -> Any:
    """The rest, or all of it, in writing."""
    interview = _interview(public_id)
    with told("The link leads them to the questions.", CannotBook):
        operations.turn_written(current_session(), viewer().actor, interview)
        return redirect(url_for("buyer_links.link", public_id=public_id), 303)
    return _back(public_id)


def _interview(public_id: str) -> Interview:
    return get_interview_to_hold(current_session(), viewer(), public_id)


def _back(public_id: str) -> Any:
    return redirect(url_for("interviews.page", public_id=public_id), 303)
