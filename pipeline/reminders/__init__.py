"""State and date in, what is due out: pure functions; the store makes each reminder once."""

from pipeline.reminders._batches import (
    batch_id,
    cadences_between,
)
from pipeline.reminders._calendar import birthday
from pipeline.reminders._declared import Needs, amiss
from pipeline.reminders._due import (
    EVERY_CADENCE,
    Due,
    answered,
    due,
    hindered,
    next_due,
    overtakes,
    rule_of,
    stands,
)
from pipeline.reminders._lists import (
    Missing,
    Standing,
    missing_reports,
    overdue,
    upcoming,
)
from pipeline.reminders._questions import (
    Question,
    questions,
)

__all__ = [
    "EVERY_CADENCE",
    "Due",
    "Missing",
    "Needs",
    "Question",
    "Standing",
    "amiss",
    "answered",
    "batch_id",
    "birthday",
    "cadences_between",
    "due",
    "hindered",
    "missing_reports",
    "next_due",
    "overdue",
    "overtakes",
    "questions",
    "rule_of",
    "stands",
    "upcoming",
]
