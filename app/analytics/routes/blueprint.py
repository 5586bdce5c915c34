"""The blueprint of figures; its pages are one file a subject."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for

blueprint = Blueprint(
    "analytics", "app.analytics", template_folder="templates", url_prefix="/figures"
)


@blueprint.before_request
def say_only_what_is_asked() -> Any:
    """A form sends every field: without the empty ones the address is one to keep."""
    if request.method != "GET" or all(value for _, value in request.args.items(multi=True)):
        return None
    said = {
        key: [value for value in values if value]
        for key, values in request.args.lists()
        if any(values)
    }
    return redirect(url_for(request.endpoint or "", **{**(request.view_args or {}), **said}))
