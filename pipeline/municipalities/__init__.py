"""The municipalities: each its own words, roles, ways and deadlines, declared in config/municipalities/, and the law they share."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        easter,
    )
    from pipeline.municipalities._loader import (
        Municipalities,
        load_municipalities,
    )
    from pipeline.municipalities._names import printed_names
    from pipeline.municipalities._profile import (
        AnnualRules,
        AppointmentModel,
        AppointmentRules,
        ConsentRules,
        LetterRules,
        MessageRules,
        MonthDay,
        Office,
        Profile,
        Terms,
    )

_HOMES = {
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
        "easter",
    ),
    "pipeline.municipalities._loader": (
        "Municipalities",
        "load_municipalities",
    ),
    "pipeline.municipalities._names": ("printed_names",),
    "pipeline.municipalities._profile": (
        "AnnualRules",
        "AppointmentModel",
        "AppointmentRules",
        "ConsentRules",
        "LetterRules",
        "MessageRules",
        "MonthDay",
        "Office",
        "Profile",
        "Terms",
    ),
}
"""Which module holds which name. They are loaded when first asked for, so that ``extract`` starts quickly."""

__all__ = [
    "DEFAULT",
    "Act",
    "AgeLimit",
    "AnnualRules",
    "AppointmentModel",
    "AppointmentRules",
    "Citation",
    "ComplaintTrack",
    "ConsentRules",
    "Law",
    "LegalBasis",
    "LetterRules",
    "MessageRules",
    "MonthDay",
    "Municipalities",
    "Office",
    "Profile",
    "RestDays",
    "Terms",
    "describe",
    "easter",
    "load_municipalities",
    "printed_names",
]


def __getattr__(name: str) -> object:
    """Load the module that holds a name."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(name)
