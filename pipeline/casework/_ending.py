"""What ends with a case, however it ends: nothing that has its own course is left open in it (C.4, C.5, R-45)."""

from __future__ import annotations

from pipeline.casework._handing_over import ABSENCE_TASKS
from pipeline.casework._ledger import Ledger
from pipeline.casework._renewal import end_renewals
from pipeline.domain import Case, Matter, MatterKind

ENDS_WITH_CASE = frozenset(
    {
        MatterKind.ABSENCE,
        MatterKind.ASSESSMENT,
        MatterKind.CONSENT_RENEWAL,
        MatterKind.EVALUATION,
        MatterKind.HANDOVER,
        MatterKind.INTERIM_REPLY,
        MatterKind.MEETING,
        MatterKind.PRIOR_NOTICE,
        MatterKind.REASSESSMENT,
        MatterKind.RELAY,
    }
)
"""The matters that make no sense in a case that has ended. A complaint, a deviation and a conflict of interest outlive it."""
CASE_CLOSED = "case-closed"
"""The outcome of a matter that ended because its case did."""
_TASKS = (
    *ABSENCE_TASKS,
    "handover",
    "notice-answered",
    "closing-reassessment",
    "service-reassessment",
    "relay-until-decided",
)


def ending(case: Case) -> tuple[Matter, ...]:
    """The open matters that end when the case does."""
    return tuple(m for m in case.matters if m.open and m.kind in ENDS_WITH_CASE)


def end_matters(ledger: Ledger) -> None:
    """End what is open in a case that ends, with the tasks that asked for it."""
    end_renewals(ledger, CASE_CLOSED)
    for matter in ending(ledger.case):
        ledger.change_matter(matter, done_on=ledger.situation.today, outcome=CASE_CLOSED)
    ledger.settle(*_TASKS)
