"""What a clerk puts right of the person and those around, and tasks that are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline import casework
from pipeline.casework import UNSIGNED, Outcome
from pipeline.domain import Case, Contact, ContactRole, LetterStatus, Phase
from pipeline.errors import UsageError
from pipeline.flow._deciding import Say
from pipeline.flow._desk import Desk
from pipeline.flow._mishaps import for_all, simply
from pipeline.store import Register
from pipeline.values import (
    Parsed,
    parse_date,
    parse_email,
    parse_person,
    parse_phone,
    parse_place,
    parse_text,
)

Row = dict[str, object]


def rectify_person(
    desk: Desk, case_id: str, *, told: Mapping[str, str], protected: bool | None = None, say: Say
) -> Row:
    """Put right what the register says of a person, in all their cases. ``told``: the attributes of ``Person`` as written, ``""`` empties one.

    Letters nobody has signed are withdrawn and ordered anew, or only withdrawn when the address is protected from now on (B.11). Raises UsageError for what
    can't be read, RefusedError as ``casework.rectify``.
    """
    known = _read(desk, told)

    def decide(register: Register, case: Case) -> Outcome:
        changes: dict[str, Any] = {**known, **({} if protected is None else {"protected": protected})}
        person = replace(case.person, **changes)
        situation = desk.situation(register, case, case.municipality, cause="rectify")
        letters = list(register.letters(case=case.id))
        outcome = casework.rectify(case, situation, person=person, letters=letters)
        made_anew = [
            (letter, order)
            for letter in letters
            if letter.status in UNSIGNED
            and not person.protected
            and (order := casework.rewritten(letter, case.person, person)) is not None
        ]
        for letter, _ in made_anew:
            register.update_letter(replace(letter, status=LetterStatus.WITHDRAWN))
        return replace(outcome, letters=tuple(order for _, order in made_anew))

    return for_all(desk, case_id, decide, say, lambda case: case.phase is not Phase.MERGED)


def rectify_contact(desk: Desk, case_id: str, *, role: str, told: Mapping[str, str], say: Say) -> Row:
    """Add or put right somebody around the person. Raises as ``rectify_person``."""
    try:
        chosen = ContactRole(role)
    except ValueError:
        raise UsageError(f"Kjenner ikke rollen «{role}». Kjente roller: {', '.join(ContactRole)}.") from None
    known = _read(desk, told)
    if not known.get("name"):
        raise UsageError("Si hvem kontakten er, med navn.")
    contact = replace(Contact(id="", role=chosen, name=""), **known)
    return simply(
        desk,
        case_id,
        lambda case, situation: casework.rectify_contact(case, situation, contact=contact),
        cause="rectify",
        say=say,
    )


def _read(desk: Desk, told: Mapping[str, str]) -> dict[str, Any]:
    parsers: dict[str, Callable[[str], Parsed]] = {
        "name": parse_person,
        "birth_date": lambda raw: parse_date(raw, today=desk.today(), birth=True),
        "postal_place": lambda raw: parse_place(raw, desk.towns),
        "phone": parse_phone,
        "email": parse_email,
    }
    found: dict[str, Any] = {}
    for name, raw in told.items():
        parsed = parsers.get(name, parse_text)(raw)
        if parsed.doubt:
            raise UsageError(f"«{raw}»: {parsed.doubt}")
        value = parsed.value
        found[name] = date.fromisoformat(str(value)) if name == "birth_date" and value else (value or "")
    if ("address" in told) != ("postal_place" in told):
        raise UsageError("Gate og poststed hører sammen. Si begge: --address og --postal-place.")
    if found.get("birth_date") == "":
        raise UsageError("Fødselsdatoen kan rettes, men ikke fjernes.")
    if found.get("name") == "":
        raise UsageError("Navnet kan rettes, men ikke fjernes.")
    return found


def task_rows(desk: Desk) -> Iterator[Row]:
    """What people still must do, by case; without cases the one at the desk is kept out of."""
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        found = [(case, task) for case, task in register.open_tasks() if case not in hidden.cases]
    for case, task in found:
        yield {
            "case": case,
            "task": task.id,
            "code": task.code,
            "text": task.text,
            "rule": task.rule or None,
            "created_on": task.created_on.isoformat(),
        }


def finish_task(desk: Desk, case_id: str, *, task: str, say: Say) -> Row:
    """Say that a task is done. Raises RefusedError as ``casework.finish_task``."""
    return simply(
        desk,
        case_id,
        lambda case, situation: casework.finish_task(case, situation, task=task),
        cause="task",
        say=say,
    )
