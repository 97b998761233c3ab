"""The forms: what each asks and where it stands on the print, declared in config/forms/."""

from pipeline.forms._load import load_forms
from pipeline.forms._spec import (
    CueSpec,
    FieldSpec,
    Forms,
    FormSpec,
    Kind,
    Place,
    PlaceKind,
    SectionSpec,
)

__all__ = [
    "CueSpec",
    "FieldSpec",
    "FormSpec",
    "Forms",
    "Kind",
    "Place",
    "PlaceKind",
    "SectionSpec",
    "load_forms",
]
