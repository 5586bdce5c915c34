"""A recording arrives in parts, is heard in ranges, and by nobody who may not know the voice."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import Database
from app.core.jobs import run_job
from app.core.models import Job
from app.core.storage import open_storage
from app.identity.models import User
from app.interviews.models import Interview, Scope
from app.recordings import operations
from app.recordings.models import Recording, RecordingPart, RecordingState
from config import Settings
from tests.bucket import empty_bucket
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

CONTENT = b"ID3" + bytes(range(256)) * 10


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "PART_SIZE", 1000)


@pytest.fixture
def me(make: Factory) -> User:
    make.workspace()
    return make.user("interviewer")


@pytest.fixture
def interview(make: Factory, me: User) -> Interview:
    held: Interview = make.interview(interviewer=me, contact=make.contact(), scope=Scope.ROLE)
    return held


@pytest.fixture
def client(app: Flask, db: Database, make: Factory, me: User, interview: Interview) -> FlaskClient:
    make.commit()
    return sign_in_as(app, db, me)


def begin(client: FlaskClient, interview: Interview, name: str = "call.mp3", size: int = 0):
    return client.post(
        f"/interviews/{interview.public_id}/recordings",
        data={"file_name": name, "size": size or len(CONTENT)},
    )


def send(client: FlaskClient, begun, number: int, content: bytes | None = None):
    start = number * 1000
    bytes_ = CONTENT[start : start + 1000] if content is None else content
    return client.post(f"{begun.json['part']}{number}", data={"part": (io.BytesIO(bytes_), "part")})


def attach(client: FlaskClient, interview: Interview) -> str:
    """Attach it whole; returns the address of its sound."""
    begun = begin(client, interview)
    for number in begun.json["wanted"]:
        assert send(client, begun, number).status_code == 200
    return str(begun.json["part"]).replace("/parts/", "/media")


def do_jobs(app: Flask, db: Database) -> None:
    with db.reading() as session:
        waiting = session.scalars(select(Job.id)).all()
    for job_id in waiting:
        run_job(app, db, job_id)


def only(db: Database) -> Recording:
    with db.reading() as session:
        return session.scalars(select(Recording)).one()


def test_a_recording_arrives_part_by_part(db: Database, client: FlaskClient, interview: Interview):
    begun = begin(client, interview)
    assert begun.json["wanted"] == [0, 1, 2]
    assert send(client, begun, 1).json["wanted"] == [0, 2]
    assert only(db).state is RecordingState.ARRIVING
    send(client, begun, 0)
    assert send(client, begun, 2).json["wanted"] == []
    assert only(db).state is RecordingState.COMPLETE


def test_a_broken_upload_goes_on_where_it_was(client: FlaskClient, interview: Interview):
    send(client, begin(client, interview), 0)
    assert begin(client, interview).json["wanted"] == [1, 2]


def test_the_same_part_twice_is_one(
    app: Flask, db: Database, settings: Settings, client: FlaskClient, interview: Interview
):
    begun = begin(client, interview)
    send(client, begun, 0)
    assert send(client, begun, 0).json["wanted"] == [1, 2]
    do_jobs(app, db)
    kept = settings.instance / "files" / "recordings"
    assert len(list(kept.iterdir())) == 1


def test_it_is_heard_whole_or_from_any_place(client: FlaskClient, interview: Interview):
    address = attach(client, interview)
    assert client.get(address).data == CONTENT
    assert client.get(address).mimetype == "audio/mpeg"
    middle = client.get(address, headers={"Range": "bytes=990-2010"})
    assert middle.status_code == 206
    assert middle.data == CONTENT[990:2011]
    assert middle.headers["Content-Range"] == f"bytes 990-2010/{len(CONTENT)}"
    assert client.get(address, headers={"Range": "bytes=-5"}).data == CONTENT[-5:]
    assert client.get(address, headers={"Range": "bytes=2500-"}).data == CONTENT[2500:]
    beyond = client.get(address, headers={"Range": "bytes=9999-"})
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("call.exe", 10, "ends in one of"),
        ("call", 10, "ends in one of"),
        ("call.mp3", 0, "empty"),
        ("call.mp3", (2 << 30) + 1, "2 GB"),
    ],
)
def test_what_is_not_taken_is_said_before_it_is_sent(
    client: FlaskClient, interview: Interview, name: str, size: int, says: str
):
    answer = client.post(
        f"/interviews/{interview.public_id}/recordings", data={"file_name": name, "size": size}
    )
    assert answer.status_code == 422
    assert says in answer.json["refused"]


def test_a_file_that_is_not_what_its_name_says_is_refused(
    client: FlaskClient, interview: Interview
):
    begun = begin(client, interview)
    answer = send(client, begun, 0, b"<html>" + bytes(994))
    assert "This is no mp3 file" in answer.json["refused"]


def test_a_part_that_was_cut_short_is_asked_for_again(client: FlaskClient, interview: Interview):
    begun = begin(client, interview)
    assert "Send it again" in send(client, begun, 1, b"short").json["refused"]
    assert "shorter" in send(client, begun, 9, bytes(1000)).json["refused"]


def test_in_a_bucket_it_arrives_is_heard_and_goes_as_in_a_folder(
    app: Flask, db: Database, client: FlaskClient, interview: Interview, tmp_path: Path
):
    with empty_bucket() as url:
        storage = app.extensions["because_storage"] = open_storage(url, tmp_path)
        begun = begin(client, interview)
        send(client, begun, 2)
        assert begin(client, interview).json["wanted"] == [0, 1]
        address = attach(client, interview)
        assert client.get(address).data == CONTENT
        middle = client.get(address, headers={"Range": "bytes=990-2010"})
        assert (middle.status_code, middle.data) == (206, CONTENT[990:2011])
        with db.reading() as session:
            keys = session.scalars(select(RecordingPart.key)).all()
        assert [storage.has(key) for key in keys] == [True, True, True]
        client.post(address.replace("/media", "/delete"))
        do_jobs(app, db)
        assert [storage.has(key) for key in keys] == [False, False, False]


def test_a_deleted_recording_leaves_no_bytes(
    app: Flask,
    settings: Settings,
    db: Database,
    client: FlaskClient,
    interview: Interview,
):
    address = attach(client, interview)
    client.post(address.replace("/media", "/delete"))
    do_jobs(app, db)
    with db.reading() as session:
        assert session.scalars(select(Recording)).all() == []
    assert list((settings.instance / "files" / "recordings").iterdir()) == []
    assert client.get(address).status_code == 404


def test_it_can_be_moved_against_the_transcript(
    db: Database, client: FlaskClient, interview: Interview
):
    address = attach(client, interview)
    client.post(address.replace("/media", "/shift"), data={"seconds": "-12"})
    assert only(db).transcript_at_ms == -12_000
    answer = client.post(
        address.replace("/media", "/shift"), data={"seconds": "soon"}, follow_redirects=True
    )
    assert "whole seconds" in answer.text


@pytest.mark.parametrize("role", ["product", "leadership"])
@pytest.mark.parametrize(("scope", "status"), [(Scope.ROLE, 404), (Scope.NAME, 200)])
def test_a_voice_is_heard_only_where_the_name_may_be_known(
    app: Flask,
    db: Database,
    make: Factory,
    client: FlaskClient,
    interview: Interview,
    role: str,
    scope: Scope,
    status: int,
):
    address = attach(client, interview)
    interview.scope = scope
    reader = make.user(role)
    make.commit()
    other = sign_in_as(app, db, reader)
    assert other.get(address).status_code == status
    page = other.get(f"/interviews/{interview.public_id}").text
    assert ("data-player" in page) is (status == 200)
    assert "data-attach" not in page


def test_a_colleague_who_sees_no_such_deal_neither_hears_nor_changes_it(
    app: Flask, db: Database, make: Factory, client: FlaskClient, interview: Interview
):
    address = attach(client, interview)
    stranger = make.user("interviewer")
    make.commit()
    other = sign_in_as(app, db, stranger)
    assert other.get(address).status_code == 404
    assert other.post(address.replace("/media", "/delete")).status_code == 404
    assert begin(other, interview).status_code == 404


def test_hearing_asks_a_fixed_number_of_times(
    db: Database, client: FlaskClient, interview: Interview
):
    address = attach(client, interview)
    with query_budget(db, 6):
        client.get(address)
