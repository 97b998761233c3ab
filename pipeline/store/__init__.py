"""The store: the register's types to and from its database (SQLModel on SQLite). Tables and migrations are its own."""

from pipeline.domain import ReviewItem, SubmissionRecord, SubmissionStatus
from pipeline.store._counts import Counts
from pipeline.store._register import Register
from pipeline.store._staff import StaffImport
from pipeline.store._store import Store

__all__ = [
    "Counts",
    "Register",
    "ReviewItem",
    "StaffImport",
    "Store",
    "SubmissionRecord",
    "SubmissionStatus",
]
