"""What speaks for and against each measure: the checklist's ticks and what the case knows (F-003-4, A4.2). A person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.casework._delivery import tell_family
from pipeline.casework._holding import asked_for
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Situation
from pipeline.casework._parties import age_on
from pipeline.casework._words import folded
from pipeline.domain import Case, Matter, MatterKind, Measure, Submission
from pipeline.municipalities import AssessmentRules, Condition, MeasureAssessment

CHECKLIST = "needs-checklist"
"""The form whose ticks are kept."""
_KEPT = "checklist"
"""The outcome of the matter that keeps what a checklist ticked; it is closed at once."""
_PLAN = ("entitled", "wanted", "consented")
_COLUMNS = ("coordination", "child_coordinator", "coordinator")


class Advice(StrEnum):
    """What the grounds come to: ``yes`` when every deciding condition is spoken for, ``no`` when one is spoken against."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """One condition as it stands: its text, its source (``A4.2``), and the ticks or facts that speak."""

    text: str
    rule: str
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """What speaks for and against one measure. ``measure`` is a measure's id or ``coordination``; ``unknown``: nobody has said."""

    measure: str
    title: str
    advice: Advice
    speaks_for: tuple[Ground, ...] = ()
    speaks_against: tuple[Ground, ...] = ()
    unknown: tuple[Ground, ...] = ()


def keep_checklist(ledger: Ledger, submission: Submission, document: str) -> None:
    """Keep what a checklist ticked with the case, as ``column:yes:row``; a newer one counts instead of an older (F-003-4)."""
    ticks = [
        f"{column}:{_yes_no(row.get(column))}:{row['item']}"
        for row in submission.rows("items")
        for column in _COLUMNS
        if row.get("item") and isinstance(row.get(column), bool)
    ]
    plan = {name: submission.value(f"plan.{name}") for name in _PLAN}
    ticks += [
        f"{Measure.INDIVIDUAL_PLAN.value}:{_yes_no(said)}:plan.{name}"
        for name, said in plan.items()
        if isinstance(said, bool)
    ]
    if not ticks:
        return
    _tell_of_rights(ledger, ticks, document)
    arrived = ledger.situation.arrived
    ledger.open_matter(
        MatterKind.ASSESSMENT,
        arrived,
        done_on=arrived,
        outcome=_KEPT,
        about=document,
        scope=tuple(dict.fromkeys(ticks)),
    )


def _tell_of_rights(ledger: Ledger, ticks: list[str], document: str) -> None:
    """A checklist that says yes: the family is told of its rights, once, where the profile asks for it (L-003-5)."""
    kept = (m for m in ledger.case.matters_of(MatterKind.ASSESSMENT) if m.outcome == _KEPT)
    before = any(":yes:" in tick for matter in kept for tick in matter.scope)
    said = {tick.partition(":")[0] for tick in ticks if ":yes:" in tick}
    if not said or before or not ledger.situation.profile.messages.rights_told:
        return
    child = Measure.CHILD_COORDINATOR
    measure = child if child.value in said else Measure.COORDINATOR
    tell_family(ledger, "rights-information", document, {"measure": measure.value}, measure)


def suggest(case: Case, situation: Situation, rules: AssessmentRules) -> tuple[Suggestion, ...]:
    """What the newest checklist and the case's own facts speak for and against, measure by measure (A4.2)."""
    ticks = _ticks(case)
    return tuple(_suggestion(case, situation, rules, measure, ticks) for measure in rules.measures)


def _yes_no(said: object) -> str:
    return "yes" if said else "no"


def _ticks(case: Case) -> dict[str, dict[str, bool]]:
    """The newest checklist's answers by row, then by column."""
    kept = [m for m in case.matters_of(MatterKind.ASSESSMENT) if m.outcome == _KEPT]
    found: dict[str, dict[str, bool]] = {}
    for tick in _newest(kept):
        column, said, row = tick.split(":", maxsplit=2)
        found.setdefault(folded(row), {})[column] = said == "yes"
    return found


def _newest(kept: list[Matter]) -> tuple[str, ...]:
    return kept[-1].scope if kept else ()


def _said(answers: Mapping[str, bool], column: str) -> bool | None:
    """What a row says of a measure: its own column's answer, else the others' when they agree."""
    if column in answers:
        return answers[column]
    others = set(answers.values())
    return others.pop() if len(others) == 1 else None


def _suggestion(
    case: Case,
    situation: Situation,
    rules: AssessmentRules,
    measure: MeasureAssessment,
    ticks: Mapping[str, Mapping[str, bool]],
) -> Suggestion:
    grounds: dict[str, list[Ground]] = {"for": [], "against": [], "unknown": []}
    deciding: list[set[str]] = []
    for condition in measure.conditions:
        yes, no = _answers(rules, condition, measure.key, ticks)
        known, words = _known(case, situation, condition, measure.key)
        if known is not None:
            (yes if known else no).append(words)
        sides = {side for side, told in (("for", yes), ("against", no)) if told} or {"unknown"}
        for side in sides:
            told = {"for": yes, "against": no, "unknown": []}[side]
            grounds[side].append(Ground(text=condition.text, rule=condition.source, ticks=tuple(told)))
        if condition.decides:
            deciding.append(sides)
    return Suggestion(
        measure=measure.key,
        title=measure.title,
        advice=_advice(deciding),
        speaks_for=tuple(grounds["for"]),
        speaks_against=tuple(grounds["against"]),
        unknown=tuple(grounds["unknown"]),
    )


def _advice(deciding: Iterable[set[str]]) -> Advice:
    """A condition that is answered both ways is nobody's to guess."""
    sides = list(deciding)
    if any(side == {"against"} for side in sides):
        return Advice.NO
    return Advice.YES if all(side == {"for"} for side in sides) else Advice.UNCLEAR


def _answers(
    rules: AssessmentRules,
    condition: Condition,
    column: str,
    ticks: Mapping[str, Mapping[str, bool]],
) -> tuple[list[str], list[str]]:
    """The rows that speak for, and those against: a group speaks against when each of its rows is a no."""
    yes: list[str] = []
    no: list[str] = []
    for group in condition.groups:
        rows = rules.groups[group]
        said = {row: _said(ticks.get(folded(row), {}), column) for row in rows}
        yes += [f"{rules.labels.get(row, row)}: ja" for row, one in said.items() if one is True]
        if all(one is False for one in said.values()):
            no += [f"{rules.labels.get(row, row)}: nei" for row in rows]
    return yes, no


def _known(case: Case, situation: Situation, condition: Condition, measure: str) -> tuple[bool | None, str]:
    """What the case itself knows of a condition (None: nothing), and in which words."""
    if condition.fact == "child":
        return _child(case, situation)
    if condition.fact == "several_services":
        number = len({folded(service) for service in case.services})
        return (True if number >= condition.at_least else None), f"{number} tjenester står i saken"
    if condition.fact == "wish":
        if asked_for(case, situation):
            return True, "Ønske eller samtykke er registrert"
        needed = situation.profile.appointment.user_wish_required
        if measure == Measure.COORDINATOR and not needed:
            return True, "Kommunen kan oppnevne uten samtykke"
        return None, ""
    if condition.fact == "no_plan":
        exists = case.plan.exists if case.plan is not None else None
        said = {True: "Det er meldt at planen finnes", False: "Det er meldt at det ikke er noen plan"}
        return (None, "") if exists is None else (not exists, said[exists])
    return None, ""


def _child(case: Case, situation: Situation) -> tuple[bool | None, str]:
    person, limit = case.person, situation.profile.appointment.child_coordinator_end_age
    if person.birth_date is not None:
        age = age_on(person.birth_date, situation.today)
        return age < limit, f"{age} år" if age > 0 else "Under ett år"
    return (True, "Ikke født, termin er meldt") if person.due_date is not None else (None, "")
