"""Interviews that two people tag apart from each other, and how far they agree."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_DIRECTIONS = ("for", "against", "neutral")
_STANDINGS = ("not_known", "not_estimable", "reliable", "tentative", "struck")


def _refers(table: str, column: str, other: str, then: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=then
    )


def _token(name: str, tokens: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*tokens, name=name, native_enum=False, create_constraint=True, length=24)


def _span() -> list[sa.Column]:
    return [
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    ]


def _moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "second_codings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("picked_by_name", sa.String(200), nullable=False),
        _moment("picked_at", nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=True),
        sa.Column("coder_name", sa.String(200), nullable=False),
        _moment("finished_at"),
        sa.Column("first_name", sa.String(200), nullable=False),
        _moment("compared_at"),
        sa.Column("wants_third", sa.Boolean(), nullable=False),
        _refers("second_codings", "interview_id", "interviews", "CASCADE"),
        _refers("second_codings", "coder_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_codings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_second_codings_public_id")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_second_codings_interview_id")),
    )
    op.create_index(op.f("ix_second_codings_coder_id"), "second_codings", ["coder_id"])
    op.create_index(op.f("ix_second_codings_compared_at"), "second_codings", ["compared_at"])
    op.create_table(
        "second_tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("coding_id", sa.Integer(), nullable=False),
        *_span(),
        sa.Column("has_lost_place", sa.Boolean(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("direction", _token("direction", _DIRECTIONS), nullable=False),
        _moment("removed_at"),
        _refers("second_tags", "coding_id", "second_codings", "CASCADE"),
        _refers("second_tags", "answer_id", "answers", "CASCADE"),
        _refers("second_tags", "reason_id", "reasons", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_tags")),
        sa.UniqueConstraint("public_id", name=op.f("uq_second_tags_public_id")),
    )
    op.create_index("ix_second_tags_coding", "second_tags", ["coding_id"])
    op.create_index("ix_second_tags_answer", "second_tags", ["answer_id"])
    op.create_index(op.f("ix_second_tags_reason_id"), "second_tags", ["reason_id"])
    op.create_table(
        "coded_passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("coding_id", sa.Integer(), nullable=False),
        *_span(),
        sa.Column("first", sa.JSON(), nullable=False),
        sa.Column("second", sa.JSON(), nullable=False),
        sa.Column("settled", sa.JSON(), nullable=False),
        sa.Column("settled_by_name", sa.String(200), nullable=False),
        _moment("settled_at"),
        sa.Column("why", sa.Text(), nullable=False),
        _refers("coded_passages", "coding_id", "second_codings", "CASCADE"),
        _refers("coded_passages", "answer_id", "answers", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coded_passages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_coded_passages_public_id")),
    )
    op.create_index("ix_coded_passages_coding", "coded_passages", ["coding_id"])
    op.create_index("ix_coded_passages_answer", "coded_passages", ["answer_id"])
    op.create_index(op.f("ix_coded_passages_settled_at"), "coded_passages", ["settled_at"])
    op.create_table(
        "agreement_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("raw", sa.Double(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("interviews", sa.Integer(), nullable=False),
        sa.Column("standing", _token("standing", _STANDINGS), nullable=False),
        _refers("agreement_figures", "reason_id", "reasons", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_figures")),
        sa.UniqueConstraint("reason_id", name=op.f("uq_agreement_figures_reason_id")),
    )


def downgrade() -> None:
    op.drop_table("agreement_figures")
    op.drop_table("coded_passages")
    op.drop_table("second_tags")
    op.drop_table("second_codings")
