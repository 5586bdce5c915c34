"""The versions of the reason list: what each changed, by whom and why, and the list as it stood."""

from __future__ import annotations

from flask import render_template, request

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.tagging import queries
from app.tagging.codebook import queries as versions
from app.tagging.codebook.showing import CHANGES, shown_changes
from app.tagging.codebook.tree import walk
from app.tagging.routes.blueprint import blueprint


@blueprint.get("/reasons/versions")
@guarded("signed_in")
def list_versions() -> str:
    before = request.args.get("before", type=int)
    found = versions.versions(current_session(), before=before)
    shown = found[: versions.PAGE]
    return render_template(
        "tagging/list_versions.html",
        lines=shown,
        words=CHANGES,
        is_first=before is None,
        next_before=shown[-1].version.number if len(found) > len(shown) else None,
    )


@blueprint.get("/reasons/versions/<int:number>")
@guarded("signed_in")
def list_version(number: int) -> str:
    session = current_session()
    version = versions.version_by_number(session, number)
    names = {row.id: row.name for row in queries.all_reasons(session)}
    return render_template(
        "tagging/list_version.html",
        version=version,
        changes=shown_changes(versions.changed_in(session, version), names),
        latest=versions.latest_version(session),
        words=CHANGES,
        may_edit=viewer().may("codebook.edit"),
    )


@blueprint.get("/reasons/versions/<int:number>/list")
@guarded("signed_in")
def list_as_it_stood(number: int) -> str:
    session = current_session()
    version = versions.version_by_number(session, number)
    entries = walk(versions.standing_in(session, version), lambda row: row.reason_id)
    return render_template(
        "tagging/list_as_it_stood.html",
        version=version,
        entries=[(row, depth) for row, depth in entries if row.life == "active"],
    )
