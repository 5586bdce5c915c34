"""What a capture page and the server tell each other while an interview is held."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from flask import Response, jsonify, request

from app.core import clock, presence
from app.core.access import guarded, viewer
from app.core.edge import current_session, database
from app.core.formats import zone
from app.interviews import change_kinds as change_kinds  # registers the kinds it holds
from app.interviews import holding_kinds as holding_kinds  # and these theirs
from app.interviews import writing_queries
from app.interviews.changes import News, Sitting, apply_changes, changed_since, news_of
from app.interviews.models import Interview
from app.interviews.routes import blueprint

SOMEBODY_ELSE = 409
NO_CHANGES = 422


@blueprint.post("/<public_id>/changes")
@guarded("interviews.hold")
def send_changes(public_id: str) -> Any:
    """Apply what was changed on a page, and answer with what others changed meanwhile."""
    interview = writing_queries.get_interview_to_write(
        current_session(), viewer(), public_id, lock=True
    )
    sent: Any = request.get_json(silent=True)
    changes = sent.get("changes") if isinstance(sent, dict) else None
    if not isinstance(changes, list) or not all(isinstance(one, dict) for one in changes):
        return {"refused": "This is no list of changes."}, NO_CHANGES
    if _is_for_somebody_else(sent.get("as")):
        return {"as": viewer().user_id}, SOMEBODY_ELSE
    seen = _number(sent.get("seen"))
    sitting = Sitting(current_session(), viewer().actor, interview, seen)
    results = apply_changes(sitting, changes)
    return _told(interview, sent, news_of(sitting, own=results), results=results)


@blueprint.get("/<public_id>/changes")
@guarded("interviews.hold")
def ask_for_changes(public_id: str) -> Any:
    """What others changed, and who is here: for a page on which nothing was typed."""
    interview = writing_queries.get_interview_to_write(current_session(), viewer(), public_id)
    if _is_for_somebody_else(request.args.get("as", type=int)):
        return {"as": viewer().user_id}, SOMEBODY_ELSE
    news = changed_since(current_session(), interview, _number(request.args.get("seen")))
    return _told(interview, request.args, news)


def _is_for_somebody_else(user_id: Any) -> bool:
    """Whether the page was opened by another person than is signed in now: their words are not
    written down as somebody else's."""
    return user_id is not None and user_id != viewer().user_id


def _told(interview: Interview, sent: Any, news: News, **more: Any) -> Response:
    others, seen = news
    here = presence.present(current_session(), _place(interview))
    page = _page_key(sent.get("page"))
    response = jsonify(
        others=others,
        seen=seen,
        present=[_present(one) for one in here if one.key != page],
        at=clock.now().astimezone(zone(viewer().time_zone)).strftime("%H:%M"),
        **more,
    )
    _note_presence(response, interview, here, page, sent.get("here"))
    return response


def _note_presence(
    response: Response, interview: Interview, here: Any, page: str, spot: Any
) -> None:
    """After the answer is sent, in a short transaction of its own."""
    if not page:
        return
    if not isinstance(spot, str):
        response.call_on_close(partial(presence.leave, database(), page))
    elif not presence.is_told(here, page, spot[:120]):
        arrive = partial(presence.arrive, database(), page, _place(interview), spot[:120])
        response.call_on_close(partial(arrive, viewer().user_id, viewer().name))


def _present(page: presence.Page) -> dict[str, Any]:
    return {"name": page.name, "question": page.spot, "self": page.user_id == viewer().user_id}


def _place(interview: Interview) -> str:
    return f"interview {interview.id}"


def _page_key(value: Any) -> str:
    """The page's own id, which nobody else's page can take."""
    try:
        return f"{viewer().user_id}.{uuid.UUID(value)}"
    except (ValueError, AttributeError, TypeError):
        return ""


def _number(value: Any) -> int | None:
    """No number of a row is above what an integer of PostgreSQL holds."""
    return min(int(value), 2**31 - 1) if str(value).isdecimal() and len(str(value)) < 16 else None
