"""What an interviewer marks, notes and promises; further ways an answer is taken; what the buyer
would have decided."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TAKEN = ("written", "transcript", "typed", "notes")
_TAKEN_NOW = (*_TAKEN, "dictated", "pasted")
_NEW_WAYS = "taken IN ('dictated', 'pasted')"
_SKIP_REASONS = ("no_time", "not_for_them", "already_said", "would_not_say", "other")
_COUNTERFACTUAL = ("us", "them", "nothing", "unknown")
_MARKS = ("strong", "come_back", "competitor", "differentiator")
_REFERENCE = ("yes", "maybe_later", "no", "not_asked")
_FOLLOWS = "FOREIGN KEY(follows_id) REFERENCES answers (id) ON DELETE SET NULL"
#: For SQLite: words of the table's definition, and what takes their place.
_WITH_FOLLOWS = (
    ("text TEXT NOT NULL", "text TEXT NOT NULL, follows_id INTEGER"),
    (
        "CONSTRAINT pk_answers",
        f"CONSTRAINT fk_answers_follows_id_answers {_FOLLOWS}, CONSTRAINT pk_answers",
    ),
)
_WITH_COUNTERFACTUAL = ("answers", "finish_reasons", "tags", "tag_evidence")


def upgrade() -> None:
    for table in ("interviews", "answers"):
        _change_check(table, "taken", _TAKEN, _TAKEN_NOW)
    _create_marks()
    _create_notes()
    _create_promises()
    _move_promises_to_their_table()
    _add_token("answers", "skip_reason", _SKIP_REASONS)
    _add_text("answers", "skip_words", "VARCHAR(500)")
    _add_follows_id()
    op.create_index("ix_answers_follows_id", "answers", ["follows_id"])
    for table in _WITH_COUNTERFACTUAL:
        _add_token(table, "counterfactual", _COUNTERFACTUAL)
    for column in ("surprised", "fears", "near_losses"):
        _add_text("interviews", column)
    _add_token("interviews", "reference", _REFERENCE)
    op.drop_column("interviews", "promised")
    _add_text("deal_contacts", "fears")


def downgrade() -> None:
    op.drop_column("deal_contacts", "fears")
    _add_text("interviews", "promised")
    op.execute(
        "UPDATE interviews SET promised = COALESCE("
        "(SELECT text FROM promises WHERE interview_id = interviews.id ORDER BY id LIMIT 1), '')"
    )
    for table in ("promises", "answer_notes", "marks"):
        op.drop_table(table)
    op.drop_column("interviews", "reference")
    for column in ("near_losses", "fears", "surprised"):
        op.drop_column("interviews", column)
    for table in _WITH_COUNTERFACTUAL:
        op.drop_column(table, "counterfactual")
    op.drop_index("ix_answers_follows_id", "answers")
    _drop_follows_id()
    for column in ("skip_words", "skip_reason"):
        op.drop_column("answers", column)
    for table in ("interviews", "answers"):
        op.execute(f"UPDATE {table} SET taken = 'notes' WHERE {_NEW_WAYS}")  # noqa: S608
        _change_check(table, "taken", _TAKEN_NOW, _TAKEN)


def _tokens(tokens: tuple[str, ...]) -> str:
    return ", ".join(f"'{token}'" for token in tokens)


def _add_token(table: str, column: str, tokens: tuple[str, ...]) -> None:
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(24)"
        f" CONSTRAINT ck_{table}_{column} CHECK ({column} IN ({_tokens(tokens)}))"
    )


def _add_text(table: str, column: str, kind: str = "TEXT") -> None:
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} DEFAULT '' NOT NULL")


def _add_follows_id() -> None:
    if _is_sqlite():
        _make_anew("answers", *_WITH_FOLLOWS)
        return
    op.add_column("answers", sa.Column("follows_id", sa.Integer(), nullable=True))
    op.execute(f"ALTER TABLE answers ADD CONSTRAINT fk_answers_follows_id_answers {_FOLLOWS}")


def _drop_follows_id() -> None:
    if _is_sqlite():
        _make_anew("answers", *((instead, words) for words, instead in _WITH_FOLLOWS))
    else:
        op.drop_column("answers", "follows_id")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _change_check(table: str, column: str, was: tuple[str, ...], becomes: tuple[str, ...]) -> None:
    check = f"CHECK ({column} IN ({_tokens(becomes)}))"
    if _is_sqlite():
        _make_anew(table, (f"CHECK ({column} IN ({_tokens(was)}))", check))
        return
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{column}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{column} {check}")


def _make_anew(table: str, *changes: tuple[str, str]) -> None:
    """Make an SQLite table anew, with some words of its definition changed."""
    (definition,) = _definitions("table", table)
    indexes = _definitions("index", table)
    columns = definition.partition("(")[2]
    for words, instead in changes:
        assert words in columns
        columns = columns.replace(words, instead, 1)
    known = _columns(table)
    op.execute(f"CREATE TABLE new_{table} ({columns}")
    kept = ", ".join(f'"{name}"' for name in _columns(f"new_{table}") if name in known)
    op.execute(f"INSERT INTO new_{table} ({kept}) SELECT {kept} FROM {table}")  # noqa: S608
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    for index in indexes:
        op.execute(index)


def _definitions(kind: str, table: str) -> list[str]:
    rows = op.get_bind().execute(
        sa.text(
            "SELECT sql FROM sqlite_master"
            " WHERE type = :kind AND tbl_name = :table AND sql IS NOT NULL"
        ),
        {"kind": kind, "table": table},
    )
    return [row.sql for row in rows]


def _columns(table: str) -> list[str]:
    return [row.name for row in op.get_bind().execute(sa.text(f"PRAGMA table_info({table})"))]


def _create_marks() -> None:
    op.create_table(
        "marks",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("kind", _enum("kind", _MARKS), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("competitor_id", sa.Integer(), nullable=True),
        sa.Column("differentiator_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{other}.id"],
                name=op.f(f"fk_marks_{column}_{other}"),
                ondelete="CASCADE",
            )
            for column, other in (
                ("interview_id", "interviews"),
                ("answer_id", "answers"),
                ("competitor_id", "competitors"),
                ("differentiator_id", "differentiators"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_marks_public_id")),
    )
    op.create_index("ix_marks_interview", "marks", ["interview_id", "kind"])
    op.create_index("ix_marks_answer", "marks", ["answer_id"])
    op.create_index(op.f("ix_marks_competitor_id"), "marks", ["competitor_id"])
    op.create_index(op.f("ix_marks_differentiator_id"), "marks", ["differentiator_id"])


def _create_notes() -> None:
    op.create_table(
        "answer_notes",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_answer_notes_answer_id_answers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["users.id"],
            name=op.f("fk_answer_notes_author_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_notes")),
        sa.UniqueConstraint(
            "answer_id", "author_id", name=op.f("uq_answer_notes_answer_id_author_id")
        ),
    )


def _create_promises() -> None:
    op.create_table(
        "promises",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_promises_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["keeper_id"],
            ["users.id"],
            name=op.f("fk_promises_keeper_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        sa.UniqueConstraint("public_id", name=op.f("uq_promises_public_id")),
    )
    op.create_index("ix_promises_interview", "promises", ["interview_id"])
    op.create_index("ix_promises_keeper", "promises", ["keeper_id", "kept_at"])


def _enum(name: str, tokens: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*tokens, name=name, native_enum=False, create_constraint=True, length=24)


def _move_promises_to_their_table() -> None:
    """What was promised before nobody in particular had to keep."""
    bind = op.get_bind()
    promised = bind.execute(sa.text("SELECT id, promised FROM interviews WHERE promised <> ''"))
    rows = [
        {"public_id": str(uuid.uuid4()), "interview_id": row.id, "text": row.promised}
        for row in promised
    ]
    if rows:
        insert = sa.text(
            "INSERT INTO promises (public_id, interview_id, text, kept_by_name)"
            " VALUES (:public_id, :interview_id, :text, '')"
        )
        bind.execute(insert, rows)
