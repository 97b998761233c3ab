"""The register's tables; nobody outside the store may know them."""

from pipeline.store.tables._base import Row, metadata
from pipeline.store.tables._cases import (
    AnnualReportRow,
    AppointmentRow,
    CaseRow,
    Child,
    ConsentRow,
    ContactRow,
    MatterRow,
    MemberRow,
    PersonRow,
    PlanRow,
    State,
    TaskRow,
    TeamRow,
)
from pipeline.store.tables._documents import (
    ArchiveRow,
    DocumentRow,
    FieldRow,
    ReviewRow,
    StepRow,
    SubmissionRow,
)
from pipeline.store.tables._outgoing import (
    CounterRow,
    EmployeeRow,
    EventRow,
    LetterRow,
    ReminderRow,
    RoleRow,
)
from pipeline.store.tables._types import checked_text, unstorable

__all__ = [
    "AnnualReportRow",
    "AppointmentRow",
    "ArchiveRow",
    "CaseRow",
    "Child",
    "ConsentRow",
    "ContactRow",
    "CounterRow",
    "DocumentRow",
    "EmployeeRow",
    "EventRow",
    "FieldRow",
    "LetterRow",
    "MatterRow",
    "MemberRow",
    "PersonRow",
    "PlanRow",
    "ReminderRow",
    "ReviewRow",
    "RoleRow",
    "Row",
    "State",
    "StepRow",
    "SubmissionRow",
    "TaskRow",
    "TeamRow",
    "checked_text",
    "metadata",
    "unstorable",
]
