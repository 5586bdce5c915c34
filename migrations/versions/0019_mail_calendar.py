"""A mail may carry an invitation for a calendar."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mails") as table:
        table.add_column(sa.Column("calendar", sa.Text(), nullable=False, server_default=""))
        table.alter_column("calendar", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("mails") as table:
        table.drop_column("calendar")
