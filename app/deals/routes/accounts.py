"""An account: its deals, its people; and the names that are offered while one types."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.deals import operations, queries
from app.deals.forms import AccountForm
from app.deals.routes.blueprint import INVALID, blueprint

_SHORTEST_TYPED = 2


@blueprint.get("/accounts/<public_id>")
@guarded("deals.view")
def account(public_id: str) -> Any:
    session, who = current_session(), viewer()
    found = queries.get_account(session, who, public_id)
    return render_template(
        "deals/account.html",
        account=found,
        deals=queries.deals_of_account(session, who, found),
        contacts=queries.contacts_of_account(session, found),
    )


@blueprint.route("/accounts/<public_id>/edit", methods=["GET", "POST"])
@guarded("deals.edit")
def edit_account(public_id: str) -> Any:
    session = current_session()
    found = queries.get_account(session, viewer(), public_id)
    form = AccountForm(obj=found)
    if form.validate_on_submit():
        values = {field.name: field.text for field in form if field.name != "csrf_token"}
        operations.edit_account(session, viewer().actor, found, **values)
        flash(f"{found.name} is changed.")
        return redirect(url_for("deals.account", public_id=public_id))
    page = render_template("deals/account_edit.html", form=form, account=found)
    return (page, INVALID) if form.errors else page


@blueprint.get("/accounts/names")
@guarded("deals.add")
def account_names() -> Any:
    """Options for what is typed so far."""
    typed = request.args.get("account", "")
    names = (
        queries.accounts_beginning(current_session(), typed)
        if len(typed.strip()) >= _SHORTEST_TYPED
        else []
    )
    return render_template("deals/account_names.html", names=names)
