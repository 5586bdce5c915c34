"""What the whole company shares."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.identity import operations, queries
from app.identity.forms import WorkspaceForm
from app.identity.routes.blueprint import INVALID, blueprint


@blueprint.route("/workspace", methods=["GET", "POST"])
@guarded("workspace.edit")
def workspace() -> Any:
    form = WorkspaceForm(obj=queries.workspace(current_session()))
    if form.validate_on_submit():
        operations.change_workspace(current_session(), viewer().actor, **form.values)
        flash("Saved.")
        return redirect(url_for("identity.workspace"))
    page = render_template("identity/workspace.html", form=form)
    return (page, INVALID) if form.errors else page
