"""A case's own copy of a form: filled in with what the register knows, with the case's code on it."""

from __future__ import annotations

from pathlib import Path

from pipeline.domain import Case, FormCode
from pipeline.errors import InputError, UnreadableError, UsageError
from pipeline.flow._desk import Desk
from pipeline.letters import fill_blank, known_of

SUFFIX = "-skjema"


def beside(letter: Path) -> Path:
    """Where the form that goes with a letter lies: beside it, with the same name and what it is."""
    return letter.with_name(f"{letter.stem}{SUFFIX}{letter.suffix}")


def prefilled(desk: Desk, form: str, case: Case) -> bytes:
    """The Word file of a form for a case.

    Raises KeyError for a form nobody declared, FileNotFoundError without a blank, InputError or UnreadableError when it can't
    be filled in, ValueError for a case whose number no code can hold.
    """
    spec = desk.forms.of(form)
    blank = (desk.blanks / f"{spec.id}.docx").read_bytes()
    code = FormCode(form=spec.id, version=spec.version, case=case.id)
    return fill_blank(blank, known_of(case, spec.prefill), code)


def enclosed(desk: Desk, form: str, case: Case) -> bytes | None:
    """The form that goes with a letter; None when there is none to be had, and the letter then asks for it in words."""
    try:
        return prefilled(desk, form, case) if desk.forms.of(form).prefill else None
    except (KeyError, OSError, InputError, UnreadableError, ValueError) as fault:
        desk.log.warning("form-not-enclosed", form=form, why=type(fault).__name__)
        return None


def fill_form(desk: Desk, form: str, wanted: str) -> bytes:
    """The Word file of a form for a case a person names. Raises UsageError for what isn't known, InputError otherwise."""
    with desk.store.reading() as register:
        case = register.case(wanted)
        if case is not None:
            desk.refuse_kept_out(register, case)
    if case is None:
        raise UsageError(f"Fant ikke sak {wanted}. Se listen med: skjemaflyt cases")
    try:
        return prefilled(desk, form, case)
    except KeyError:
        raise UsageError(f"Kjenner ikke skjemaet «{form}». Se skjemaene med: skjemaflyt forms") from None
    except FileNotFoundError:
        raise UsageError(f"Det finnes ikke noe blankt skjema «{form}.docx» i {desk.blanks}.") from None
    except ValueError:
        raise InputError("Saksnummeret kan ikke stå i en skjemakode.", code="form-code") from None
