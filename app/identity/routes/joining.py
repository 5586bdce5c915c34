"""Pages behind a link that works once: the first administrator, joining, a new password."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from app.core.access import public
from app.core.edge import current_session
from app.identity import operations, queries
from app.identity.forms import FirstAdministratorForm, JoinForm, NewPasswordForm
from app.identity.models import LinkPurpose, OneTimeLink
from app.identity.policy import ROLE_NAMES
from app.identity.routes.blueprint import INVALID, begin_session, blueprint

GONE = 410


@blueprint.route("/first-administrator/<token>", methods=["GET", "POST"])
@public("The first person has no account yet; the link proves that they run the server.")
def first_administrator(token: str) -> Any:
    link = _usable(token, LinkPurpose.FIRST_ADMINISTRATOR)
    if link is None or queries.has_users(current_session()):
        return link_gone()
    form = FirstAdministratorForm()
    if form.validate_on_submit():
        operations.use_link(current_session(), link)
        user = operations.add_first_administrator(
            current_session(),
            email=form.email.text,
            name=form.name.text,
            password=form.password.text,
            time_zone=form.time_zone.text,
        )
        begin_session(user)
        return redirect("/")
    return _page("identity/first_administrator.html", form)


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@public("A colleague has no account yet; the link proves that they were invited.")
def join(token: str) -> Any:
    link = _usable(token, LinkPurpose.JOIN)
    if link is None or link.role is None:
        return link_gone()
    workspace = queries.workspace(current_session())
    form = JoinForm(about=[link.email, workspace.company])
    if form.validate_on_submit():
        try:
            user = operations.join(
                current_session(),
                link,
                name=form.name.text,
                password=form.password.text,
                time_zone=form.time_zone.text,
            )
        except operations.AddressTaken:
            return link_gone()
        begin_session(user)
        return redirect("/")
    return _page(
        "identity/join.html",
        form,
        company=workspace.company,
        email=link.email,
        role=ROLE_NAMES[link.role],
    )


@blueprint.route("/new-password/<token>", methods=["GET", "POST"])
@public("Whoever forgot their password cannot sign in; the link proves who they are.")
def new_password(token: str) -> Any:
    link = _usable(token, LinkPurpose.NEW_PASSWORD)
    if link is None or link.user is None:
        return link_gone()
    workspace = queries.workspace(current_session())
    form = NewPasswordForm(about=[link.user.email, workspace.company])
    if form.validate_on_submit():
        operations.use_link(current_session(), link)
        operations.set_password(current_session(), link.user, form.password.text)
        begin_session(link.user)
        return redirect("/")
    return _page("identity/new_password.html", form, email=link.user.email)


@blueprint.app_errorhandler(operations.LinkGone)
def link_gone(_error: operations.LinkGone | None = None) -> Any:
    """What somebody sees whose link was used or has ended."""
    return render_template("identity/link_gone.html", sign_in=url_for("identity.sign_in")), GONE


def _usable(token: str, purpose: LinkPurpose) -> OneTimeLink | None:
    return queries.usable_link(current_session(), token, purpose)


def _page(template: str, form: Any, **context: Any) -> Any:
    page = render_template(template, form=form, **context)
    return (page, INVALID) if form.errors else page
