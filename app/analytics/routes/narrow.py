"""Where the filters are set: a page of its own, or a part of the page it was opened from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from app.analytics import choices
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import read_shown
from app.core.access import guarded, viewer
from app.core.edge import current_session

_OF_THE_PAGE = ("way", "view", "theme", "audience")
_pages_of_later_rooms: set[str] = set()


def narrows(endpoint: str) -> None:
    """A page of a later room takes the same filters."""
    _pages_of_later_rooms.add(endpoint)


@blueprint.get("/narrow")
@guarded("analytics.view")
def narrow() -> str:
    session, shown = current_session(), read_shown()
    is_part = bool(request.headers.get("HX-Request"))
    leads_to, own = _page_of_figures(request.args.get("page", "")), _arguments_of_the_page()
    return render_template(
        "analytics/_narrow.html" if is_part else "analytics/narrow.html",
        shown=shown,
        leads_to=leads_to,
        back=f"{leads_to}?{urlencode([*own, *shown.query.items()], doseq=True)}",
        offers=choices.offers(session, viewer()),
        own=own,
    )


def _page_of_figures(path: str) -> str:
    """The path that the filters are for, where it is a page of figures; else the overview."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        endpoint = ""
    is_ours = str(endpoint).startswith(f"{blueprint.name}.") and endpoint != "analytics.narrow"
    is_ours = is_ours or endpoint in _pages_of_later_rooms
    return path if is_ours else url_for("analytics.overview")


def _arguments_of_the_page() -> list[tuple[str, Any]]:
    """What the address says of the page itself, such as which way was asked about."""
    return [(key, value) for key, value in request.args.items(multi=True) if key in _OF_THE_PAGE]
