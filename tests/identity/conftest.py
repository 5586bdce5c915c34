"""Hashing is slow on purpose; these tests are about what surrounds it."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from app.identity import operations


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(operations, "_hasher", quick)
    operations._hash_of_nobody.cache_clear()
