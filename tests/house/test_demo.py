"""`bin/run --demo` serves a workspace of its own, and never mixes it with another."""

from __future__ import annotations

from pathlib import Path

from app.core import migrations
from app.core.db import Database
from app.identity.models import Role
from config import load_settings
from tests.factories import Factory
from tests.house.running import because, free_port, running


def test_it_offers_a_sign_in_for_each_role(instance: Path):
    with running(instance, "--demo") as product:
        product.wait_for_answer()
        _, page = product.get("/sign-in")
        for role in Role:
            assert f"/sign-in/as/{role}" in page
        assert "link, which works once" not in product.said()
    assert [path.name for path in instance.iterdir()] == ["demo"]


def test_it_refuses_a_database_that_has_rows(instance: Path, database: dict[str, str]):
    settings = load_settings({"BECAUSE_INSTANCE": str(instance), **database})
    db = Database(settings.database_url)
    migrations.upgrade(db)
    with db.writing() as session:
        Factory(session).user(email="somebody@example.com")
    db.engine.dispose()
    result = because(
        instance, "serve", "--demo", "--port", str(free_port()), DATABASE_URL=settings.database_url
    )
    assert result.returncode == 1
    assert "DATABASE_URL names a database that has rows" in result.stderr
