"""Each rule's letter exists and can be given what it needs (B.1, C.5): a mistake stops the program at the start."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.domain import Case, Matter, MatterKind, Phase
from pipeline.errors import DeclarationError
from pipeline.municipalities import DateSource, load_municipalities
from pipeline.reminders._sources import GIVES, SOURCES, View
from pipeline.wiring._declared import check_reminders
from tests.unit.casework.material import ALL, ROOT, named, opened, situation, with_team

ON = date(2026, 12, 15)


def test_c_5_the_shipped_rules_and_letters_agree() -> None:
    """C.5: nothing is amiss with what is shipped."""
    check_reminders(ROOT, ALL)


def home(folder: Path, rule: str, letter: str = "") -> Path:
    """A home whose rules are changed, one letter left out."""
    for part in ("config", "templates/letters"):
        shutil.copytree(ROOT / part, folder / part)
    for name in ("forms", "inbox", "outbox"):
        (folder / "templates" / name if name == "forms" else folder / name).mkdir(exist_ok=True)
    before, after = rule.split(" -> ") if rule else ("", "")
    rules = folder / "config" / "reminders.toml"
    text = rules.read_text(encoding="utf-8")
    assert before in text
    rules.write_text(text.replace(before, after, 1) if rule else text, encoding="utf-8")
    if letter:
        (folder / "templates" / "letters" / f"{letter}.toml").unlink()
    return folder


@pytest.mark.parametrize(
    ("rule", "letter", "said"),
    [
        ('"interim-reply"\nwhy -> "interim-replies"\nwhy', "", "rules.B.1.steps.1.letter: brevet «interim-replies» er ikke erklært"),
        ("", "deputy-missing", "rules.R-43.steps.1.letter: brevet «deputy-missing» er ikke erklært"),
        ('facts     = ["birthday", "measure"] -> facts     = ["birthday", "measur"]', "", "kilden birthday kan ikke gi «measur»"),
        ('"consent-gap"\nwhy -> "deputy-missing"\nwhy', "", "må ha «measure», som regelen ikke gir"),
        ('"deputy-missing"\nwhy -> "consent-renewal"\nwhy', "", "må ha en av information, new_members, turned_age"),
        ('facts     = ["birthday", "measure"] -> facts     = ["birthday", "measure", "age"]', "", "kjenner ikke «age»"),
    ],
)  # fmt: skip
def test_b_1_a_rule_that_asks_for_what_no_letter_is_stops_the_start(
    tmp_path: Path, rule: str, letter: str, said: str
) -> None:
    """B.1, C.5: named with file, rule and step; exit code 3."""
    made = home(tmp_path, rule, letter)
    known = load_municipalities(made / "config/municipalities", made / "config/law.toml")
    (made / "config" / "settings.toml").touch()
    with pytest.raises(DeclarationError) as stopped:
        check_reminders(made, known)
    assert stopped.value.exit_code == 3
    assert any(said in mistake for mistake in stopped.value.mistakes), stopped.value.mistakes
    assert all(mistake.startswith("reminders.toml: ") for mistake in stopped.value.mistakes)


def busy(source: DateSource) -> Case:
    """A case in which a source finds something."""
    kinds = (MatterKind.MEETING, MatterKind.CONSENT_RENEWAL)
    matters = tuple(
        Matter(id=f"x{n}", kind=kind, on=ON, due=ON, scope=("age:16",))
        for n, kind in enumerate(kinds, start=1)
    )
    if source is DateSource.RECEIVED:
        return replace(opened(), phase=Phase.ASSESSMENT)
    if source is DateSource.REPLY_DUE:
        return named(opened("sondre_land"), situation("sondre_land"), name="").case
    return replace(with_team(established_on=date(2025, 1, 1)), matters=matters)


@pytest.mark.parametrize("source", sorted(GIVES))
def test_c_5_a_source_gives_no_fact_that_isn_t_declared(source: DateSource) -> None:
    """C.5: what is said of each source is what it gives."""
    rule = next(rule for rule in ALL.reminders if rule.source is source)
    case = busy(source)
    view = View(case=case, profile=ALL[case.municipality], law=ALL.law, rule=rule, on=ON)
    found = list(SOURCES[source](view))
    assert found
    for occasion in found:
        given = set(occasion.facts) | ({"due"} if occasion.due_fact else set())
        assert given == GIVES[source]
