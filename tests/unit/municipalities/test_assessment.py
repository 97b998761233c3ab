"""The declaration of what a checklist says: it fits the form, and every mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.domain import Measure
from pipeline.errors import DeclarationError
from pipeline.forms import load_forms
from pipeline.municipalities import load_assessment

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "config" / "assessment.toml"


def test_f_003_4_every_row_stands_on_the_checklist() -> None:
    """F-003-4: a row that the form doesn't print could never be ticked."""
    form = load_forms(ROOT / "config" / "forms").of("needs-checklist")
    printed = {text for place in form.field("items").places for text in place.texts}
    plan = {field.id for field in form.fields if field.id.startswith("plan.")}
    rules = load_assessment(FILE)
    rows = {row for group in rules.groups.values() for row in group}
    assert rows <= printed | plan
    assert {row for row in rows if row in plan} == set(rules.labels)


def test_a4_2_there_are_rules_for_each_measure_the_checklist_asks_about() -> None:
    """A4.2: samordning, koordinator, barnekoordinator and individuell plan, each condition with its source."""
    rules = load_assessment(FILE)
    assert [measure.key for measure in rules.measures] == [
        "coordination",
        Measure.COORDINATOR,
        Measure.CHILD_COORDINATOR,
        Measure.INDIVIDUAL_PLAN,
    ]
    assert all(condition.source for measure in rules.measures for condition in measure.conditions)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('groups = ["serious"]', 'groups = ["serius"]', "ukjent gruppe: serius"),
        ('key = "coordinator"', 'key = "koordinator"', "skal være en av"),
        ('key = "coordinator"', 'key = "coordination"', "står to ganger"),
        ('fact = "child"', 'fact = "under18"', "measures"),
        ("at_least = 2", 'at_least = "to"', "measures"),
        ('groups = ["serious"], ', "", "ingenting svarer på"),
        ("[labels]", "[label]", "label: ukjent nøkkel"),
        ("serious        = [", 'serious        = "x"\nsnill = [', "groups.serious"),
        ('source = "F-003-4"', 'source = ""', "uten tekst eller kilde"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "assessment.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        load_assessment(file)
    assert any(said in mistake and "assessment.toml" in mistake for mistake in caught.value.mistakes)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="finnes ikke"):
        load_assessment(tmp_path / "assessment.toml")
