"""A draft becomes a version; guides are put away and brought back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.guides import checking, drafts, operations, queries
from app.guides.comparing import compare
from app.guides.models import GuideDraft
from app.guides.routes.blueprint import INVALID, blueprint
from app.guides.versions import guide_of

_REASON = "reason-"


@blueprint.route("/guides/<slug>/draft/publish", methods=["GET", "POST"])
@guarded("guides.edit")
def publish(slug: str) -> Any:
    session = current_session()
    row = queries.get_draft(session, slug)
    if request.method == "GET":
        return _page(row)
    reasons = {
        name.removeprefix(_REASON): text
        for name, text in request.form.items()
        if name.startswith(_REASON)
    }
    try:
        version = drafts.publish_draft(session, viewer().actor, row, reasons)
    except drafts.NotPublishable:
        return _page(row, reasons), INVALID
    except drafts.NothingNew as refusal:
        flash(str(refusal))
        return redirect(url_for("guides.draft", slug=slug))
    flash(f"Version {version.number} is published. Interviews that begin now are held with it.")
    return redirect(url_for("guides.guide", slug=slug))


@blueprint.post("/guides/<slug>/archive")
@guarded("guides.edit")
def archive(slug: str) -> Any:
    session = current_session()
    newest = queries.versions_of(session, slug)[0]
    if request.form.get("offer") == "yes":
        operations.bring_back(session, viewer().actor, slug)
        flash(f"{newest.title} is offered again.")
    else:
        operations.archive(session, viewer().actor, slug)
        flash(f"{newest.title} is offered no more. Bring it back from the list.")
    return redirect(url_for("guides.guide", slug=slug))


@blueprint.post("/guides/<slug>/decline-shipped")
@guarded("guides.edit")
def decline_shipped(slug: str) -> Any:
    session = current_session()
    text = queries.find_shipped_text(session, slug)
    if text is None:
        raise NotFound
    operations.decline_shipped(session, viewer().actor, text)
    flash("Your own words stay.")
    return redirect(url_for("guides.guide", slug=slug))


def _page(row: GuideDraft, reasons: dict[str, str] | None = None) -> str:
    guide, faults = checking.guide_or_faults(row.content)
    newest = queries.newest_version(current_session(), row.slug)
    return render_template(
        "guides/publish.html",
        draft=row,
        number=newest.number + 1 if newest is not None else 1,
        faults=faults,
        errors=checking.errors_of(row.content),
        doubts=sum(found.finding.level != "error" for found in checking.linted(row.content)),
        reasons=reasons or {},
        asked=reasons is not None,
        differences=compare(guide_of(newest), guide) if newest and guide else None,
        newest=newest,
    )
