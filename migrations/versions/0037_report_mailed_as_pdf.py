"""A file that goes along with a mail; the quarter's report mailed as PDF."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("file_key", "file_name"):
        op.add_column("mails", sa.Column(name, sa.String(120), nullable=False, server_default=""))
    op.add_column(
        "report_schedules",
        sa.Column("as_pdf", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("report_schedules", "as_pdf")
    for name in ("file_name", "file_key"):
        op.drop_column("mails", name)
