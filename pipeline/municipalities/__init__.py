"""The municipalities: each its own words, roles, ways and deadlines, declared in config/municipalities/, and the law they share."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.municipalities._ages import AgeRules, MonthDay, PhaseRules
    from pipeline.municipalities._assessment import (
        AssessmentRules,
        Condition,
        MeasureAssessment,
        load_assessment,
    )
    from pipeline.municipalities._cooperation import (
        AbsenceRules,
        EvaluationRules,
        MeetingRules,
        PlanRules,
        RelayRules,
        TeamRules,
    )
    from pipeline.municipalities._description import (
        DEFAULT,
        describe,
    )
    from pipeline.municipalities._law import (
        Act,
        AgeLimit,
        Citation,
        ComplaintTrack,
        Law,
        LegalBasis,
        RestDays,
    )
    from pipeline.municipalities._loader import (
        Municipalities,
        load_municipalities,
    )
    from pipeline.municipalities._names import printed_names
    from pipeline.municipalities._nynorsk import NynorskTerms
    from pipeline.municipalities._profile import (
        AgeSplit,
        AnnualRules,
        AppointmentModel,
        AppointmentRules,
        ArchiveRules,
        ClosingRules,
        ConsentRules,
        LetterRules,
        MessageRules,
        Office,
        Profile,
        StatisticsRules,
        Terms,
    )
    from pipeline.municipalities._reminder_rules import (
        Audience,
        Cadence,
        DateSource,
        Every,
        ReminderRule,
        ReminderStep,
        Stop,
    )

_HOMES = {
    "pipeline.municipalities._ages": ("AgeRules", "MonthDay", "PhaseRules"),
    "pipeline.municipalities._assessment": (
        "AssessmentRules",
        "Condition",
        "MeasureAssessment",
        "load_assessment",
    ),
    "pipeline.municipalities._cooperation": (
        "AbsenceRules",
        "EvaluationRules",
        "MeetingRules",
        "PlanRules",
        "RelayRules",
        "TeamRules",
    ),
    "pipeline.municipalities._description": (
        "DEFAULT",
        "describe",
    ),
    "pipeline.municipalities._law": (
        "Act",
        "AgeLimit",
        "Citation",
        "ComplaintTrack",
        "Law",
        "LegalBasis",
        "RestDays",
    ),
    "pipeline.municipalities._loader": (
        "Municipalities",
        "load_municipalities",
    ),
    "pipeline.municipalities._names": ("printed_names",),
    "pipeline.municipalities._nynorsk": ("NynorskTerms",),
    "pipeline.municipalities._profile": (
        "AgeSplit",
        "AnnualRules",
        "AppointmentModel",
        "AppointmentRules",
        "ArchiveRules",
        "ClosingRules",
        "ConsentRules",
        "LetterRules",
        "MessageRules",
        "Office",
        "Profile",
        "StatisticsRules",
        "Terms",
    ),
    "pipeline.municipalities._reminder_rules": (
        "Audience",
        "Cadence",
        "DateSource",
        "Every",
        "ReminderRule",
        "ReminderStep",
        "Stop",
    ),
}
"""Which module holds which name. They are loaded when first asked for, so that ``extract`` starts quickly."""

__all__ = [
    "DEFAULT",
    "AbsenceRules",
    "Act",
    "AgeLimit",
    "AgeRules",
    "AgeSplit",
    "AnnualRules",
    "AppointmentModel",
    "AppointmentRules",
    "ArchiveRules",
    "AssessmentRules",
    "Audience",
    "Cadence",
    "Citation",
    "ClosingRules",
    "ComplaintTrack",
    "Condition",
    "ConsentRules",
    "DateSource",
    "EvaluationRules",
    "Every",
    "Law",
    "LegalBasis",
    "LetterRules",
    "MeasureAssessment",
    "MeetingRules",
    "MessageRules",
    "MonthDay",
    "Municipalities",
    "NynorskTerms",
    "Office",
    "PhaseRules",
    "PlanRules",
    "Profile",
    "RelayRules",
    "ReminderRule",
    "ReminderStep",
    "RestDays",
    "StatisticsRules",
    "Stop",
    "TeamRules",
    "Terms",
    "describe",
    "load_assessment",
    "load_municipalities",
    "printed_names",
]


def __getattr__(name: str) -> object:
    """Load the module that holds a name."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(name)
