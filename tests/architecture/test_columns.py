"""What every column owes: text says whether it is personal, instants are in UTC, tokens are
checked."""

from __future__ import annotations

from sqlalchemy import JSON, DateTime, Enum, String

from app.core.db import Base, UtcDateTime
from app.rooms import import_models

import_models()
COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


def test_every_text_column_says_whether_it_is_personal():
    unsaid = [
        str(column)
        for column in COLUMNS
        if isinstance(column.type, String | JSON)
        and "personal" not in column.info
        and column.name != "public_id"
    ]
    assert unsaid == []


def test_every_instant_is_kept_in_utc():
    naive = [
        str(c)
        for c in COLUMNS
        if isinstance(c.type, DateTime) and not isinstance(c.type, UtcDateTime)
    ]
    assert naive == []


def test_every_enumeration_is_a_token_with_a_check():
    loose = [
        str(column)
        for column in COLUMNS
        if isinstance(column.type, Enum)
        and (column.type.native_enum or not column.type.create_constraint)
    ]
    assert loose == []
    capital = [
        str(column)
        for column in COLUMNS
        if isinstance(column.type, Enum)
        if any(token != token.lower() for token in column.type.enums)
    ]
    assert capital == []
