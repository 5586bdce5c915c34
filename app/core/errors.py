"""Error pages that say what happened and what to do."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.core.access import NotFound
from app.core.edge import discard_changes

_PAGES = (400, 403, 404, 413, 500)


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(CSRFError, lambda _error: _page(400))
    for code in _PAGES:
        app.register_error_handler(code, _http_error)


def _http_error(error: Exception) -> tuple[str, int]:
    code = error.code if isinstance(error, HTTPException) and error.code else 500
    return _page(code, error)


def _page(code: int, error: Exception | None = None) -> tuple[str, int]:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        discard_changes()
    said = getattr(error, "description", None)
    is_ours = said != getattr(type(error), "description", None)
    return render_template(f"errors/{code}.html", said=said if is_ours else None), code
