"""The living page of components."""

from __future__ import annotations

import re

from flask import Flask

from app.core.db import Database
from app.identity.models import Role
from tests.factories import Factory, sign_in_as


def test_the_design_page_is_the_administrators(app: Flask, db: Database, make: Factory) -> None:
    administrator = make.user(role=Role.ADMINISTRATOR)
    seller = make.user(role=Role.INTERVIEWER)
    make.commit()
    assert sign_in_as(app, db, seller).get("/design").status_code == 403
    assert sign_in_as(app, db, administrator).get("/design").status_code == 200


def test_every_id_of_the_design_page_stands_once(app: Flask, db: Database, make: Factory) -> None:
    administrator = make.user(role=Role.ADMINISTRATOR)
    make.commit()
    markup = sign_in_as(app, db, administrator).get("/design").text
    ids = re.findall(r'\sid="([^"]+)"', markup)
    assert len(ids) == len(set(ids))


def test_the_chosen_colours_come_with_the_page(app: Flask, db: Database, make: Factory) -> None:
    administrator = make.user(role=Role.ADMINISTRATOR)
    make.commit()
    client = sign_in_as(app, db, administrator)
    client.set_cookie("theme", "dark")
    assert '<html lang="en" data-theme="dark">' in client.get("/design").text
    client.set_cookie("theme", '"><script>')
    assert "data-theme=" not in client.get("/design").text.split("<head>")[0]


def test_a_page_that_is_not_there_says_what_to_do(app: Flask) -> None:
    answer = app.test_client().get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
