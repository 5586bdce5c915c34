"""One's own account: name, time zone, password, and where one is signed in."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from app.core.access import guarded
from app.core.edge import current_session, database
from app.core.limits import count_attempt
from app.identity import operations, queries
from app.identity.forms import ChangePasswordForm, ProfileForm
from app.identity.policy import ROLE_NAMES
from app.identity.routes.blueprint import INVALID, begin_session, blueprint, own_user
from app.identity.routes.signing_in import MOST_PER_EMAIL, TOO_MANY, WINDOW, email_key


@blueprint.route("/account", methods=["GET", "POST"])
@guarded("signed_in")
def account() -> Any:
    user = own_user()
    form = ProfileForm(obj=user)
    if form.validate_on_submit():
        operations.change_profile(
            current_session(), user, name=form.name.text, time_zone=form.time_zone.text
        )
        flash("Saved.")
        return redirect(url_for("identity.account"))
    page = render_template(
        "identity/account.html",
        form=form,
        user=user,
        role=ROLE_NAMES[user.role],
        sign_ins=queries.sign_ins_of(current_session(), user.id),
    )
    return (page, INVALID) if form.errors else page


@blueprint.post("/account/devices/<int:sign_in_id>/sign-out")
@guarded("signed_in")
def sign_device_out(sign_in_id: int) -> Any:
    operations.sign_out(current_session(), own_user(), sign_in_id)
    flash("That device is signed out.")
    return redirect(url_for("identity.account"))


@blueprint.route("/account/password", methods=["GET", "POST"])
@guarded("signed_in")
def change_password() -> Any:
    company = queries.workspace_now(database()).company
    form = ChangePasswordForm(about=[current_user.email, company])
    if not form.validate_on_submit():
        return _password_page(form, INVALID)
    # Counted before this request's session is opened, for both of them write.
    tried = count_attempt(database(), email_key(current_user.email), WINDOW)
    if tried > MOST_PER_EMAIL:
        form.present.errors = ["That was tried too often. Wait 15 minutes."]
        return _password_page(form, TOO_MANY)
    user = own_user()
    if not operations.password_matches(user, form.present.text):
        form.present.errors = ["This is not your present password."]
        return _password_page(form, INVALID)
    operations.set_password(current_session(), user, form.password.text)
    begin_session(user)
    flash("Your password is changed. Every other device is signed out.")
    return redirect(url_for("identity.account"))


def _password_page(form: ChangePasswordForm, status: int) -> Any:
    page = render_template("identity/change_password.html", form=form)
    return (page, status) if form.errors else page
