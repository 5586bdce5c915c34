"""The language in which an interview is held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("interviews") as table:
        table.add_column(
            sa.Column("language", sa.String(length=12), nullable=False, server_default="")
        )
    with op.batch_alter_table("interviews") as table:
        table.alter_column("language", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("interviews") as table:
        table.drop_column("language")
