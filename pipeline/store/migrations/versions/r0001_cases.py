"""Persons, cases and their children, staff, counters."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    op.create_table(
        "employee",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postal_place", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "id", name="pk_employee"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("due_date", sa.Text(), nullable=True),
        sa.Column("national_id", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postal_place", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("deceased_on", sa.Text(), nullable=True),
        sa.Column("family", sa.Boolean(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("name_ends", sa.Text(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index(
        "ix_person_municipality_address_key", "person", ["municipality", "address_key"], unique=False
    )
    op.create_index(
        "ix_person_municipality_birth_date", "person", ["municipality", "birth_date"], unique=False
    )
    op.create_index("ix_person_municipality_due_date", "person", ["municipality", "due_date"], unique=False)
    op.create_index("ix_person_municipality_name_ends", "person", ["municipality", "name_ends"], unique=False)
    op.create_index("ix_person_municipality_name_key", "person", ["municipality", "name_key"], unique=False)
    op.create_index("ix_person_municipality_phone", "person", ["municipality", "phone"], unique=False)
    op.create_table(
        "role_holding",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("from_date", sa.Text(), nullable=True),
        sa.Column("to_date", sa.Text(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "employee_id", "number", name="pk_role_holding"),
    )
    op.create_table(
        "casefile",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("requested", sa.Text(), nullable=False),
        sa.Column("requested_other", sa.Text(), nullable=False),
        sa.Column("granted", sa.Text(), nullable=False),
        sa.Column("notified_on", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("proposed_coordinator", sa.Text(), nullable=False),
        sa.Column("archive_case", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_casefile_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_casefile"),
        sa.UniqueConstraint("sort_key", name="uq_casefile_sort_key"),
    )
    op.create_index(
        "ix_casefile_municipality_archive_case", "casefile", ["municipality", "archive_case"], unique=False
    )
    op.create_index("ix_casefile_municipality_phase", "casefile", ["municipality", "phase"], unique=False)
    op.create_index("ix_casefile_person_id", "casefile", ["person_id"], unique=False)
    op.create_table(
        "annual_report",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_annual_report_case_id"),
        sa.PrimaryKeyConstraint("case_id", "id", name="pk_annual_report"),
    )
    op.create_table(
        "appointment",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("employee", sa.Text(), nullable=True),
        sa.Column("from_date", sa.Text(), nullable=True),
        sa.Column("to_date", sa.Text(), nullable=True),
        sa.Column("deputy_name", sa.Text(), nullable=False),
        sa.Column("deputy_contact", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Text(), nullable=True),
        sa.Column("reply_due", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_appointment_case_id"),
        sa.PrimaryKeyConstraint("case_id", "id", name="pk_appointment"),
    )
    op.create_index("ix_appointment_reply_due", "appointment", ["reply_due"], unique=False)
    op.create_table(
        "consent",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("given_on", sa.Text(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_consent_case_id"),
        sa.PrimaryKeyConstraint("case_id", "id", name="pk_consent"),
    )
    op.create_table(
        "contact",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postal_place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_contact_case_id"),
        sa.PrimaryKeyConstraint("case_id", "id", name="pk_contact"),
    )
    op.create_table(
        "member",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("on_call", sa.Boolean(), nullable=False),
        sa.Column("from_date", sa.Text(), nullable=True),
        sa.Column("to_date", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_member_case_id"),
        sa.PrimaryKeyConstraint("case_id", "id", name="pk_member"),
    )
    op.create_table(
        "plan",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("exists", sa.Boolean(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("informed", sa.Boolean(), nullable=True),
        sa.Column("needed", sa.Boolean(), nullable=True),
        sa.Column("not_today", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_plan_case_id"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_plan"),
    )
    op.create_table(
        "task",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_on", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_task_case_id"),
        sa.PrimaryKeyConstraint("case_id", "id", name="pk_task"),
    )
    op.create_index("ix_task_done_on", "task", ["done_on"], unique=False)
    op.create_table(
        "team",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("established_on", sa.Text(), nullable=True),
        sa.Column("dissolved_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["casefile.id"], name="fk_team_case_id"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_team"),
    )
