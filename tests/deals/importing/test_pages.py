"""The pages of the import, as a programme manager goes through them."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.audit.models import AuditEvent
from app.core.db import Database
from app.core.jobs import run_job
from app.core.models import Job, JobState
from app.deals.models import Deal, DealImport
from tests.budgets import query_budget
from tests.deals.importing.files import HEADER, deal, text_of
from tests.factories import Factory, sign_in_as


@pytest.fixture
def manager(app: Flask, db: Database, make: Factory) -> FlaskClient:
    make.workspace()
    user = make.user("programme_manager")
    make.commit()
    return sign_in_as(app, db, user)


def upload(client: FlaskClient, text: str, name: str = "deals.csv", **more: str) -> str:
    """Give the files; returns the address of the import."""
    files = {"deals": (io.BytesIO(text.encode()), name)}
    files |= {kind: (io.BytesIO(body.encode()), f"{kind}.csv") for kind, body in more.items()}
    answer = client.post("/deals/import", data=files, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return answer.location


def form_of(page: str) -> dict[str, str]:
    """What the check page's form sends when nothing is touched."""
    values = {}
    for name, options in re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', page, re.S):
        chosen = re.search(r"<option selected>([^<]*)</option>", options)
        values[name] = chosen[1] if chosen else ""
    values |= dict(re.findall(r'<input type="hidden" name="(question-\d)" value="([^"]*)"', page))
    return values


def send(client: FlaskClient, address: str, act: str, **changed: str) -> None:
    values = form_of(client.get(address).text) | {"currency": "EUR", "act": act} | changed
    assert client.post(address, data=values).status_code == 302


def do_jobs(app: Flask, db: Database) -> list[JobState]:
    with db.reading() as session:
        waiting = session.scalars(select(Job.id).where(Job.state == JobState.QUEUED)).all()
    for job_id in waiting:
        run_job(app, db, job_id)
    with db.reading() as session:
        return [session.get_one(Job, job_id).state for job_id in waiting]


def deals_in(db: Database) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Deal)) or 0


def test_from_the_file_to_the_result(app: Flask, db: Database, manager: FlaskClient):
    address = upload(manager, text_of(deal(1), deal(2, stage="Closed won"), deal(3, closed="soon")))
    page = manager.get(address).text
    assert "an export of HubSpot, with 3 rows" in page
    assert "<option selected>Close Date</option>" in page
    assert "Deal 1 · Deal 2 · Deal 3" in page
    send(manager, address, "import")
    assert "You may leave this page" in manager.get(address).text
    assert do_jobs(app, db) == [JobState.DONE]
    page = manager.get(address).text
    assert "2 deals from deals.csv" in page
    assert "Of 2 closed, 0 have an e-mail" in page
    assert "is not a date" in page
    assert "deals.csv" in manager.get("/deals/import").text


def test_questions_are_asked_in_plain_words_and_nothing_is_imported_before(
    app: Flask, db: Database, manager: FlaskClient
):
    rows = [deal(1, stage="Paused", amount="0"), deal(2, amount="0", closed="03/04/2026")]
    address = upload(manager, text_of(*rows))
    page = manager.get(address).text
    assert "What does the stage &#39;Paused&#39; mean (1 deal)?" in page
    assert "is 03/04/2026 day first or month first?" in page
    assert "is 0 &#39;no amount&#39;?" in page
    assert ">No decision</label>" in page
    manager.post(address, data={"act": "import"})
    assert do_jobs(app, db) == [JobState.FAILED]
    assert deals_in(db) == 0
    answers = form_of(manager.get(address).text)
    said = {"outcome:Paused": "open", "date_order:closed_on": "%d/%m/%Y", "no_amount": "0"}
    for name, key in list(answers.items()):
        if name.startswith("question-"):
            answers[name.replace("question", "answer")] = said[key]
    manager.post(address, data=answers | {"act": "look"})
    page = manager.get(address).text
    assert "‘Paused’ means: open." in page
    assert "Dates are written day first." in page
    send(manager, address, "import")
    do_jobs(app, db)
    with db.reading() as session:
        lost = session.scalars(select(Deal).where(Deal.external_id == "D2")).one()
    assert (str(lost.closed_on), lost.amount_minor) == ("2026-04-03", None)


def test_a_column_chosen_once_is_remembered_for_the_next_file(
    app: Flask, db: Database, manager: FlaskClient
):
    header = HEADER.replace("Deal Name", "Betreff")
    address = upload(manager, text_of(deal(1, name="Widgets"), header=header))
    assert "Not in this file" in manager.get(address).text
    send(manager, address, "import", **{"column-name": "Betreff"})
    do_jobs(app, db)
    with db.reading() as session:
        assert session.scalars(select(Deal)).one().name == "Widgets"
    page = manager.get(upload(manager, text_of(deal(2), header=header))).text
    assert "<option selected>Betreff</option>" in page
    assert "as you left them last time" in page


def test_a_column_that_must_be_there_is_asked_for_alone(manager: FlaskClient):
    header = HEADER.replace("Deal ID", "Nummer")
    page = manager.get(upload(manager, text_of(deal(1), header=header))).text
    asked, _, rest = page.partition("Which column is what")
    assert "Which column holds the deal&#39;s id in the CRM?" in asked
    assert 'name="column-external_id"' in asked
    assert 'name="column-external_id"' not in rest


def test_a_rehearsal_tells_and_changes_nothing(app: Flask, db: Database, manager: FlaskClient):
    address = upload(manager, text_of(deal(1), deal(2, closed="soon")))
    send(manager, address, "rehearse")
    do_jobs(app, db)
    page = manager.get(address).text
    assert "The rehearsal: nothing was changed" in page
    assert "Rows that would be refused" in page
    assert deals_in(db) == 0
    send(manager, address, "import")
    do_jobs(app, db)
    assert deals_in(db) == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("photo.png", "\x89PNG not a table", "photo.png"),
        ("empty.csv", "", "empty.csv is empty."),
        ("header.csv", HEADER, "has a header but no rows below it"),
    ],
)
def test_a_file_that_is_no_table_says_so_and_can_be_replaced(
    manager: FlaskClient, name: str, content: str, why: str
):
    address = upload(manager, content, name=name, contacts="Email\nada@example.com")
    page = manager.get(address).text
    assert why in page
    assert "Contacts: contacts.csv" in page
    manager.post(
        f"{address}/files",
        data={"deals": (io.BytesIO(text_of(deal(1)).encode()), "right.csv")},
        content_type="multipart/form-data",
    )
    page = manager.get(address).text
    assert "right.csv is an export of HubSpot" in page
    assert "Contacts: contacts.csv" in page


def test_a_contact_file_without_what_it_needs_is_named(manager: FlaskClient):
    address = upload(manager, text_of(deal(1)), contacts="Colour,Size\nred,12\n")
    assert "contacts.csv has no column for the contacts" in manager.get(address).text


def test_no_file_is_a_message_at_its_field(manager: FlaskClient):
    page = manager.post("/deals/import", data={}, content_type="multipart/form-data")
    assert page.status_code == 422
    assert 'id="deals-error"' in page.text


def test_refused_rows_are_downloaded_with_formulas_made_harmless(
    app: Flask, db: Database, manager: FlaskClient
):
    rows = deal(1, name="=HYPERLINK(evil)", closed="soon"), deal(2)
    address = upload(manager, text_of(*rows))
    send(manager, address, "import")
    do_jobs(app, db)
    answer = manager.get(f"{address}/refused.csv")
    assert answer.mimetype == "text/csv"
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("File,Line,Field,Value,Why,Deal ID,Deal Name")
    assert lines[1].startswith("deals,2,closed_on,soon,is not a date,D1,'=HYPERLINK(evil)")


def test_a_likely_product_is_merged_and_parted_by_one_click(
    app: Flask, db: Database, manager: FlaskClient
):
    header = HEADER + ",Product"
    rows = [deal(1) + ",GTX Pro", deal(2) + ",GTX Pro", deal(3) + ",GTXPro"]
    address = upload(manager, text_of(*rows, header=header))
    send(manager, address, "import")
    do_jobs(app, db)
    assert "‘GTXPro’ (1 deal) is probably ‘GTX Pro’." in manager.get(address).text
    import_id = address.rsplit("/", 1)[1]
    pair = {"spelling": "GTXPro", "product": "GTX Pro", "import_id": import_id}
    assert manager.post("/deals/import/products/merge", data=pair).location == address
    assert "‘GTXPro’ counts as ‘GTX Pro’." in manager.get(address).text
    manager.post("/deals/import/products/part", data=pair)
    with db.reading() as session:
        deals = dict(tuple(row) for row in session.execute(select(Deal.external_id, Deal.product)))
        actions = session.scalars(select(AuditEvent.action)).all()
    assert deals["D3"] == "GTXPro"
    assert {"product.merged", "product.parted", "import.began", "import.finished"} <= set(actions)


def test_an_import_can_be_given_up_before_it_begins(db: Database, manager: FlaskClient, app: Flask):
    address = upload(manager, text_of(deal(1)))
    assert manager.post(f"{address}/discard").location == "/deals/import"
    assert manager.get(address).status_code == 404
    folder = app.extensions["because_storage"]._folder / "imports"
    assert list(folder.iterdir()) == []


def test_once_begun_nothing_about_it_can_be_changed(app: Flask, db: Database, manager: FlaskClient):
    address = upload(manager, text_of(deal(1)))
    send(manager, address, "import")
    do_jobs(app, db)
    assert manager.post(address, data={"act": "import"}).status_code == 404
    assert manager.post(f"{address}/discard").status_code == 404


def test_a_job_that_runs_twice_imports_once(app: Flask, db: Database, manager: FlaskClient):
    address = upload(manager, text_of(deal(1)))
    send(manager, address, "import")
    manager.post(address, data={"act": "import"})
    do_jobs(app, db)
    assert deals_in(db) == 1
    with db.reading() as session:
        assert session.scalars(select(DealImport)).one().counts["deals"]["created"] == 1


@pytest.mark.parametrize("role", ["interviewer", "product", "leadership"])
def test_others_may_not_import(app: Flask, db: Database, make: Factory, role: str):
    make.workspace()
    user = make.user(role)
    make.commit()
    assert sign_in_as(app, db, user).get("/deals/import").status_code == 403


def test_the_pages_ask_a_fixed_number_of_times(db: Database, manager: FlaskClient):
    addresses = [upload(manager, text_of(deal(1))) for _ in range(3)]
    with query_budget(db, 8):
        manager.get("/deals/import")
    with query_budget(db, 8):
        manager.get(addresses[0])
