"""The box, its results, exports, and searches that are kept."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from openpyxl import load_workbook
from sqlalchemy import select

from app.core import clock
from app.core.db import Database
from app.core.jobs import run_job
from app.core.models import Job
from app.interviews import operations as interviews
from app.interviews.models import Taken
from app.mail.models import Mail
from app.search import indexing
from app.search.models import SavedSearch
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

Row = TypeVar("Row")

#: Who is signed in, the workspace, kept searches; and two to four queries for each kind.
BUDGET = 22


@pytest.fixture
def manager(app: Flask, db: Database, make: Factory) -> FlaskClient:
    make.workspace()
    user = make.user("programme_manager", email="miriam@example.com")
    make.commit()
    return sign_in_as(app, db, user)


@pytest.fixture
def quoted(make: Factory):
    """Make a quote that is found."""

    def quote(text: str, **values):
        interview = make.interview()
        made = make.verbatim(make.answer(interview, text, **values))
        indexing.index_interview(make.session, interview.id)
        make.commit()
        return made

    return quote


def test_the_empty_box_says_how_to_ask(manager: FlaskClient):
    page = manager.get("/search").text
    assert "How to ask" in page
    assert "reason:" in page
    assert "/search?q=slow+support" in page


def test_words_are_marked_and_lead_to_their_place(manager: FlaskClient, quoted):
    quote = quoted("They did not answer <us>.", taken=Taken.WRITTEN)
    page = manager.get("/search?q=answered").text
    assert "“They did not <mark" in page
    assert "&lt;us&gt;" in page
    assert f"/interviews/{quote.interview.public_id}#a{quote.answer_id}" in page


def test_what_is_not_the_buyers_exact_words_is_not_in_quotation_marks(manager, quoted):
    quoted("They did not answer.", taken=Taken.NOTES)
    page = manager.get("/search?q=answer&in=quote").text
    assert "noted by the interviewer" in page
    assert "“They" not in page


def test_nothing_found_is_said_kindly(manager: FlaskClient):
    assert "Nothing was found" in manager.get("/search?q=zebra").text


def test_an_unknown_name_is_said_at_once(manager: FlaskClient):
    page = manager.get("/search?q=competitor:nobody").text
    assert "No competitor is called ‘nobody’." in page
    assert "Nothing was found" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("reason:prise", "No reason is called ‘prise’. Did you mean ‘Price’?"),
        ("competitor:fenwik", "No competitor is called ‘fenwik’. Did you mean ‘Fenwick’?"),
        ("evidence:opinion", "‘opinion’ is none of fact, think, feel, would_do."),
        ("reasn:price", "Did you mean ‘reason:’?"),
        ('"', "There is no word in this to look for."),
        ("reason:", "Write what you look for right behind the colon"),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_stays_in_the_box(
    make: Factory, manager: FlaskClient, typed: str, said: str
):
    make.reason("Price", parent=make.reason("Money"))
    make.competitor("Fenwick")
    make.commit()
    page = manager.get("/search", query_string={"q": typed}).text
    assert said in page
    assert f'name="q" value="{escape(typed)}"' in page


def test_a_differentiator_is_found_by_how_a_word_of_its_name_begins(
    make: Factory, manager: FlaskClient, quoted
):
    verbatim = quoted("They sent the audit file at once.")
    make.tag(verbatim, differentiator=make.differentiator("Ready for audits"))
    make.commit()
    assert "audit file" in manager.get("/search?q=differentiator:audit").text
    assert "No differentiator is called" in manager.get("/search?q=differentiator:dit").text


def test_searching_asks_a_fixed_number_of_times(db: Database, manager: FlaskClient, quoted):
    for number in range(12):
        quoted(f"They said {number}.")
    manager.get("/search?q=said")
    for address in ("/search?q=said", "/search?q=said&in=quote", "/search?q=said+outcome:lost"):
        with query_budget(db, BUDGET):
            assert manager.get(address).status_code == 200


def test_an_interview_is_found_once_it_was_held(
    app: Flask, db: Database, make: Factory, manager: FlaskClient
):
    interview = make.interview(state="in_progress")
    make.answer(interview, "We waited for weeks.")
    interviews.hold(make.session, make.user("interviewer").actor, interview)
    make.commit()
    assert "Nothing was found" in manager.get("/search?q=waiting").text
    do_the_jobs(app, db, "search.index_interview")
    assert "We <mark" in manager.get("/search?q=waiting").text


def test_the_quotes_as_csv_and_for_excel_run_no_formula(manager: FlaskClient, make, quoted):
    quote = quoted("=1+1 they said, and +2")
    make.tag(quote, make.reason("@Price"))
    make.commit()
    rows = list(
        csv.reader(io.StringIO(manager.get("/search/quotes.csv?q=said").text.lstrip("\ufeff")))
    )
    assert rows[1][0] == "'=1+1 they said, and +2"
    assert rows[1][2] == "'@Price"
    book = load_workbook(io.BytesIO(manager.get("/search/quotes.xlsx?q=said").data))
    cells = [cell.value for cell in next(book.active.iter_rows(min_row=2))]
    assert cells[0] == "'=1+1 they said, and +2"
    assert book.active["A2"].data_type == "s"


def test_a_file_holds_every_quote_however_many_are_read_at_once(
    manager: FlaskClient, quoted, monkeypatch
):
    monkeypatch.setattr("app.search.exporting._BATCH", 2)
    for count in (1, 2, 3, 4):
        quoted(f"They said {count}.")
        file = manager.get("/search/quotes.csv?q=said").text.lstrip("\ufeff")
        rows = list(csv.DictReader(io.StringIO(file)))
        assert [row["Quote"] for row in rows] == [f"They said {n}." for n in range(count, 0, -1)]


def test_a_search_is_kept_once_and_forgotten(manager: FlaskClient, db: Database):
    for _ in range(2):
        manager.post("/search/saved", data={"q": "reason:price"})
    (saved,) = all_of(db, SavedSearch)
    assert "reason:price" in manager.get("/search").text
    manager.post(f"/search/saved/{saved.public_id}/forget")
    assert not all_of(db, SavedSearch)


def test_nothing_typed_is_not_kept(manager: FlaskClient, db: Database):
    page = manager.post("/search/saved", data={"q": " "}, follow_redirects=True)
    assert "There is nothing to keep" in page.text
    assert not all_of(db, SavedSearch)


def test_nobody_changes_a_colleagues_search(
    app: Flask, db: Database, make: Factory, manager: FlaskClient
):
    other = make.user("administrator")
    make.commit()
    manager.post("/search/saved", data={"q": "price"})
    (saved,) = all_of(db, SavedSearch)
    answer = sign_in_as(app, db, other).post(f"/search/saved/{saved.public_id}/forget")
    assert answer.status_code == 404


def test_who_wants_to_hear_gets_a_mail_with_a_number_and_no_words(
    app: Flask, db: Database, manager: FlaskClient, quoted
):
    quoted("They said no.")
    manager.post("/search/saved", data={"q": "said"})
    (saved,) = all_of(db, SavedSearch)
    manager.post(f"/search/saved/{saved.public_id}/subscribe")
    quoted("They said perhaps.")
    do_the_jobs(app, db, "search.tell", days_later=2)
    (mail,) = all_of(db, Mail)
    # An answer and its quote.
    assert mail.subject == "Your search finds 2 more places"
    assert "perhaps" not in mail.text


def test_where_nothing_new_is_found_no_mail_is_sent_and_it_looks_again(
    app: Flask, db: Database, manager: FlaskClient, quoted
):
    quoted("They said no.")
    manager.post("/search/saved", data={"q": "said"})
    (saved,) = all_of(db, SavedSearch)
    manager.post(f"/search/saved/{saved.public_id}/subscribe")
    assert do_the_jobs(app, db, "search.tell", days_later=2) == 1
    assert not all_of(db, Mail)
    assert do_the_jobs(app, db, "search.tell", days_later=4) == 1


def test_who_no_longer_wants_to_hear_is_left_alone(
    app: Flask, db: Database, manager: FlaskClient, quoted
):
    manager.post("/search/saved", data={"q": "said"})
    (saved,) = all_of(db, SavedSearch)
    manager.post(f"/search/saved/{saved.public_id}/subscribe")
    manager.post(f"/search/saved/{saved.public_id}/leave")
    quoted("They said no.")
    do_the_jobs(app, db, "search.tell", days_later=2)
    assert not all_of(db, Mail)
    assert do_the_jobs(app, db, "search.tell", days_later=4) == 0


def all_of(db: Database, kind: type[Row]) -> list[Row]:
    with db.reading() as session:
        return list(session.scalars(select(kind)))


def do_the_jobs(app: Flask, db: Database, name: str, days_later: int = 0) -> int:
    """Do those of the name that wait; says how many there were."""
    with clock.frozen(clock.now() + timedelta(days=days_later)):
        with db.reading() as session:
            waiting = session.scalars(
                select(Job.id).where(Job.name == name, Job.state == "queued")
            ).all()
        for job_id in waiting:
            run_job(app, db, job_id)
    return len(waiting)
