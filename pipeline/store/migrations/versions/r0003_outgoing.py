"""Letters, reminders, archive numbers and events."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_event_case_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_event_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_case_id", "event", ["case_id"], unique=False)
    op.create_index("ix_event_document_id", "event", ["document_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("batch", sa.Boolean(), nullable=False),
        sa.Column("to_role", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("to_address_lines", sa.Text(), nullable=False),
        sa.Column("to_employee", sa.Text(), nullable=True),
        sa.Column("to_email", sa.Text(), nullable=False),
        sa.Column("to_service", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("ordered_at", sa.Text(), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("docx", sa.Text(), nullable=False),
        sa.Column("pdf", sa.Text(), nullable=False),
        sa.Column("docx_sha256", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("template_sha256", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_letter_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint("case_id", "key", name="uq_letter_case_id_key"),
        sa.UniqueConstraint("case_id", "number", name="uq_letter_case_id_number"),
    )
    op.create_index("ix_letter_status", "letter", ["status"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_reminder_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("case_id", "rule", "period", name="uq_reminder_case_id_rule_period"),
    )
    op.create_table(
        "archive_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("archive_case", sa.Text(), nullable=False),
        sa.Column("journal_number", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(document_id IS NULL) <> (letter_id IS NULL)", name="ck_archive_reference_one_subject"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_archive_reference_document_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_archive_reference_letter_id"),
        sa.PrimaryKeyConstraint("id", name="pk_archive_reference"),
        sa.UniqueConstraint("document_id", name="uq_archive_reference_document_id"),
        sa.UniqueConstraint("letter_id", name="uq_archive_reference_letter_id"),
    )
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER event_no_{verb} BEFORE {verb.upper()} ON event "
            "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        )
