"""State and date in, what is due out: pure functions; the store makes each reminder once."""

from pipeline.reminders._due import (
    Due,
    answered,
    due,
    next_due,
)

__all__ = [
    "Due",
    "answered",
    "due",
    "next_due",
]
