"""Afterwards: what was recorded, to correct, to confirm, to narrow, to take back."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date
from flask import redirect, request, url_for
from flask_babel import get_locale

from app.buyer import operations, queries
from app.buyer.forms import SCOPES, AllowForm, CorrectionForm, QuoteForm
from app.buyer.models import BuyerLink
from app.buyer.placing import is_reply
from app.buyer.routes.blueprint import blueprint, by_link, page
from app.buyer.ways import further_pages, may_go_on
from app.core.access import public
from app.core.edge import current_session
from app.interviews.confidence import is_exact, narrower
from app.interviews.models import Scope

_WHY_PUBLIC = "A buyer has no account; the signed address is theirs alone."
_INVALID = 422


@blueprint.get("/b/<token>/words")
@public(_WHY_PUBLIC)
@by_link
def words(link: BuyerLink) -> Any:
    return _words_page(link)


@blueprint.post("/b/<token>/answers/<public_id>")
@public(_WHY_PUBLIC)
@by_link
def correct(link: BuyerLink, public_id: str) -> Any:
    answer = queries.own_answer(current_session(), link, public_id)
    form = CorrectionForm()
    if not form.validate() or not form.text.text.strip():
        return _words_page(link, wrong=public_id, typed=form.text.text), _INVALID
    operations.correct(current_session(), link, answer, form.text.text)
    return _changed(f"a-{public_id}")


@blueprint.post("/b/<token>/answers/<public_id>/confirm")
@public(_WHY_PUBLIC)
@by_link
def confirm(link: BuyerLink, public_id: str) -> Any:
    answer = queries.own_answer(current_session(), link, public_id)
    operations.confirm(current_session(), link, answer)
    return _changed(f"a-{public_id}")


@blueprint.post("/b/<token>/quotes/<public_id>")
@public(_WHY_PUBLIC)
@by_link
def narrow(link: BuyerLink, public_id: str) -> Any:
    quote = queries.own_quote(current_session(), link, public_id)
    form = QuoteForm()
    if form.validate():
        operations.narrow(current_session(), link, quote, Scope(form.scope.data))
    return _changed(f"q-{public_id}")


@blueprint.post("/b/<token>/interviews/<public_id>/allow")
@public(_WHY_PUBLIC)
@by_link
def allow(link: BuyerLink, public_id: str) -> Any:
    interview = queries.own_interview(current_session(), link, public_id)
    form = AllowForm()
    if form.validate():
        operations.allow(
            current_session(),
            link,
            interview,
            scope=Scope(form.scope.data),
            seller_may_read=form.seller_may_read.data == "yes",
        )
    return _changed(f"i-{public_id}")


@blueprint.route("/b/<token>/interviews/<public_id>/delete", methods=["GET", "POST"])
@public(_WHY_PUBLIC)
@by_link
def delete_words(link: BuyerLink, public_id: str) -> Any:
    """Asked once more on a page of its own: it cannot be undone."""
    interview = queries.own_interview(current_session(), link, public_id)
    if request.method != "POST":
        return page("buyer/delete.html", link, about=interview)
    operations.delete_words(current_session(), link, interview)
    return _changed("top")


def _words_page(link: BuyerLink, *, wrong: str = "", typed: str = "") -> str:
    return page(
        "buyer/words.html",
        link,
        said=queries.said_by(current_session(), link),
        is_exact=is_exact,
        is_reply=is_reply,
        scope_of=lambda quote, interview: narrower(interview.scope, quote.scope).value,
        allow_form=_allow_form,
        scopes=SCOPES,
        long_date=_long_date,
        wrong=wrong,
        typed=typed,
        changed="changed" in request.args,
        goes_on=may_go_on(link),
        further=further_pages(current_session(), link),
    )


def _long_date(day: date) -> str:
    language = str(get_locale())
    return format_date(day, "long", locale="en_GB" if language == "en" else language)


def _allow_form(interview: Any) -> AllowForm:
    form = AllowForm(formdata=None)
    form.ask_about(interview.deal.seller)
    form.scope.data = interview.scope.value if interview.scope else None
    may = {True: "yes", False: "no", None: None}
    form.seller_may_read.data = may[interview.seller_may_read]
    return form


def _changed(place: str) -> Any:
    token = (request.view_args or {})["token"]
    return redirect(url_for("buyer.words", token=token, changed=1, _anchor=place), 303)
