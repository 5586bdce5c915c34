"""Attaching, hearing and deleting a recording."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    request,
    stream_with_context,
    url_for,
)
from werkzeug.http import parse_range_header

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.core.storage import Storage
from app.interviews import queries as interviews
from app.recordings import operations, queries
from app.recordings.forms import BeginForm, PartForm, ShiftForm
from app.recordings.models import Recording, RecordingState
from app.recordings.operations import AREA, RecordingRefused

blueprint = Blueprint("recordings", __name__, template_folder="templates")

_REFUSED = 422


@blueprint.post("/interviews/<public_id>/recordings")
@guarded("interviews.hold")
def begin(public_id: str) -> Any:
    """Which parts of the file are wanted: all of them, or what a broken-off upload left."""
    session = current_session()
    interview = interviews.get_interview_to_hold(session, viewer(), public_id)
    if not interviews.may_write(viewer(), interview):
        raise NotFound
    form = BeginForm()
    if not form.validate():
        return {"refused": _first_message(form)}, _REFUSED
    try:
        recording = operations.begin(
            session,
            viewer().actor,
            interview,
            file_name=form.file_name.text,
            size=form.size.data or 0,
        )
    except RecordingRefused as refusal:
        return {"refused": str(refusal)}, _REFUSED
    return _wanted(recording)


@blueprint.post("/recordings/<public_id>/parts/<int:number>")
@guarded("interviews.hold")
def keep_part(public_id: str, number: int) -> Any:
    form = PartForm()
    if not form.validate():
        return {"refused": _first_message(form)}, _REFUSED
    content = form.part.data.read(operations.PART_SIZE + 1)
    recording = queries.get_recording_to_change(current_session(), viewer(), public_id)
    try:
        operations.check_part(recording, number, content)
    except RecordingRefused as refusal:
        return {"refused": str(refusal)}, _REFUSED
    # A bucket may be slow: nobody else's writing waits for it.
    discard_changes()
    key = _storage().put(AREA, content)
    recording = queries.get_recording_to_change(current_session(), viewer(), public_id)
    operations.keep_part(current_session(), viewer().actor, recording, number, key)
    return _wanted(recording)


@blueprint.get("/recordings/<public_id>/media")
@guarded("interviews.view")
def media(public_id: str) -> Response:
    """The sound, whole or the range asked for."""
    recording = queries.get_recording(current_session(), viewer(), public_id)
    if recording.state is not RecordingState.COMPLETE:
        raise NotFound
    start, end, status = _range_of(recording.size)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(end - start),
        "Content-Disposition": "inline",
        "Cache-Control": "private, no-store",
    }
    if status == 416:
        return Response(status=416, headers={"Content-Range": f"bytes */{recording.size}"})
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{recording.size}"
    blocks = queries.bytes_of(_storage(), recording, start, end)
    return Response(
        stream_with_context(blocks),
        status=status,
        mimetype=recording.media_type.value,
        headers=headers,
    )


@blueprint.post("/recordings/<public_id>/shift")
@guarded("interviews.hold")
def shift(public_id: str) -> Any:
    recording = queries.get_recording_to_change(current_session(), viewer(), public_id)
    form = ShiftForm()
    if form.validate():
        operations.set_beginning_of_transcript(
            current_session(), viewer().actor, recording, (form.seconds.data or 0) * 1000
        )
        flash("The transcript and the recording now run together.", "success")
    else:
        flash("Enter whole seconds, such as 12.", "error")
    return _back_to(recording)


@blueprint.post("/recordings/<public_id>/delete")
@guarded("interviews.hold")
def take_away(public_id: str) -> Any:
    recording = queries.get_recording_to_change(current_session(), viewer(), public_id)
    back = _back_to(recording)
    operations.take_away(current_session(), viewer().actor, recording)
    flash("The recording is deleted.", "success")
    return back


def _range_of(size: int) -> tuple[int, int, int]:
    """Start, end and status: 206 for one range, 416 for one that is not there, else 200."""
    asked = parse_range_header(request.headers.get("Range"))
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return 0, size, 200
    found = asked.range_for_length(size)
    return (*found, 206) if found else (0, 0, 416)


def _wanted(recording: Recording) -> dict[str, Any]:
    kept = {part.number for part in recording.parts}
    return {
        "part_size": recording.part_size,
        "wanted": [number for number in range(recording.number_of_parts) if number not in kept],
        "part": url_for("recordings.keep_part", public_id=recording.public_id, number=0)[:-1],
    }


def _back_to(recording: Recording) -> Any:
    address = url_for("interviews.page", public_id=recording.interview.public_id)
    return redirect(f"{address}#recordings", 303)


def _first_message(form: Any) -> str:
    return next(iter(errors[0] for errors in form.errors.values()), "This cannot be taken.")


def _storage() -> Storage:
    storage: Storage = current_app.extensions["because_storage"]
    return storage
