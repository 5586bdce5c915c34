"""What a merger or a split did to tags and taps, so that an earlier list can be told again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def _token(table: str, name: str, *tokens: str) -> sa.Enum:
    return sa.Enum(
        *tokens,
        name=op.f(f"ck_{table}_{name}"),
        native_enum=False,
        create_constraint=True,
        length=24,
    )


def _refers(table: str, column: str, other: str, then: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=then
    )


def upgrade() -> None:
    op.create_table(
        "tag_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        _refers("tag_moves", "version_id", "reason_list_versions", "RESTRICT"),
        _refers("tag_moves", "tag_id", "tags", "CASCADE"),
        _refers("tag_moves", "before_id", "reasons", "RESTRICT"),
        _refers("tag_moves", "after_id", "reasons", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_moves")),
    )
    op.create_index("ix_tag_moves_version", "tag_moves", ["version_id"])
    op.create_index(op.f("ix_tag_moves_tag_id"), "tag_moves", ["tag_id"])
    op.create_table(
        "tap_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column(
            "direction",
            _token("tap_moves", "direction", "for", "against", "neutral"),
            nullable=False,
        ),
        sa.Column("is_decisive", sa.Boolean(), nullable=False),
        sa.Column(
            "counterfactual",
            _token("tap_moves", "counterfactual", "us", "them", "nothing", "unknown"),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("joined_decisive", sa.Boolean(), nullable=True),
        _refers("tap_moves", "version_id", "reason_list_versions", "RESTRICT"),
        _refers("tap_moves", "interview_id", "interviews", "CASCADE"),
        _refers("tap_moves", "before_id", "reasons", "RESTRICT"),
        _refers("tap_moves", "after_id", "reasons", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tap_moves")),
    )
    op.create_index("ix_tap_moves_version", "tap_moves", ["version_id"])
    op.create_index(op.f("ix_tap_moves_interview_id"), "tap_moves", ["interview_id"])


def downgrade() -> None:
    op.drop_table("tap_moves")
    op.drop_table("tag_moves")
