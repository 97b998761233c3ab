"""What a clerk sees of keys, states and kinds is Norwegian (commands.md: what a clerk or a citizen sees is Norwegian)."""

from __future__ import annotations

import ast
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest

from pipeline.casework import CameBack
from pipeline.casework._complaining import OUTCOMES
from pipeline.casework._words import LETTER_RULES
from pipeline.cli._values import VALUES
from pipeline.cli._words import KEYS, key
from pipeline.domain import (
    AnnualReport,
    Appointment,
    Consent,
    Contact,
    ContactRole,
    DocumentStatus,
    EventKind,
    LetterStatus,
    MatterKind,
    Measure,
    Member,
    PartyRole,
    Person,
    Phase,
    Plan,
    ReadingStatus,
    ReminderStatus,
    SubmissionStatus,
    Task,
    Team,
)
from pipeline.municipalities import Cadence

ROOT = Path(__file__).resolve().parents[2]
SHOWN: tuple[type[StrEnum], ...] = (
    CameBack, Cadence, ContactRole, DocumentStatus, EventKind, LetterStatus, MatterKind, Measure, PartyRole, Phase, ReadingStatus,
    ReminderStatus, SubmissionStatus,
)  # fmt: skip
"""Every enum whose members a table shows."""
HIDDEN = frozenset(
    """Advice Appointer AppointmentModel Audience Cover DateSource EntryKind Every FactType FieldKind FieldStatus InkKind Kind LetterAction MarkSource
    MarkState MatchKind PlaceKind Reader Stop""".split()  # noqa: SIM905
)
"""Enums that no table shows: of reading, matching, declarations, and what a clerk types."""
ROWS = (AnnualReport, Appointment, Consent, Contact, Member, Person, Plan, Task, Team)


@pytest.mark.parametrize("kind", SHOWN)
def test_c_4_every_state_and_kind_has_a_norwegian_word(kind: type[StrEnum]) -> None:
    """C.4: states, phases, matters, events, letters and outcomes as a clerk would say them."""
    assert [one.value for one in kind if one.value not in VALUES] == []


def test_c_4_every_enum_is_shown_in_norwegian_or_not_at_all() -> None:
    """A new enum must be put in one of the two lists."""
    found = {
        node.name
        for file in (ROOT / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(b, ast.Name) and b.id == "StrEnum" for b in node.bases)
    }
    assert found == {kind.__name__ for kind in SHOWN} | HIDDEN


def test_c_2_every_kind_of_letter_and_form_has_a_norwegian_word() -> None:
    """C.2: the letters that can be ordered, those with a template, and the forms."""
    templates = {file.stem for file in (ROOT / "templates/letters").glob("[a-z]*.toml")}
    forms = {file.stem for file in (ROOT / "config/forms").glob("*.toml")}
    assert (set(LETTER_RULES) | templates | forms) - set(VALUES) == set()


def branches(value: ast.expr) -> list[ast.expr]:
    """A value, or both sides of a choice."""
    return [*branches(value.body), *branches(value.orelse)] if isinstance(value, ast.IfExp) else [value]


def test_b_2_every_outcome_of_a_matter_has_a_norwegian_word() -> None:
    """B.2, R-45: how a complaint, a notice, a meeting or a deviation ended."""
    found = set(OUTCOMES)
    for file in (ROOT / "pipeline/casework").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            values = [node.value] if isinstance(node, ast.keyword) and node.arg == "outcome" else []
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "outcome" for t in node.targets
            ):
                values = [node.value]
            for value in (part for one in values for part in branches(one)):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found.add(value.value)
                elif isinstance(value, ast.Name) and isinstance(named.get(value.id), str):
                    found.add(str(named[value.id]))
    assert len(found) > 20
    assert found - {"", *VALUES} == set()


@pytest.mark.parametrize("kind", ROWS)
def test_a_case_is_shown_with_norwegian_keys(kind: type) -> None:
    """commands.md: in a table the parts of a case are named in Norwegian; ids and a hidden number aside."""
    names = {field.name for field in fields(kind)} - {"id", "national_id"}
    assert {name for name in names if key(name) == name and name not in KEYS} == set()
