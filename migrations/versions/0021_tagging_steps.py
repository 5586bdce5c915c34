"""Steps of taggers that can be undone; notes, tags to come back to, and what was behind what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tags") as tags:
        tags.add_column(sa.Column("first_id", sa.Integer(), nullable=True))
        tags.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        tags.add_column(
            sa.Column("comes_back", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        tags.create_foreign_key(
            op.f("fk_tags_first_id_tags"), "tags", ["first_id"], ["id"], ondelete="SET NULL"
        )
        tags.create_index(op.f("ix_tags_first_id"), ["first_id"])
    op.create_table(
        "tag_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(36), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_tag_changes_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name=op.f("fk_tag_changes_tag_id_tags"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["users.id"],
            name=op.f("fk_tag_changes_author_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_changes")),
    )
    op.create_index("ix_tag_changes_author", "tag_changes", ["interview_id", "author_id", "id"])
    op.create_index("ix_tag_changes_tag", "tag_changes", ["tag_id"])


def downgrade() -> None:
    op.drop_table("tag_changes")
    with op.batch_alter_table("tags") as tags:
        tags.drop_index(op.f("ix_tags_first_id"))
        tags.drop_constraint(op.f("fk_tags_first_id_tags"), type_="foreignkey")
        tags.drop_column("comes_back")
        tags.drop_column("note")
        tags.drop_column("first_id")
