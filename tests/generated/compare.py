"""Holds the JSON lines of an extraction against what was filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.generated.faults import Fault
from tests.generated.written import Filled

Verdict = Literal["right", "wrong-accepted", "wrong-in-review", "in-review-though-right", "missing"]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One field: what was expected, what came, and how it stands."""

    key: str
    verdict: Verdict
    expected: Any
    got: Any


@dataclass(kw_only=True)
class Outcome:
    """One filled form against what was read of it."""

    filled: Filled
    fields: list[Judged] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What is wrong beside the fields: an unknown form, extra lines, a problem not named."""

    @property
    def counts(self) -> Counter[Verdict]:
        return Counter(judged.verdict for judged in self.fields)

    @property
    def filled_fields(self) -> list[Judged]:
        """Fields with something written or a box to tick."""
        return [judged for judged in self.fields if judged.expected not in (None, [])]

    @property
    def wrong_accepted(self) -> list[Judged]:
        return [judged for judged in self.fields if judged.verdict == "wrong-accepted"]


def same(key: str, expected: Any, got: Any) -> bool:
    """Equal, except that a telephone and an e-mail in one contact may come in either order."""
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(same_row(a, b) for a, b in zip(expected, got, strict=True))
    if key.endswith("contact") and isinstance(expected, str) and isinstance(got, str):
        return sorted(expected.split("; ")) == sorted(got.split("; "))
    return bool(expected == got)


def same_row(expected: dict[str, Any], got: Any) -> bool:
    return (
        isinstance(got, dict)
        and expected.keys() == got.keys()
        and all(same(key, expected[key], got[key]) for key in expected)
    )


def judge(key: str, expected: Any, read: dict[str, Any] | None) -> Judged:
    if read is None:
        return Judged(key=key, verdict="missing", expected=expected, got=None)
    right = same(key, expected, read.get("value"))
    if read.get("status") == "review":
        verdict: Verdict = "in-review-though-right" if right else "wrong-in-review"
    else:
        verdict = "right" if right else "wrong-accepted"
    return Judged(key=key, verdict=verdict, expected=expected, got=read.get("value"))


def compare(filled: Filled, lines: Sequence[dict[str, Any]]) -> Outcome:
    """Compares one file that holds one form with the lines an extraction gave for it."""
    outcome = Outcome(filled=filled)
    of_form = [line for line in lines if line.get("form") == filled.form]
    if len(of_form) != 1 or len(lines) != 1:
        outcome.faults.append(f"forms read: {[line.get('form') for line in lines]}")
    read = of_form[0] if of_form else {}
    weigh(outcome, read)
    return outcome


def weigh(outcome: Outcome, read: dict[str, Any]) -> None:
    filled, fields = outcome.filled, read.get("fields", {})
    outcome.fields = [judge(key, expected, fields.get(key)) for key, expected in filled.truth.items()]
    outcome.faults += [f"no such field: {key}" for key in fields if key not in filled.truth]
    doubts = any(item.get("status") == "review" for item in fields.values())
    status = "review" if doubts else filled.status
    if read and read.get("status") != status:
        outcome.faults.append(f"status {read.get('status')}, expected {status}: {read.get('reasons')}")
    named = {key for problem in read.get("problems", []) for key in problem.get("fields", [])}
    doubtful = {key for key, item in fields.items() if item.get("status") == "review"}
    if read:  # one of them in doubt: a person looks at it, and the program can't say that all are missing
        outcome.faults += [
            f"no problem names {' or '.join(wanted)}"
            for wanted in filled.problems
            if not named & set(wanted) and not doubtful & set(wanted)
        ]


@dataclass(frozen=True, kw_only=True)
class FaultOutcome:
    """An unusual file against what was read of it; `broken` empty means it was handled."""

    fault: Fault
    broken: list[str]


def compare_fault(fault: Fault, lines: Sequence[dict[str, Any]]) -> FaultOutcome:
    """Compares an unusual file with the lines an extraction gave for it."""
    broken: list[str] = []
    forms = [line.get("form") for line in lines]
    wanted = [filled.form for filled in fault.forms]
    if not wanted and any(forms):
        broken.append(f"an unknown form was taken for {forms}")
    if wanted and forms != wanted and not (fault.lenient and not any(forms)):
        broken.append(f"forms read {forms}, expected {wanted}")
    pairs = zip(fault.forms, lines, strict=False) if forms == wanted else []
    for filled, line in pairs:
        outcome = Outcome(filled=filled)
        weigh(outcome, line)
        broken += [
            f"{judged.key}: {judged.verdict}, expected {judged.expected!r}, got {judged.got!r}"
            for judged in outcome.fields
            if judged.key not in fault.review
            and (judged.verdict == "wrong-accepted" or (judged.verdict == "missing" and not fault.lenient))
        ]
        for key in fault.review:
            if line.get("fields", {}).get(key, {}).get("status") != "review":
                broken.append(f"{key}: an impossible value was not sent to review")
        named = {key for problem in line.get("problems", []) for key in problem.get("fields", [])}
        if fault.problems and not named & fault.problems:
            broken.append(f"no problem names any of {sorted(fault.problems)}")
    return FaultOutcome(fault=fault, broken=broken)
