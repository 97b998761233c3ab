"""The nouns everybody speaks: frozen, keyword-only, standard library only."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.domain._arrival import (
        Arrival,
        DocumentRecord,
        DocumentStatus,
    )
    from pipeline.domain._document import (
        Block,
        Box,
        Cell,
        Document,
        Doubt,
        Entry,
        EntryKind,
        Gap,
        Ink,
        InkKind,
        Line,
        Mark,
        MarkSource,
        MarkState,
        Page,
        Piece,
        Reader,
        Table,
        Word,
        lines_of,
        union,
    )
    from pipeline.domain._event import (
        Event,
        EventKind,
    )
    from pipeline.domain._findings import (
        Finding,
        Findings,
        Recognition,
    )
    from pipeline.domain._form_code import (
        FormCode,
    )
    from pipeline.domain._letter import (
        Fact,
        Letter,
        LetterOrder,
        LetterStatus,
        Party,
        PartyRole,
    )
    from pipeline.domain._matters import Matter, MatterKind
    from pipeline.domain._naming import (
        address_key,
        name_ends,
        name_key,
        name_words,
        plain_words,
    )
    from pipeline.domain._overview import (
        CaseSummary,
        ReminderRecord,
        ReminderStatus,
        Step,
    )
    from pipeline.domain._places import FieldRoom, SigningPlace, ValuePlace
    from pipeline.domain._register import (
        AnnualReport,
        Appointment,
        Case,
        Consent,
        Contact,
        ContactRole,
        Measure,
        Member,
        Person,
        Phase,
        Plan,
        Task,
        Team,
    )
    from pipeline.domain._review import (
        Candidate,
        ReviewItem,
        SubmissionRecord,
        SubmissionStatus,
    )
    from pipeline.domain._staff import (
        Employee,
        RoleHolding,
        Staff,
    )
    from pipeline.domain._submission import (
        FieldReading,
        FieldStatus,
        Problem,
        ReadingStatus,
        Row,
        Submission,
        Value,
    )

_HOMES = {
    "pipeline.domain._arrival": (
        "Arrival",
        "DocumentRecord",
        "DocumentStatus",
    ),
    "pipeline.domain._document": (
        "Block",
        "Box",
        "Cell",
        "Document",
        "Doubt",
        "Entry",
        "EntryKind",
        "Gap",
        "Ink",
        "InkKind",
        "Line",
        "Mark",
        "MarkSource",
        "MarkState",
        "Page",
        "Piece",
        "Reader",
        "Table",
        "Word",
        "lines_of",
        "union",
    ),
    "pipeline.domain._event": (
        "Event",
        "EventKind",
    ),
    "pipeline.domain._findings": (
        "Finding",
        "Findings",
        "Recognition",
    ),
    "pipeline.domain._form_code": ("FormCode",),
    "pipeline.domain._letter": (
        "Fact",
        "Letter",
        "LetterOrder",
        "LetterStatus",
        "Party",
        "PartyRole",
    ),
    "pipeline.domain._matters": ("Matter", "MatterKind"),
    "pipeline.domain._naming": (
        "address_key",
        "name_ends",
        "name_key",
        "name_words",
        "plain_words",
    ),
    "pipeline.domain._overview": (
        "CaseSummary",
        "ReminderRecord",
        "ReminderStatus",
        "Step",
    ),
    "pipeline.domain._places": ("FieldRoom", "SigningPlace", "ValuePlace"),
    "pipeline.domain._register": (
        "AnnualReport",
        "Appointment",
        "Case",
        "Consent",
        "Contact",
        "ContactRole",
        "Measure",
        "Member",
        "Person",
        "Phase",
        "Plan",
        "Task",
        "Team",
    ),
    "pipeline.domain._review": (
        "Candidate",
        "ReviewItem",
        "SubmissionRecord",
        "SubmissionStatus",
    ),
    "pipeline.domain._staff": (
        "Employee",
        "RoleHolding",
        "Staff",
    ),
    "pipeline.domain._submission": (
        "FieldReading",
        "FieldStatus",
        "Problem",
        "ReadingStatus",
        "Row",
        "Submission",
        "Value",
        "ValuePlace",
    ),
}
"""Which module holds which name. They are loaded when first asked for, so that ``extract`` starts quickly."""

__all__ = [
    "AnnualReport",
    "Appointment",
    "Arrival",
    "Block",
    "Box",
    "Candidate",
    "Case",
    "CaseSummary",
    "Cell",
    "Consent",
    "Contact",
    "ContactRole",
    "Document",
    "DocumentRecord",
    "DocumentStatus",
    "Doubt",
    "Employee",
    "Entry",
    "EntryKind",
    "Event",
    "EventKind",
    "Fact",
    "FieldReading",
    "FieldRoom",
    "FieldStatus",
    "Finding",
    "Findings",
    "FormCode",
    "Gap",
    "Ink",
    "InkKind",
    "Letter",
    "LetterOrder",
    "LetterStatus",
    "Line",
    "Mark",
    "MarkSource",
    "MarkState",
    "Matter",
    "MatterKind",
    "Measure",
    "Member",
    "Page",
    "Party",
    "PartyRole",
    "Person",
    "Phase",
    "Piece",
    "Plan",
    "Problem",
    "Reader",
    "ReadingStatus",
    "Recognition",
    "ReminderRecord",
    "ReminderStatus",
    "ReviewItem",
    "RoleHolding",
    "Row",
    "SigningPlace",
    "Staff",
    "Step",
    "Submission",
    "SubmissionRecord",
    "SubmissionStatus",
    "Table",
    "Task",
    "Team",
    "Value",
    "ValuePlace",
    "Word",
    "address_key",
    "lines_of",
    "name_ends",
    "name_key",
    "name_words",
    "plain_words",
    "union",
]


def __getattr__(name: str) -> object:
    """Load the module that holds a name."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(name)
