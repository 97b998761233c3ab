"""The forms: what each asks and where it stands on the print, declared in config/forms/."""

from pipeline.forms._load import RULES, load_forms
from pipeline.forms._spec import (
    CueSpec,
    FieldSpec,
    Forms,
    FormSpec,
    Kind,
    Place,
    PlaceKind,
    RuleSpec,
    SectionSpec,
)

__all__ = [
    "RULES",
    "CueSpec",
    "FieldSpec",
    "FormSpec",
    "Forms",
    "Kind",
    "Place",
    "PlaceKind",
    "RuleSpec",
    "SectionSpec",
    "load_forms",
]
