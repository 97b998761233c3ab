"""The journeys: the only room that knows the order of things."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.flow._approving import approve_reminders, stop_reminder
    from pipeline.flow._archiving import set_case_number, set_number, unjournalled_rows
    from pipeline.flow._auditing import tally_rows
    from pipeline.flow._clock import OSLO
    from pipeline.flow._conducting import (
        absent,
        assess,
        back,
        call_off_meeting,
        change,
        evaluate,
        hand_over,
        meeting_held,
        plan_meeting,
        plan_preparatory,
        refuse,
        register_deputy,
    )
    from pipeline.flow._consenting import (
        hear_child,
        inform,
        register_consent,
        start_plan,
        withdraw_consent,
    )
    from pipeline.flow._deciding import appoint, choose_language, close
    from pipeline.flow._desk import Desk
    from pipeline.flow._enclosing import fill_form
    from pipeline.flow._figuring import (
        FigureTable,
        figure_rows,
        figure_tables,
        write_figure_page,
        write_figure_sheet,
    )
    from pipeline.flow._lettering import advance_letter, make_letters, make_pdfs, print_ready
    from pipeline.flow._listing import HEADINGS, overview_rows, write_overview
    from pipeline.flow._looking import picture_of
    from pipeline.flow._mishaps import (
        come_back,
        complain,
        decide_reassessment,
        deviation_rows,
        keep_out,
        leave,
        letter_came_back,
        settle_deviation,
        simply,
        withdraw_notice,
    )
    from pipeline.flow._reading import ScanReader, read_forms
    from pipeline.flow._rectifying import finish_task, rectify_contact, rectify_person, task_rows
    from pipeline.flow._registering import add_message, ingest_all
    from pipeline.flow._remaining import missing_rows, standing_rows
    from pipeline.flow._reminding import remind
    from pipeline.flow._running import Runner
    from pipeline.flow._settling import accept, link_to, reject, set_value, unlink
    from pipeline.flow._staffing import import_staff
    from pipeline.flow._status import status_row
    from pipeline.flow._tracing import trace_rows
    from pipeline.flow._untangling import merge_cases, split_cases
    from pipeline.flow._views import (
        case_row,
        case_rows,
        document_rows,
        letter_rows,
        letters_waiting,
        review_rows,
        staff_rows,
    )
    from pipeline.flow._working import retry, work

_HOMES = {
    "pipeline.flow._approving": ("approve_reminders", "stop_reminder"),
    "pipeline.flow._archiving": ("set_case_number", "set_number", "unjournalled_rows"),
    "pipeline.flow._auditing": ("tally_rows",),
    "pipeline.flow._clock": ("OSLO",),
    "pipeline.flow._conducting": (
        "absent",
        "assess",
        "back",
        "call_off_meeting",
        "change",
        "evaluate",
        "hand_over",
        "meeting_held",
        "plan_meeting",
        "plan_preparatory",
        "refuse",
        "register_deputy",
    ),
    "pipeline.flow._deciding": ("appoint", "choose_language", "close"),
    "pipeline.flow._consenting": (
        "hear_child",
        "inform",
        "register_consent",
        "start_plan",
        "withdraw_consent",
    ),
    "pipeline.flow._desk": ("Desk",),
    "pipeline.flow._enclosing": ("fill_form",),
    "pipeline.flow._figuring": (
        "FigureTable",
        "figure_rows",
        "figure_tables",
        "write_figure_page",
        "write_figure_sheet",
    ),
    "pipeline.flow._lettering": ("advance_letter", "make_letters", "make_pdfs", "print_ready"),
    "pipeline.flow._listing": ("HEADINGS", "overview_rows", "write_overview"),
    "pipeline.flow._looking": ("picture_of",),
    "pipeline.flow._mishaps": (
        "come_back",
        "complain",
        "decide_reassessment",
        "deviation_rows",
        "keep_out",
        "leave",
        "letter_came_back",
        "settle_deviation",
        "simply",
        "withdraw_notice",
    ),
    "pipeline.flow._reading": ("ScanReader", "read_forms"),
    "pipeline.flow._rectifying": ("finish_task", "rectify_contact", "rectify_person", "task_rows"),
    "pipeline.flow._registering": ("add_message", "ingest_all"),
    "pipeline.flow._reminding": ("remind",),
    "pipeline.flow._running": ("Runner",),
    "pipeline.flow._remaining": ("missing_rows", "standing_rows"),
    "pipeline.flow._settling": ("accept", "link_to", "reject", "set_value", "unlink"),
    "pipeline.flow._staffing": ("import_staff",),
    "pipeline.flow._untangling": ("merge_cases", "split_cases"),
    "pipeline.flow._views": (
        "case_row",
        "case_rows",
        "document_rows",
        "letter_rows",
        "letters_waiting",
        "review_rows",
        "staff_rows",
    ),
    "pipeline.flow._status": ("status_row",),
    "pipeline.flow._tracing": ("trace_rows",),
    "pipeline.flow._working": ("retry", "work"),
}
"""Which module holds which name. They are loaded when first asked for, so that ``extract`` starts without the register."""

__all__ = [
    "HEADINGS",
    "OSLO",
    "Desk",
    "FigureTable",
    "Runner",
    "ScanReader",
    "absent",
    "accept",
    "add_message",
    "advance_letter",
    "appoint",
    "approve_reminders",
    "assess",
    "back",
    "call_off_meeting",
    "case_row",
    "case_rows",
    "change",
    "choose_language",
    "close",
    "come_back",
    "complain",
    "decide_reassessment",
    "deviation_rows",
    "document_rows",
    "evaluate",
    "figure_rows",
    "figure_tables",
    "fill_form",
    "finish_task",
    "hand_over",
    "hear_child",
    "import_staff",
    "inform",
    "ingest_all",
    "keep_out",
    "leave",
    "letter_came_back",
    "letter_rows",
    "letters_waiting",
    "link_to",
    "make_letters",
    "make_pdfs",
    "meeting_held",
    "merge_cases",
    "missing_rows",
    "overview_rows",
    "picture_of",
    "plan_meeting",
    "plan_preparatory",
    "print_ready",
    "read_forms",
    "rectify_contact",
    "rectify_person",
    "refuse",
    "register_consent",
    "register_deputy",
    "reject",
    "remind",
    "retry",
    "review_rows",
    "set_case_number",
    "set_number",
    "set_value",
    "settle_deviation",
    "simply",
    "split_cases",
    "staff_rows",
    "standing_rows",
    "start_plan",
    "status_row",
    "stop_reminder",
    "tally_rows",
    "task_rows",
    "trace_rows",
    "unjournalled_rows",
    "unlink",
    "withdraw_consent",
    "withdraw_notice",
    "work",
    "write_figure_page",
    "write_figure_sheet",
    "write_overview",
]


def __getattr__(name: str) -> object:
    """Load the module that holds a name."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(name)
