"""The journeys: the only room that knows the order of things."""

from pipeline.flow._deciding import appoint, close
from pipeline.flow._desk import OSLO, Desk
from pipeline.flow._lettering import advance_letter, make_letters, make_pdfs, print_ready
from pipeline.flow._reading import read_forms
from pipeline.flow._registering import add_message, ingest_all
from pipeline.flow._reminding import remind
from pipeline.flow._running import Runner
from pipeline.flow._settling import accept, link_to, reject, set_value, unlink
from pipeline.flow._staffing import import_staff
from pipeline.flow._views import (
    case_row,
    case_rows,
    document_rows,
    letter_rows,
    review_rows,
    staff_rows,
    status_row,
    trace_rows,
)
from pipeline.flow._working import retry, work

__all__ = [
    "OSLO",
    "Desk",
    "Runner",
    "accept",
    "add_message",
    "advance_letter",
    "appoint",
    "case_row",
    "case_rows",
    "close",
    "document_rows",
    "import_staff",
    "ingest_all",
    "letter_rows",
    "link_to",
    "make_letters",
    "make_pdfs",
    "print_ready",
    "read_forms",
    "reject",
    "remind",
    "retry",
    "review_rows",
    "set_value",
    "staff_rows",
    "status_row",
    "trace_rows",
    "unlink",
    "work",
]
