"""Which revision of an answer its buyer confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("confirmed_revision", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("answers", "confirmed_revision")
