"""The guides, to read before an interview or to print."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.core.access import NotFound, guarded
from app.core.edge import current_session
from app.guides import queries
from app.guides.versions import guide_of

blueprint = Blueprint("guides", __name__, template_folder="templates")


@blueprint.get("/guides")
@guarded("guides.view")
def index() -> str:
    versions = queries.newest_versions(current_session())
    return render_template(
        "guides/index.html", guides=[(version, guide_of(version)) for version in versions]
    )


@blueprint.get("/guides/<slug>")
@guarded("guides.view")
def guide(slug: str) -> str:
    """The newest version, or the one that `?version=` asks for."""
    versions = queries.versions_of(current_session(), slug)
    number = request.args.get("version", versions[0].number, type=int)
    shown = next((version for version in versions if version.number == number), None)
    if shown is None:
        raise NotFound
    return render_template(
        "guides/guide.html", version=shown, guide=guide_of(shown), newest=versions[0]
    )
