"""What the project's own code on a form says: which form, which version, whose case."""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = "separator"
"""What stands for a form's id on a sheet that only parts a stack."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FormCode:
    """The code of a form the project printed. ``case`` is a case's id on a pre-filled form, else ``""``.

    It names no person. ``form`` is ``separator`` on a sheet between forms.
    """

    form: str
    version: str
    case: str = ""

    @property
    def parts(self) -> bool:
        """Whether it stands on a separator sheet."""
        return self.form == SEPARATOR
