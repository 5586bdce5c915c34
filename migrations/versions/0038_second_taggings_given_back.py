"""Who gave a second tagging back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("second_codings") as codings:
        codings.add_column(
            sa.Column("given_back_by", sa.JSON(), nullable=False, server_default="[]")
        )
    with op.batch_alter_table("second_codings") as codings:
        codings.alter_column("given_back_by", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("second_codings") as codings:
        codings.drop_column("given_back_by")
