"""Whether every letter that a rule asks for exists, and can be given what it needs (``config/reminders.toml`` against the letters)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.municipalities import ReminderRule, ReminderStep
from pipeline.reminders._sources import GIVES


@dataclass(frozen=True, kw_only=True, slots=True)
class Needs:
    """What a letter declares: every fact it knows, those it can't be without, and the groups of which it needs one each."""

    facts: frozenset[str]
    required: frozenset[str]
    one_of: tuple[frozenset[str], ...] = ()


def amiss(rules: Iterable[ReminderRule], letters: Mapping[str, Needs]) -> Sequence[str]:
    """One Norwegian sentence for each step whose letter is not declared, or needs or gets a fact that rule and letter don't share."""
    found: list[str] = []
    for rule in rules:
        for number, step in enumerate(rule.steps, start=1):
            if step.letter:
                place = f"rules.{rule.id}.steps.{number}"
                found += [f"{place}.{wrong}" for wrong in _wrong(rule, step, letters.get(step.letter))]
    return found


def _wrong(rule: ReminderRule, step: ReminderStep, letter: Needs | None) -> list[str]:
    if letter is None:
        return [f"letter: brevet «{step.letter}» er ikke erklært i templates/letters"]
    gives = GIVES.get(rule.source, frozenset())
    given = frozenset(step.facts) & gives if step.facts else gives
    wrong = [f"facts: kilden {rule.source} kan ikke gi «{one}»" for one in step.facts if one not in gives]
    wrong += [
        f"facts: brevet {step.letter} kjenner ikke «{one}»" for one in step.facts if one not in letter.facts
    ]
    wrong += [
        f"letter: brevet {step.letter} må ha «{one}», som regelen ikke gir"
        for one in sorted(letter.required - given)
    ]
    wrong += [
        f"letter: brevet {step.letter} må ha en av {', '.join(sorted(group))}, som regelen ikke gir"
        for group in letter.one_of
        if not group & given
    ]
    return wrong
