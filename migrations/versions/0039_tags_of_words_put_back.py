"""A tag whose words wait in their transcript again stands on no quote, and can be done again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tags") as tags:
        tags.alter_column("verbatim_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM tags WHERE verbatim_id IS NULL")
    with op.batch_alter_table("tags") as tags:
        tags.alter_column("verbatim_id", existing_type=sa.Integer(), nullable=False)
