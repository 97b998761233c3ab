"""What a form may lack or contradict though it was read surely: the checks that declarations name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pipeline.domain import FieldReading, FieldStatus, Findings, MarkState, Problem
from pipeline.forms import FormSpec, Kind

Readings = Mapping[str, FieldReading]
Check = Callable[[Readings, tuple[str, ...], FormSpec], list[Problem]]


def problems_of(spec: FormSpec, readings: Readings, findings: Findings, today: date) -> tuple[Problem, ...]:
    """Every problem of a form, the general ones first."""
    found = [*_required(spec, readings), *_both(spec, findings), *_typed_names(spec, readings)]
    found += _dates(spec, readings, today)
    for rule in spec.rules:
        found += RULES[rule.name](readings, rule.fields, spec)
    return tuple(found)


def _empty(reading: FieldReading) -> bool:
    """Surely nothing there; what is doubtful is no problem of the form's."""
    return reading.status is not FieldStatus.REVIEW and reading.value in (None, False, ())


def _required(spec: FormSpec, readings: Readings) -> list[Problem]:
    return [
        Problem(
            rule="required",
            fields=(one.id,),
            text="Underskrift mangler." if one.kind is Kind.SIGNATURE else f"{one.name} er ikke fylt ut.",
        )
        for one in spec.fields
        if one.required and _empty(readings[one.id])
    ]


def _both(spec: FormSpec, findings: Findings) -> list[Problem]:
    both = {MarkState.ON}
    found = []
    for one in spec.fields:
        finding = findings.fields[one.id]
        pairs = [(finding.yes, finding.no), *((f.yes, f.no) for row in finding.rows for f in row.values())]
        if any(set(pair) == both for pair in pairs):
            found.append(
                Problem(
                    rule="both-answers", fields=(one.id,), text=f"Både ja og nei er krysset av: {one.name}."
                )
            )
    return found


def _typed_names(spec: FormSpec, readings: Readings) -> list[Problem]:
    found = []
    for one in spec.fields:
        reading = readings[one.id]
        if one.kind is Kind.SIGNATURE:
            typed = reading.value is False and bool(reading.raw.strip("_. \n"))
        else:
            rows = reading.value if isinstance(reading.value, tuple) else ()
            typed = any(row.get("signed") is False and row.get("name") for row in rows)
        if typed:
            text = f"Et skrevet navn er ikke en underskrift: {one.name}."
            found.append(Problem(rule="typed-name", fields=(one.id,), text=text))
    return found


def _dates(spec: FormSpec, readings: Readings, today: date) -> list[Problem]:
    found = []
    for one in spec.fields:
        value = readings[one.id].value
        if one.kind is Kind.BIRTH_DATE and isinstance(value, str) and value > today.isoformat():
            found.append(
                Problem(rule="birth-date-future", fields=(one.id,), text="Fødselsdatoen ligger fram i tid.")
            )
    return found


def _exactly_one(readings: Readings, fields: tuple[str, ...], spec: FormSpec) -> list[Problem]:
    on = [name for name in fields if readings[name].value is True]
    sure = [name for name in on if readings[name].status is not FieldStatus.REVIEW]
    doubtful = any(readings[name].status is FieldStatus.REVIEW for name in fields)
    if len(on) == 1 or (doubtful and len(sure) < 2):
        return []
    names = ", ".join(spec.field(name).name for name in (on or fields))
    text = (
        f"Flere er krysset av, men bare én kan gjelde: {names}." if on else f"Ingen er krysset av: {names}."
    )
    return [Problem(rule="exactly-one", fields=tuple(on) or fields, text=text)]


def _at_least_one(readings: Readings, fields: tuple[str, ...], _: FormSpec) -> list[Problem]:
    if not all(_empty(readings[name]) for name in fields):
        return []
    return [
        Problem(rule="required", fields=fields, text="Det er ikke krysset av for hva det meldes behov for.")
    ]


def _one_of(readings: Readings, fields: tuple[str, ...], spec: FormSpec) -> list[Problem]:
    if not all(_empty(readings[name]) for name in fields):
        return []
    names = ", ".join(spec.field(name).name for name in fields)
    return [Problem(rule="required", fields=fields, text=f"Minst én må være fylt ut: {names}.")]


def _signed_or_oral(readings: Readings, fields: tuple[str, ...], _: FormSpec) -> list[Problem]:
    lines, oral = (readings[name] for name in fields)
    rows = lines.value if isinstance(lines.value, tuple) else ()
    if any(row.get("signed") is True for row in rows) or oral.value is True:
        return []
    if FieldStatus.REVIEW in (lines.status, oral.status):
        return []
    return [Problem(rule="R-60", fields=fields, text="Verken underskrift eller muntlig samtykke.")]


def _may_register(readings: Readings, fields: tuple[str, ...], _: FormSpec) -> list[Problem]:
    if not _empty(readings[fields[0]]):
        return []
    text = "Det er ikke samtykket til at koordinerende enhet registrerer opplysningene."
    return [Problem(rule="R-61", fields=fields, text=text)]


def _consent_given(readings: Readings, fields: tuple[str, ...], _: FormSpec) -> list[Problem]:
    if not _empty(readings[fields[0]]):
        return []
    return [
        Problem(rule="R-51", fields=fields, text="Det er ikke samtykket til at ansvarsgruppen opprettes.")
    ]


def _coordinator(readings: Readings, fields: tuple[str, ...], _: FormSpec) -> list[Problem]:
    name, dissolved = fields
    if readings[dissolved].value is True or not _empty(readings[name]):
        return []
    return [Problem(rule="required", fields=(name,), text="Koordinatorens navn er ikke fylt ut.")]


def _plan(readings: Readings, fields: tuple[str, ...], _: FormSpec) -> list[Problem]:
    exists, active, _informed, needed, not_today = (readings[name].value for name in fields)
    found = []
    if exists is False and active is True:
        text = "Planen er i drift, men det er svart at det ikke finnes noen plan."
        found.append(Problem(rule="plan-answers", fields=fields[:2], text=text))
    if needed is True and not_today is True:
        text = "Det er svart både at det er behov for plan og at det ikke er det i dag."
        found.append(Problem(rule="plan-answers", fields=fields[3:5], text=text))
    return found


def _due_date(readings: Readings, fields: tuple[str, ...], _: FormSpec) -> list[Problem]:
    """The move itself is done when the fields are parsed; here only the contradiction of both."""
    if readings[fields[0]].value is None or readings[fields[1]].value is None:
        return []
    return [Problem(rule="born-and-due", fields=fields, text="Det står både en fødselsdato og en termin.")]


def _any_signed(readings: Readings, fields: tuple[str, ...], _: FormSpec) -> list[Problem]:
    """Who must sign follows from age, which casework knows; here only that nobody did."""
    if not all(_empty(readings[name]) for name in fields):
        return []
    return [Problem(rule="required", fields=fields, text="Ingen har skrevet under.")]


def _any_ticked(readings: Readings, fields: tuple[str, ...], spec: FormSpec) -> list[Problem]:
    if not all(_empty(readings[name]) for name in fields):
        return []
    names = ", ".join(spec.field(name).name for name in fields)
    return [Problem(rule="required", fields=fields, text=f"Det er ikke krysset av: {names}.")]


def _needs(readings: Readings, fields: tuple[str, ...], spec: FormSpec) -> list[Problem]:
    """A box that asks for something more; what it asks for may not be left empty."""
    box, wanted = fields
    if readings[box].value is not True or not _empty(readings[wanted]):
        return []
    text = f"Det er krysset av for «{spec.field(box).name}», men dette er ikke fylt ut: {spec.field(wanted).name}."
    return [Problem(rule="required", fields=(wanted,), text=text)]


RULES: Mapping[str, Check] = {
    "any_signed": _any_signed,
    "any_ticked": _any_ticked,
    "at_least_one": _at_least_one,
    "consent_given": _consent_given,
    "coordinator_unless_dissolved": _coordinator,
    "due_date_in_birth_date": _due_date,
    "exactly_one": _exactly_one,
    "needs": _needs,
    "one_of": _one_of,
    "plan_consistent": _plan,
    "signed_or_oral_consent": _signed_or_oral,
    "unit_may_register": _may_register,
}
"""Every rule a declaration may name."""
