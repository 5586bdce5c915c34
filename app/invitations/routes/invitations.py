"""Whom we have asked, how far each is, and what a person has to do: send a letter from their own
mail, find an address, name somebody else."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.buyer.queries import link_of
from app.core import clock
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes, settings
from app.deals.access import title_for
from app.deals.models import DECIDED, Contact
from app.deals.operations import Person, add_person
from app.deals.queries import people_of
from app.interviews.models import Interview
from app.interviews.queries import get_interview_to_hold, may_hold
from app.invitations import operations, queries, words, writing
from app.invitations.forms import ContactForm
from app.invitations.models import Ended, Invitation, Needs
from app.invitations.operations import CannotInvite, sender_of
from app.invitations.queries import Show
from app.invitations.wording import Step
from app.mail.words import STATES as MAIL_STATES

blueprint = Blueprint("invitations", __name__, template_folder="../templates")

INVALID = 422
#: What the database's integers can hold.
_MOST_DIGITS = 18


@blueprint.get("/invitations")
@guarded("interviews.hold")
def index() -> str:
    show, by_hand, now = _show(), not settings().smtp_url, clock.now()
    session = current_session()
    page = queries.list_invitations(
        session, viewer(), show, by_hand=by_hand, now=now, before=_before()
    )
    return render_template(
        "invitations/index.html",
        page_of=page,
        rows=[(row, title_for(viewer(), row.interview.deal)) for row in page.invitations],
        show=show,
        to_do=queries.count_to_do(session, viewer(), by_hand=by_hand, now=now),
        by_hand=by_hand,
        words=words,
    )


@blueprint.get("/invitations/<public_id>")
@guarded("interviews.hold")
def invitation(public_id: str) -> str:
    session, row = current_session(), _invitation(public_id)
    interview, by_hand = row.interview, not settings().smtp_url
    may_write = may_hold(viewer(), interview)
    waits = row.next_step if row.needs is None and row.next_due_at is not None else None
    letter = _letter(row, waits) if by_hand and may_write and waits is not None else None
    return render_template(
        "invitations/invitation.html",
        row=row,
        interview=interview,
        title=title_for(viewer(), interview.deal),
        letters=queries.all_letters_of(session, row),
        waits=waits,
        letter=letter,
        is_due=row.next_due_at is not None and row.next_due_at <= clock.now(),
        zone=operations.buyers_zone(session, interview).key,
        sender=sender_of(row),
        may_write=may_write,
        may_stop=may_write and row.asks,
        may_see_mail=viewer().may("mail.view"),
        by_hand=by_hand,
        words=words,
        mail_states=MAIL_STATES,
    )


@blueprint.post("/interviews/<public_id>/invite")
@guarded("interviews.hold")
def invite(public_id: str) -> Any:
    """Ask for this interview by letters."""
    interview = _interview(public_id)
    try:
        row = operations.invite(current_session(), viewer().actor, interview)
    except CannotInvite as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("interviews.page", public_id=public_id), 303)
    current_session().flush()
    return redirect(_address(row), 303)


@blueprint.post("/invitations/<public_id>/sent")
@guarded("interviews.hold")
def sent(public_id: str) -> Any:
    """The letter went out from somebody's own mail."""
    row = _own(public_id)
    step = request.form.get("step", "")
    letter = _letter(row, Step(step)) if step in tuple(Step) else None
    if letter is not None:
        operations.mark_sent(
            current_session(), viewer().actor, row, Step(step), wording=letter.wording
        )
        flash("Noted as sent.", "success")
    return redirect(_address(row), 303)


@blueprint.post("/invitations/<public_id>/stop")
@guarded("interviews.hold")
def stop(public_id: str) -> Any:
    row = _own(public_id)
    operations.end(current_session(), row, Ended.STOPPED, viewer().actor)
    flash("Stopped: no further letter goes out.", "success")
    return redirect(_address(row), 303)


@blueprint.route("/invitations/<public_id>/contact", methods=["GET", "POST"])
@guarded("interviews.hold")
def contact(public_id: str) -> Any:
    """The address is missing or wrong, or somebody else has to be asked: one field."""
    row = _invitation(public_id)
    if row.needs is None:
        return redirect(_address(row), 303)
    form = ContactForm(row.interview.contact, _others(row), one_field=row.needs is Needs.ADDRESS)
    if not (form.validate_on_submit() and _take_contact(row, form)):
        page = render_template(
            "invitations/contact.html",
            row=row,
            form=form,
            interview=row.interview,
            title=title_for(viewer(), row.interview.deal),
            words=words,
        )
        return (page, INVALID) if form.errors else page
    flash("Thank you. The invitation goes out by itself, in their working hours.", "success")
    return redirect(_address(row), 303)


def _letter(row: Invitation, step: Step) -> writing.Drafted | None:
    """As it reads now; None where it would lead nowhere, or there is no decision to speak of."""
    link = link_of(current_session(), row.interview)
    if link is None or not link.is_open or row.interview.deal.outcome not in DECIDED:
        return None
    return writing.draft(current_session(), row, step, link)


def _take_contact(row: Invitation, form: ContactForm) -> bool:
    """Whether they may be asked; if not, the form says why and nothing is kept."""
    session, actor = current_session(), viewer().actor
    chosen = form.chosen
    if chosen is None:
        person = Person(name=form.name.text, email=form.email.text)
        chosen = add_person(session, actor, row.interview.deal, person).contact
    elif form.email.text:
        operations.set_address(session, actor, chosen, form.email.text)
    try:
        operations.ask_another(session, actor, row, chosen)
    except CannotInvite as refusal:
        discard_changes()
        form.email.errors = [*form.email.errors, str(refusal)]
        return False
    return True


def _others(row: Invitation) -> list[Contact]:
    """Of the same decision, whom one may write to."""
    people = (each.contact for each in people_of(current_session(), row.interview.deal))
    return [one for one in people if one is not row.interview.contact and not one.do_not_contact]


def _show() -> Show:
    asked = request.args.get("show", "")
    return Show(asked) if asked in tuple(Show) else Show.TO_DO


def _before() -> int | None:
    before = request.args.get("before", "")
    is_number = before.isascii() and before.isdecimal() and len(before) <= _MOST_DIGITS
    return int(before) if is_number else None


def _invitation(public_id: str) -> Invitation:
    return queries.get_invitation(current_session(), viewer(), public_id)


def _own(public_id: str) -> Invitation:
    """For whoever holds the interview, or assigns interviews."""
    row = _invitation(public_id)
    if not may_hold(viewer(), row.interview):
        raise NotFound
    return row


def _interview(public_id: str) -> Interview:
    return get_interview_to_hold(current_session(), viewer(), public_id)


def _address(row: Invitation) -> str:
    return url_for("invitations.invitation", public_id=row.public_id)
