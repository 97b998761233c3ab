"""Indexes over what still waits, so that a day's reminders are found without reading the register."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the indexes: two hold only what has not ended, one finds a case's matters of a kind."""
    op.create_index(
        "ix_appointment_running",
        "appointment",
        ["name", "reply_due"],
        unique=False,
        sqlite_where=sa.text("to_date IS NULL"),
    )
    op.create_index("ix_matter_case_id_kind_on", "matter", ["case_id", "kind", "on"], unique=False)
    op.create_index(
        "ix_matter_running",
        "matter",
        ["kind", "on"],
        unique=False,
        sqlite_where=sa.text("done_on IS NULL"),
    )
