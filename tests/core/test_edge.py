"""What the edge refuses before any view sees it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("address", ["/sign-in?next=%00", "/deals?q=a%00b", "/deals/%00"])
def test_a_nul_in_the_address_is_refused(client: FlaskClient, address: str):
    assert client.get(address).status_code == 400


def test_a_nul_in_a_form_is_refused(client: FlaskClient):
    sent = {"email": "a\0@example.com", "password": "x"}
    assert client.post("/sign-in", data=sent).status_code == 400
