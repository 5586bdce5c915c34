"""The health check, and how far a job of one's own is."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from sqlalchemy import text

from app.core.access import NotFound, guarded, public, viewer
from app.core.edge import current_session
from app.core.jobs import get_own_job

blueprint = Blueprint("core", __name__, template_folder="templates")


@blueprint.get("/health")
@public("Answers monitors; says nothing but that the database answers.")
def health() -> tuple[str, int, dict[str, str]]:
    current_session().execute(text("SELECT 1"))
    return "ok\n", 200, {"Content-Type": "text/plain"}


@blueprint.get("/jobs/<public_id>")
@guarded("signed_in")
def job_progress(public_id: str) -> Any:
    """A fragment that asks again until the job is over."""
    job = get_own_job(current_session(), public_id, viewer().user_id)
    if job is None:
        raise NotFound
    fragment = render_template("components/job_progress.html", job=job)
    return fragment, 200, {"HX-Refresh": "true"} if job.is_over else {}
