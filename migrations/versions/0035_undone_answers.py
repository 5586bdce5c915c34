"""What was there before words of a transcript became an answer with their first tag."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tag_changes") as changes:
        changes.add_column(sa.Column("made", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("tag_changes") as changes:
        changes.alter_column("made", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("tag_changes") as changes:
        changes.drop_column("made")
