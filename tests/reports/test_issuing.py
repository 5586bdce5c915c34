"""A report's way: read over, published and frozen, issued anew without words taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.core.db import Database
from app.core.events import publish as publish_event
from app.core.jobs import run_job
from app.core.models import Job, JobState
from app.core.storage import Storage
from app.identity.models import Role
from app.interviews.events import ScopeChanged
from app.interviews.models import Interview, Scope
from app.reports.models import Issue
from app.reports.printing import print_again
from tests.factories import Factory, sign_in_as
from tests.reports.conftest import Story

QUARTER = {"kind": "quarter", "subject": "2026Q4", "audience": "leadership"}


@pytest.fixture
def manager(app: Flask, db: Database, make: Factory, story: Story) -> FlaskClient:
    story.year()
    user = make.user(Role.PROGRAMME_MANAGER)
    make.commit()
    return sign_in_as(app, db, user)


def work(app: Flask, db: Database) -> None:
    """Every job that waits."""
    with db.reading() as session:
        waiting = session.scalars(select(Job.id).where(Job.state == JobState.QUEUED)).all()
    for job_id in waiting:
        run_job(app, db, job_id)


def issues(db: Database) -> list[Issue]:
    with db.reading() as session:
        return list(session.scalars(select(Issue).order_by(Issue.number)))


def publish(app: Flask, db: Database, client: FlaskClient, **report: str) -> Issue:
    wanted = QUARTER | report
    client.post("/reports/review", data=wanted)
    place = {"quarter": "quarters", "themes": "themes"}[wanted["kind"]]
    page = client.get(f"/reports/{place}/2026Q4?audience={wanted['audience']}").text
    address = page.split('action="/reports/published/')[1].split("/")[0]
    client.post(f"/reports/published/{address}/reviewed")
    answer = client.post(f"/reports/published/{address}/publish")
    work(app, db)
    assert "See what was published" in client.get(answer.location).text
    return issues(db)[-1]


def kept(app: Flask, key: str) -> bytes:
    storage: Storage = app.extensions["because_storage"]
    return b"".join(storage.open_range(key))


def test_it_is_published_once_somebody_has_read_it_over(
    app: Flask, db: Database, manager: FlaskClient
) -> None:
    manager.post("/reports/review", data=QUARTER)
    page = manager.get("/reports/quarters/2026Q4?audience=leadership").text
    assert "To be read over" in page
    address = page.split('action="/reports/published/')[1].split("/")[0]
    refused = manager.post(f"/reports/published/{address}/publish", follow_redirects=True)
    assert "Somebody has to read it over" in refused.text


def test_what_was_published_is_kept_with_all_that_made_it(
    app: Flask, db: Database, manager: FlaskClient
) -> None:
    issue = publish(app, db, manager)
    assert (issue.number, issue.is_served) == (1, True)
    assert issue.data["quarter_counts"]["decided"] == 12
    assert len(issue.formulas) == 12
    assert sha256(kept(app, issue.pdf_key)).hexdigest() == issue.pdf_sha256
    file = manager.get(f"/reports/versions/{issue.public_id}/pdf")
    assert file.data == kept(app, issue.pdf_key)


def test_themes_have_no_five_lines_and_a_page_all_the_same(
    app: Flask, db: Database, manager: FlaskClient
) -> None:
    issue = publish(app, db, manager, kind="themes", audience="product")
    page = manager.get(f"/reports/versions/{issue.public_id}")
    assert page.status_code == 200
    assert "The answer in five lines" not in page.text


def test_printed_again_it_is_the_same_bytes(app: Flask, db: Database, manager: FlaskClient) -> None:
    issue = publish(app, db, manager)
    with app.app_context():
        again = print_again(kept(app, issue.html_key).decode())
    assert sha256(again).hexdigest() == issue.pdf_sha256


def test_what_is_written_afterwards_is_to_be_read_over_again(
    app: Flask, db: Database, manager: FlaskClient
) -> None:
    manager.post("/reports/review", data=QUARTER)
    manager.post("/reports/quarters/2026Q4/write", data={"headline": "New words"})
    page = manager.get("/reports/quarters/2026Q4?audience=leadership").text
    assert "Have it read over" in page


def test_words_taken_back_issue_it_anew_and_the_old_one_is_served_no_longer(
    app: Flask, db: Database, manager: FlaskClient
) -> None:
    first = publish(app, db, manager)
    assert first.data["quotes"]
    with db.writing() as session:
        for interview in session.scalars(select(Interview)):
            interview.scope = Scope.COUNT
            publish_event(session, ScopeChanged(interview.id))
    work(app, db)

    before, after = issues(db)
    assert (before.is_served, before.pdf_key, before.html_key) == (False, "", "")
    assert "quotes" not in before.data
    assert after.is_served
    assert after.changes[0].startswith("A buyer took words back")
    assert manager.get(f"/reports/versions/{before.public_id}/pdf").status_code == 404
    assert "no longer given out" in manager.get(f"/reports/versions/{before.public_id}").text
    assert after.data["quotes"] == []


def test_figures_that_changed_say_so(
    app: Flask, db: Database, make: Factory, story: Story, manager: FlaskClient
) -> None:
    publish(app, db, manager)
    interview = story.heard(make.deal("lost", closed_on=clock.now().date()))
    story.said(interview, "It cost more.", "Price")
    make.commit()
    issue = publish(app, db, manager)
    assert issue.number == 2
    assert any(line.startswith("Price, against us: not named before") for line in issue.changes)
    assert any(line.startswith("Win rate over four quarters") for line in issue.changes)


def test_two_reports_are_compared(
    app: Flask, db: Database, make: Factory, story: Story, manager: FlaskClient
) -> None:
    first = publish(app, db, manager)
    second = publish(app, db, manager)
    page = manager.get(f"/reports/versions/{second.public_id}/compared/{first.public_id}")
    assert page.status_code == 200
    assert "the same" in page.text
    assert "Security answers late, against us" in page.text


def test_a_link_reads_it_without_signing_in_until_its_day(
    app: Flask, db: Database, manager: FlaskClient, client: FlaskClient
) -> None:
    issue = publish(app, db, manager)
    ends_on = clock.now().date() + timedelta(days=7)
    page = manager.post(
        f"/reports/versions/{issue.public_id}/links", data={"ends_on": ends_on.isoformat()}
    ).text
    address = "/read/" + page.split("/read/")[1].split("<")[0]
    assert client.get(address).data.startswith(b"%PDF-1.7")
    with clock.frozen(datetime.now(UTC) + timedelta(days=9)):
        assert client.get(address).status_code == 410
    assert client.get("/read/nothing").status_code == 410


@pytest.mark.parametrize("days", [-1, 400])
def test_a_link_ends_within_a_year(
    app: Flask, db: Database, manager: FlaskClient, days: int
) -> None:
    issue = publish(app, db, manager)
    day = clock.now().date() + timedelta(days=days)
    answer = manager.post(
        f"/reports/versions/{issue.public_id}/links", data={"ends_on": day.isoformat()}
    )
    assert answer.status_code == 422


def test_a_report_is_for_its_audience(
    app: Flask, db: Database, make: Factory, manager: FlaskClient
) -> None:
    issue = publish(app, db, manager)
    for role, status in ((Role.LEADERSHIP, 200), (Role.PRODUCT, 404), (Role.INTERVIEWER, 404)):
        user = make.user(role)
        make.commit()
        other = sign_in_as(app, db, user)
        assert other.get(f"/reports/versions/{issue.public_id}").status_code == status
        assert other.post("/reports/review", data=QUARTER).status_code == 403
