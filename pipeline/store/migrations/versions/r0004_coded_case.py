"""The case that the code on a form names."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; forms read before had no code."""
    with op.batch_alter_table("submission") as table:
        table.add_column(sa.Column("coded_case", sa.Text(), nullable=False, server_default=""))
    # Made anew, SQLite forgets that a number is never used twice, unless it is told so.
    with op.batch_alter_table("submission", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("coded_case", server_default=None)
