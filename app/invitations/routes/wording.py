"""What our letters say: looked at, changed, tried on oneself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.routing import BaseConverter, ValidationError

from app.buyer.languages import LANGUAGES
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, settings
from app.core.links import outside_link
from app.identity.queries import user_by_id, workspace
from app.invitations import queries, rewording, words
from app.invitations.composing import Composed, compose
from app.invitations.filling import example
from app.invitations.forms import BookingAddressForm, WordingForm
from app.invitations.wording import PLACEHOLDERS, About, Step, Wording, shipped
from app.mail.operations import domain_of

blueprint = Blueprint("letters", __name__, template_folder="../templates")

INVALID = 422


class AboutConverter(BaseConverter):
    """What a letter speaks of, in an address."""

    def to_python(self, value: str) -> About:
        try:
            return About(value)
        except ValueError:
            raise ValidationError from None


class StepConverter(BaseConverter):
    """A letter of the sequence, in an address."""

    def to_python(self, value: str) -> Step:
        try:
            return Step(value)
        except ValueError:
            raise ValidationError from None


@blueprint.get("/letters")
@guarded("invitations.edit")
def index() -> str:
    language = request.args.get("language", "en")
    language = language if language in LANGUAGES else "en"
    changed = queries.changed_wordings(current_session(), language)
    return render_template(
        "invitations/letters.html",
        language=language,
        languages=LANGUAGES,
        changed=changed,
        shipped=shipped,
        abouts=list(About),
        steps=list(Step),
        words=words,
    )


@blueprint.route(
    "/letters/<letter_about:about>/<language>/<letter_step:step>", methods=["GET", "POST"]
)
@guarded("invitations.edit")
def letter(about: About, language: str, step: Step) -> Any:
    """One letter. It is looked at and tried without being saved."""
    if language not in LANGUAGES:
        raise NotFound
    session = current_session()
    stands = queries.wording_for(session, about, language, step)
    form = WordingForm(step, obj=stands)
    if not form.validate_on_submit():
        page = _page(form, about, language, step, stands if not form.errors else None)
        return (page, INVALID) if form.errors else page
    wish = request.form.get("then", "save")
    if wish == "save":
        rewording.save(session, viewer().actor, about, language, step, form.words)
        flash("Saved. From the next letter on.", "success")
        return redirect(url_for("letters.letter", about=about, language=language, step=step), 303)
    if wish == "test":
        _send_test(_composed(form.words, about, language, step), language)
    return _page(form, about, language, step, form.words)


@blueprint.post("/letters/<letter_about:about>/<language>/<letter_step:step>/restore")
@guarded("invitations.edit")
def restore(about: About, language: str, step: Step) -> Any:
    row = queries.changed_wording(current_session(), about, language, step)
    if row is not None:
        rewording.restore(current_session(), viewer().actor, row)
        flash("Back to the wording that comes with Because.", "success")
    return redirect(url_for("letters.letter", about=about, language=language, step=step), 303)


@blueprint.route("/account/booking-page", methods=["GET", "POST"])
@guarded("interviews.hold")
def booking_page() -> Any:
    """One's own booking page, in place of the times that Because offers."""
    session = current_session()
    form = BookingAddressForm(obj=queries.booking_address(session, viewer().user_id))
    if form.validate_on_submit():
        user = user_by_id(session, viewer().user_id)
        rewording.set_booking_address(session, viewer().actor, user, form.address.text)
        flash("Saved. It stands in your letters from now on." if form.address.text else "Saved.")
        return redirect(url_for("letters.booking_page"), 303)
    page = render_template("invitations/booking_page.html", form=form)
    return (page, INVALID) if form.errors else page


def _send_test(letter: Composed, language: str) -> None:
    if not settings().smtp_url:
        flash("No mail server is set, so nothing can be sent from here.", "error")
        return
    user = user_by_id(current_session(), viewer().user_id)
    domain = domain_of(settings().mail_from)
    rewording.send_test(current_session(), user, letter, language=language, domain=domain)
    flash(f"It is on its way to {user.email}. Nothing is saved yet.", "success")


def _composed(words: Wording, about: About, language: str, step: Step) -> Composed:
    company = workspace(current_session())
    return compose(
        words,
        example(
            language,
            sender=viewer().name,
            company=company.company or "Because",
            product=company.product,
            time_zone=company.time_zone,
            address=outside_link("letters.letter", about=about, language=language, step=step),
        ),
    )


def _page(form: WordingForm, about: About, language: str, step: Step, shown: Wording | None) -> str:
    """`shown` is what the preview holds; nothing where the words cannot be filled in."""
    preview = _composed(shown, about, language, step) if shown is not None else None
    return render_template(
        "invitations/letter.html",
        form=form,
        about=about,
        language=language,
        language_name=LANGUAGES[language],
        step=step,
        changed=queries.changed_wording(current_session(), about, language, step),
        preview=preview,
        # Escaped when it was composed.
        preview_html=Markup(preview.html) if preview is not None else "",  # noqa: S704
        placeholders=PLACEHOLDERS,
        has_server=bool(settings().smtp_url),
        words=words,
    )
