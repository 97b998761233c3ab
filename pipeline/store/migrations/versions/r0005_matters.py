"""Matters of a case; moving and merging."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table and the columns; nobody had moved and no case was merged before."""
    op.create_table(
        "matter",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("employee", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_matter_case_id"),
        sa.PrimaryKeyConstraint("case_id", "id", name="pk_matter"),
    )
    op.create_index("ix_matter_due", "matter", ["due"], unique=False)
    op.create_index("ix_matter_kind_on", "matter", ["kind", "on"], unique=False)
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("moved_on", sa.Text(), nullable=True))
    with op.batch_alter_table("casefile") as table:
        table.add_column(sa.Column("merged_into", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("casefile") as table:
        table.alter_column("merged_into", server_default=None)
