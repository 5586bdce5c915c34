"""Outgoing mail: what waits, what left, what a person must decide; and what came in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session, settings
from app.mail import operations, queries, words
from app.mail.incoming import words_for
from app.mail.mailboxes import ImapFolder, read_address
from app.mail.models import MailState

blueprint = Blueprint("mail", __name__, template_folder="templates", url_prefix="/mail")

_FILTERS: dict[str, tuple[MailState, ...]] = {
    "": (),
    "stuck": queries.STUCK,
    "waiting": (MailState.QUEUED, MailState.SENDING),
    "sent": (MailState.SENT,),
}
#: What the database's integers can hold.
_MOST_DIGITS = 18


@blueprint.get("")
@guarded("mail.view")
def index() -> str:
    chosen = request.args.get("show", "")
    before = request.args.get("before", "")
    page = queries.list_mails(
        current_session(),
        states=_FILTERS.get(chosen, ()),
        before=int(before) if before.isdecimal() and len(before) <= _MOST_DIGITS else None,
    )
    counts = queries.counts(current_session())
    return render_template(
        "mail/index.html",
        page_of_mails=page,
        chosen=chosen,
        stuck=sum(counts.get(state, 0) for state in queries.STUCK),
        waiting=counts.get(MailState.QUEUED, 0),
        has_server=bool(settings().smtp_url),
        words=words,
    )


@blueprint.get("/incoming")
@guarded("mail.view")
def incoming() -> str:
    url = settings().mailbox_url
    mailbox = read_address(url) if url else None
    return render_template(
        "mail/incoming.html",
        mails=queries.list_incoming(current_session()),
        words_for=words_for,
        has_mailbox=bool(url),
        mailbox=queries.mailbox(current_session(), mailbox.key)
        if isinstance(mailbox, ImapFolder)
        else None,
    )


@blueprint.get("/<public_id>")
@guarded("mail.view")
def mail(public_id: str) -> str:
    row = queries.get_mail(current_session(), public_id)
    return render_template("mail/mail.html", mail=row, words=words)


@blueprint.post("/<public_id>/<any(again, arrived, back):decision>")
@guarded("mail.view")
def decide(public_id: str, decision: str) -> Any:
    """`again`, `arrived` or `back`: what a person decided about a mail."""
    row = queries.get_mail(current_session(), public_id)
    decisions = {
        "again": (operations.send_again, "It will be sent again."),
        "arrived": (operations.take_as_sent, "Noted as sent."),
        "back": (operations.cancel, "Taken back: it will not be sent."),
    }
    act, said = decisions[decision]
    try:
        act(current_session(), viewer().actor, row)
    except operations.NotStuck as refusal:
        flash(str(refusal), "error")
    else:
        flash(said, "success")
    return redirect(url_for("mail.mail", public_id=public_id), 303)
