"""The municipalities: each its own words, roles, ways and deadlines, declared in config/municipalities/, and the law they share."""

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
]
