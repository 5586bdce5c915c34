"""Our side of the link: make it, write it to the buyer, end it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.buyer import letters, operations, queries, tokens
from app.buyer.languages import LANGUAGES
from app.buyer.operations import CannotAsk
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, settings
from app.core.links import outside_link
from app.deals.access import title_for
from app.identity.queries import workspace
from app.interviews import queries as interviews
from app.interviews.models import Interview

blueprint = Blueprint("buyer_links", __name__, template_folder="../templates")


@blueprint.get("/interviews/<public_id>/link")
@guarded("interviews.hold")
def link(public_id: str) -> Any:
    """The buyer's link, with a letter to send it in."""
    interview = _interview(public_id)
    found = queries.link_of(current_session(), interview)
    address = letter = None
    if found is not None and found.is_open:
        token = tokens.token_of(settings().secret_key, found.public_id)
        address = outside_link("buyer.welcome", token=token)
        letter = letters.invitation(
            found,
            address=address,
            company=workspace(current_session()).company or settings().public_url,
            to_write=not interview.is_heard,
        )
    return render_template(
        "buyer/link.html",
        may_bring=interviews.may_write(viewer(), interview),
        interview=interview,
        title=title_for(viewer(), interview.deal),
        link=found,
        address=address,
        letter=letter,
        languages=LANGUAGES,
    )


@blueprint.post("/interviews/<public_id>/link")
@guarded("interviews.hold")
def make(public_id: str) -> Any:
    """A new link; one that there was ends."""
    interview = _interview(public_id)
    days = settings().buyer_link_days
    try:
        operations.make_link(current_session(), viewer().actor, interview, days=days)
    except CannotAsk as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("interviews.page", public_id=public_id), 303)
    return redirect(url_for("buyer_links.link", public_id=public_id), 303)


@blueprint.post("/interviews/<public_id>/link/end")
@guarded("interviews.hold")
def end(public_id: str) -> Any:
    found = queries.link_of(current_session(), _interview(public_id))
    if found is None:
        raise NotFound
    operations.end_link(current_session(), viewer().actor, found)
    flash("The link leads nowhere now.", "success")
    return redirect(url_for("buyer_links.link", public_id=public_id), 303)


def _interview(public_id: str) -> Interview:
    return interviews.get_interview_to_hold(current_session(), viewer(), public_id)
