"""What suggests tags, in versions, and what was suggested."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_DECISION = sa.Enum(
    *("open", "accepted", "refused"),
    name="decision",
    native_enum=False,
    create_constraint=True,
    length=24,
)


def _key(table: str, column: str, to: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete
    )


def upgrade() -> None:
    op.create_table(
        "suggester_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("is_learnt", sa.Boolean(), nullable=False),
        sa.Column("keywords_f1", sa.Double(), nullable=True),
        sa.Column("learnt_f1", sa.Double(), nullable=True),
        sa.Column("measured", sa.JSON(), nullable=False),
        sa.Column("words_checksum", sa.String(64), nullable=False),
        sa.Column("file", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggester_versions")),
    )
    op.create_table(
        "suggested_interviews",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        _key("suggested_interviews", "interview_id", "interviews"),
        _key("suggested_interviews", "version_id", "suggester_versions"),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_suggested_interviews")),
    )
    op.create_index(
        op.f("ix_suggested_interviews_version_id"), "suggested_interviews", ["version_id"]
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("decision", _DECISION, nullable=False),
        sa.Column("decided_by_name", sa.String(200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tag_id", sa.Integer(), nullable=True),
        _key("suggestions", "interview_id", "interviews"),
        _key("suggestions", "answer_id", "answers"),
        _key("suggestions", "reason_id", "reasons"),
        _key("suggestions", "version_id", "suggester_versions"),
        _key("suggestions", "tag_id", "tags", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_suggestions_public_id")),
        sa.UniqueConstraint(
            "answer_id",
            "revision",
            "start",
            "end",
            "reason_id",
            name=op.f("uq_suggestions_answer_id_revision_start_end_reason_id"),
        ),
    )
    op.create_index("ix_suggestions_interview", "suggestions", ["interview_id", "decision"])
    op.create_index("ix_suggestions_reason", "suggestions", ["reason_id", "decision"])
    op.create_index("ix_suggestions_tag", "suggestions", ["tag_id"])
    op.create_index(op.f("ix_suggestions_version_id"), "suggestions", ["version_id"])


def downgrade() -> None:
    op.drop_table("suggestions")
    op.drop_table("suggested_interviews")
    op.drop_table("suggester_versions")
