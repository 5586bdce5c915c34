"""The linter for whoever writes a question, in a guide or during an interview."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request

from app.core.access import guarded
from app.core.forms import with_line_feeds
from app.guides.linting import lint
from app.guides.reading import Kind
from app.guides.routes.blueprint import blueprint


@blueprint.post("/guides/lint")
@guarded("guides.view")
def lint_question() -> Any:
    """What is wrong with a question, as a fragment or as JSON. Writes nothing."""
    text = with_line_feeds(request.form.get("text")) or ""
    kind = request.form.get("kind", "")
    language = request.form.get("language", "en")
    found = lint(text, kind if kind in list(Kind) else None, language)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify([finding.as_json() for finding in found])
    field = request.form.get("field", "say")
    return render_template("guides/findings.html", found=found, text=text, field=field)
