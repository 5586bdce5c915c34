"""A reply that came by mail: which of its words answer which question."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.buyer import placing, queries, replies
from app.buyer.forms import BringForm, PlaceForm
from app.buyer.models import BuyerLink, MailReply
from app.buyer.reading import NotAMail, pasted_mail, read_mail
from app.buyer.replies import Received, ReplyChanged
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.core.forms import options
from app.deals.access import title_for
from app.identity.queries import user_by_email
from app.interviews import queries as interviews
from app.interviews.answering import AnswersClosed
from app.interviews.conversation import Turn
from app.interviews.loading import load_conversation
from app.interviews.models import Answer, Interview

blueprint = Blueprint("buyer_replies", __name__, template_folder="../templates")

_INVALID = 422
_SENTENCE = "sentence"


@blueprint.route("/interviews/<public_id>/replies/<reply_id>", methods=["GET", "POST"])
@guarded("interviews.hold")
def reply(public_id: str, reply_id: str) -> Any:
    """The reply in pieces, each with its question."""
    interview, found, answer = _reply(public_id, reply_id)
    turns = _turns(interview)
    if request.method == "GET":
        by_sentence = request.args.get("by") == _SENTENCE
        return _page(interview, found, turns, by_sentence=by_sentence)
    form = PlaceForm()
    form.where.choices = options(_choices(turns))
    by_sentence = form.by.text == _SENTENCE
    parts = placing.pieces(answer.text, by_sentence=by_sentence)
    where = form.where.data or []
    if not form.validate() or len(where) != len(parts):
        error = "Choose for each piece where it belongs."
        return _page(interview, found, turns, by_sentence=by_sentence, error=error), _INVALID
    placed = placing.place(answer.text, parts, where)
    return _placed(interview, found, turns, placed, base=form.base.data or 0)


@blueprint.route("/interviews/<public_id>/replies/new", methods=["GET", "POST"])
@guarded("interviews.hold")
def bring(public_id: str) -> Any:
    """Bring in a reply that came to one's own mailbox."""
    interview = _interview(public_id)
    link = _link(interview)
    form = BringForm()
    if form.validate_on_submit():
        try:
            found = _received(link, form)
        except NotAMail as problem:
            form.file.errors = [str(problem)]
        else:
            flash("The reply is here. Now say which question each piece answers.", "success")
            return redirect(_address(interview, found), 303)
    shown = render_template(
        "buyer/bring_reply.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        form=form,
    )
    return (shown, _INVALID) if form.errors else shown


def _received(link: BuyerLink, form: BringForm) -> MailReply:
    """Raises NotAMail, also for one that is no answer."""
    session = current_session()
    if form.file.data and form.file.data.filename:
        mail = read_mail(form.file.data.read())
    else:
        mail = pasted_mail(form.pasted.text, of=link.interview.public_id)
    is_ours = bool(mail.sender) and user_by_email(session, mail.sender) is not None
    result = replies.receive(session, viewer().actor, mail, link, is_ours=is_ours)
    found = queries.reply_known_as(session, mail.fingerprint)
    if result is not Received.TAKEN or found is None:
        raise NotAMail(f"Not taken in: {replies.SAYS[result]}.")
    return found


@blueprint.post("/interviews/<public_id>/replies/<reply_id>/aside")
@guarded("interviews.hold")
def set_aside(public_id: str, reply_id: str) -> Any:
    """A reply that answers nothing, such as 'thank you, no time'."""
    interview, found, _ = _reply(public_id, reply_id)
    form = PlaceForm()
    nothing = placing.Placed("", {})
    return _placed(interview, found, [], nothing, base=form.base.data or 0)


def _placed(
    interview: Interview,
    found: MailReply,
    turns: list[Turn],
    placed: placing.Placed,
    *,
    base: int,
) -> Any:
    actor = viewer().actor
    link = _link(interview)
    try:
        replies.place(current_session(), actor, link, found, placed, turns, base=base)
    except (ReplyChanged, AnswersClosed) as refusal:
        flash(str(refusal), "error")
        return redirect(_address(interview, found), 303)
    if placed.kept or placed.by_question:
        flash("Placed. Their words stand with the questions.", "success")
    else:
        flash("Left out. It is no answer.", "success")
    return redirect(url_for("interviews.page", public_id=interview.public_id), 303)


def _page(
    interview: Interview,
    found: MailReply,
    turns: list[Turn],
    *,
    by_sentence: bool,
    error: str = "",
) -> str:
    text = found.answer.text if found.answer is not None else ""
    parts = placing.pieces(text, by_sentence=by_sentence)
    chosen = request.form.getlist("where")
    known = interview.contact.email if interview.contact is not None else ""
    return render_template(
        "buyer/reply.html",
        interview=interview,
        reply=found,
        title=title_for(viewer(), interview.deal),
        pieces=parts,
        by_sentence=by_sentence,
        choices=_choices(turns),
        chosen=chosen if len(chosen) == len(parts) else [placing.HERE] * len(parts),
        is_other_sender=bool(found.sender) and found.sender != known.lower(),
        error=error,
    )


def _choices(turns: list[Turn]) -> list[tuple[str, str]]:
    """Where a piece may go."""
    asked = [(turn.question_id, turn.say) for turn in turns]
    return [(placing.HERE, "Here, in the reply"), *asked, (placing.OUT, "Nowhere: leave it out")]


def _turns(interview: Interview) -> list[Turn]:
    return replies.questions_for(load_conversation(current_session(), interview).turns)


def _reply(public_id: str, reply_id: str) -> tuple[Interview, MailReply, Answer]:
    interview = _interview(public_id)
    return interview, *queries.get_reply(current_session(), interview, reply_id)


def _address(interview: Interview, found: MailReply) -> str:
    return url_for("buyer_replies.reply", public_id=interview.public_id, reply_id=found.public_id)


def _interview(public_id: str) -> Interview:
    interview = interviews.get_interview_to_hold(current_session(), viewer(), public_id)
    if not interviews.may_write(viewer(), interview):
        raise NotFound
    return interview


def _link(interview: Interview) -> BuyerLink:
    link = queries.link_of(current_session(), interview)
    if link is None:
        raise NotFound
    return link
