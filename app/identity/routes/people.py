"""Colleagues: who is here, inviting, changing a role, shutting out."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.links import outside_link
from app.identity import operations, queries
from app.identity.forms import InviteForm, UserForm
from app.identity.inviting import invite_by_form
from app.identity.models import LinkPurpose, Role
from app.identity.policy import ROLE_NAMES
from app.identity.routes.blueprint import INVALID, blueprint


@blueprint.get("/people")
@guarded("users.edit")
def people() -> Any:
    return render_template(
        "identity/people.html",
        users=queries.users_and_last_seen(current_session()),
        invitations=queries.open_invitations(current_session()),
        role_names=ROLE_NAMES,
    )


@blueprint.route("/people/invite", methods=["GET", "POST"])
@guarded("users.edit")
def invite() -> Any:
    form = InviteForm()
    if form.validate_on_submit():
        links = invite_by_form(current_session(), viewer().actor, form)
        if links:
            return render_template("identity/invited.html", links=links)
    page = render_template("identity/invite.html", form=form)
    return (page, INVALID) if form.errors else page


@blueprint.post("/people/withdraw-invitation")
@guarded("users.edit")
def withdraw_invitation() -> Any:
    email = request.form.get("email", "")
    operations.withdraw_invitation(current_session(), viewer().actor, email)
    flash("The invitation is withdrawn.")
    return redirect(url_for("identity.people"))


@blueprint.route("/people/<int:user_id>", methods=["GET", "POST"])
@guarded("users.edit")
def person(user_id: int) -> Any:
    user = queries.user_by_id(current_session(), user_id)
    form = UserForm(obj=user)
    if form.validate_on_submit():
        try:
            operations.change_user(
                current_session(),
                viewer().actor,
                user,
                name=form.name.text,
                role=Role(form.role.data),
                is_tagger=form.is_tagger.data,
            )
        except operations.LastAdministrator as refusal:
            form.role.errors = [str(refusal)]
        else:
            flash(f"{user.name} is changed.")
            return redirect(url_for("identity.people"))
    page = render_template("identity/person.html", form=form, user=user)
    return (page, INVALID) if form.errors else page


@blueprint.route("/people/<int:user_id>/deactivate", methods=["GET", "POST"])
@guarded("users.edit")
def deactivate(user_id: int) -> Any:
    """Asks first; the answer is a POST."""
    user = queries.user_by_id(current_session(), user_id)
    if request.method == "GET":
        return render_template("identity/deactivate.html", user=user)
    try:
        operations.deactivate_user(current_session(), viewer().actor, user)
    except operations.LastAdministrator as refusal:
        flash(str(refusal), "error")
    else:
        flash(f"{user.name} can no longer sign in.")
    return redirect(url_for("identity.people"))


@blueprint.post("/people/<int:user_id>/activate")
@guarded("users.edit")
def activate(user_id: int) -> Any:
    user = queries.user_by_id(current_session(), user_id)
    operations.activate_user(current_session(), viewer().actor, user)
    flash(f"{user.name} can sign in again.")
    return redirect(url_for("identity.people"))


@blueprint.post("/people/<int:user_id>/new-password")
@guarded("users.edit")
def make_password_link(user_id: int) -> Any:
    user = queries.user_by_id(current_session(), user_id)
    token = operations.make_personal_link(
        current_session(), viewer().actor, LinkPurpose.NEW_PASSWORD, user
    )
    link = outside_link("identity.new_password", token=token)
    return render_template("identity/password_link.html", user=user, link=link)
