"""The search documents, each database's own index of them, and saved searches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KIND = sa.Enum(
    *("quote", "answer", "segment", "note", "deal", "person"),
    name="kind",
    native_enum=False,
    create_constraint=True,
    length=24,
)
_THINGS = (
    ("verbatim_id", "verbatims"),
    ("answer_id", "answers"),
    ("segment_id", "transcript_segments"),
    ("note_id", "answer_notes"),
    ("deal_id", "deals"),
    ("contact_id", "contacts"),
)

#: An FTS5 index that keeps no text of its own; triggers, so that rows which go with an answer
#: leave it too.
_SQLITE = (
    """CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='search_documents', content_rowid='id', tokenize='ascii')""",
    """CREATE TRIGGER search_words_added AFTER INSERT ON search_documents BEGIN
        INSERT INTO search_words (rowid, words) VALUES (new.id, new.words);
    END""",
    """CREATE TRIGGER search_words_removed AFTER DELETE ON search_documents BEGIN
        INSERT INTO search_words (search_words, rowid, words)
        VALUES ('delete', old.id, old.words);
    END""",
    """CREATE TRIGGER search_words_changed AFTER UPDATE OF words ON search_documents BEGIN
        INSERT INTO search_words (search_words, rowid, words)
        VALUES ('delete', old.id, old.words);
        INSERT INTO search_words (rowid, words) VALUES (new.id, new.words);
    END""",
)
_POSTGRESQL = (
    """ALTER TABLE search_documents ADD COLUMN search_words tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED""",
    """CREATE INDEX search_words_of_documents ON search_documents USING gin (search_words)""",
)


def upgrade() -> None:
    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=True) for column, _ in _THINGS),
        sa.Column("words", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_search_documents_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in _THINGS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
        *(
            sa.UniqueConstraint(column, name=op.f(f"uq_search_documents_{column}"))
            for column, _ in _THINGS
        ),
    )
    op.create_index("ix_search_documents_kind", "search_documents", ["kind", "id"])
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if on_sqlite else _POSTGRESQL:
        op.execute(statement)
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(400), nullable=False),
        sa.Column("is_subscribed", sa.Boolean(), nullable=False),
        sa.Column("seen_until", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_saved_searches_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_searches_public_id")),
        sa.UniqueConstraint("user_id", "asked", name=op.f("uq_saved_searches_user_id_asked")),
    )
    _ask_for_documents_of_what_is_there()


def _ask_for_documents_of_what_is_there() -> None:
    """The worker makes them; an empty database needs none."""
    op.execute(
        """INSERT INTO jobs (public_id, name, payload, state, done_count, message, result, attempts,
            asked_by_name, created_at, due_at)
        SELECT '00000000-0000-4000-8000-000000000014', 'search.rebuild', '{}', 'queued', 0, '', '{}',
            0, '', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
        WHERE EXISTS (SELECT 1 FROM deals)"""
    )


def downgrade() -> None:
    op.drop_table("saved_searches")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
    op.drop_table("search_documents")
    op.execute("DELETE FROM jobs WHERE name = 'search.rebuild'")
