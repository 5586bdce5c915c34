"""What is typed into the box, as it was typed."""

from __future__ import annotations

from app.core.forms import Form, LineField
from app.search.asking import MOST_CHARACTERS


class SaveForm(Form):
    q = LineField("Search", most=MOST_CHARACTERS)
