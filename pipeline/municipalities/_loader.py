"""Loading the municipalities' profiles: each value from its own file with a source, else from the defaults file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from pipeline.errors import DeclarationError
from pipeline.municipalities._ages import AgeRules, PhaseRules
from pipeline.municipalities._cooperation import (
    AbsenceRules,
    EvaluationRules,
    MeetingRules,
    PlanRules,
    RelayRules,
    TeamRules,
)
from pipeline.municipalities._declaration import Mistakes, hints_of, read_toml, typed
from pipeline.municipalities._law import Law
from pipeline.municipalities._nynorsk import NynorskTerms
from pipeline.municipalities._profile import (
    AnnualRules,
    AppointmentRules,
    ArchiveRules,
    ClosingRules,
    ConsentRules,
    LetterRules,
    MessageRules,
    Office,
    Profile,
    StatisticsRules,
    Terms,
)
from pipeline.municipalities._reminder_loader import REMINDERS, load_reminders
from pipeline.municipalities._reminder_rules import ReminderRule
from pipeline.municipalities._statutes import load_law

DEFAULTS = "_defaults.toml"
"""The product's own values, used where a municipality's file is silent."""

SECTIONS: Mapping[str, type] = {
    "office": Office,
    "terms": Terms,
    "appointment": AppointmentRules,
    "consent": ConsentRules,
    "annual": AnnualRules,
    "letters": LetterRules,
    "messages": MessageRules,
    "ages": AgeRules,
    "phases": PhaseRules,
    "team": TeamRules,
    "plan": PlanRules,
    "meetings": MeetingRules,
    "evaluation": EvaluationRules,
    "absence": AbsenceRules,
    "relay": RelayRules,
    "closing": ClosingRules,
    "statistics": StatisticsRules,
    "archive": ArchiveRules,
    "nn": NynorskTerms,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipalities(Mapping[str, Profile]):
    """All profiles by key, the law and the reminder rules they share, and the names by which forms print them."""

    profiles: Mapping[str, Profile]
    law: Law
    names: Mapping[str, str] = field(default_factory=dict)
    reminders: tuple[ReminderRule, ...] = ()

    def __getitem__(self, key: str) -> Profile:
        """The profile of that key."""
        return self.profiles[key]

    def __iter__(self) -> Iterator[str]:
        """The keys, sorted."""
        return iter(sorted(self.profiles))

    def __len__(self) -> int:
        """How many municipalities there are."""
        return len(self.profiles)


def load_municipalities(folder: Path, law_file: Path) -> Municipalities:
    """All profiles of a folder, the law table, and the reminder rules that lie beside the folder.

    Raises ``DeclarationError`` that names every mistake with file and key.
    """
    mistakes = Mistakes()
    law = load_law(law_file, mistakes)
    reminders = load_reminders(folder.with_name(REMINDERS), mistakes)
    defaults_file = folder / DEFAULTS
    defaults = read_toml(defaults_file, mistakes)
    _check_defaults(defaults_file, defaults, mistakes)
    profiles: dict[str, Profile] = {}
    names: dict[str, str] = {}
    files = sorted(file for file in folder.glob("*.toml") if file.name != DEFAULTS)
    if not files:
        mistakes.add(folder, "", "mappen har ingen kommuner")
    for file in files:
        profile = _profile(file, defaults, mistakes)
        if profile is None:
            continue
        profiles[profile.key] = profile
        for name in profile.recognised_names:
            if name in names:
                mistakes.add(file, "recognised_names", f"navnet står også i {names[name]}.toml")
            names[name] = profile.key
    if mistakes.found:
        raise DeclarationError(mistakes.found)
    return Municipalities(profiles=profiles, law=law, names=names, reminders=reminders)


def _check_defaults(file: Path, defaults: Mapping[str, object], mistakes: Mistakes) -> None:
    for section, table in defaults.items():
        if section not in SECTIONS or not isinstance(table, dict):
            mistakes.add(file, section, "ukjent nøkkel")
            continue
        hints = hints_of(SECTIONS[section])
        for name, value in table.items():
            if name not in hints:
                mistakes.add(file, f"{section}.{name}", "ukjent nøkkel")
                continue
            try:
                typed(value, hints[name])
            except ValueError as error:
                mistakes.add(file, f"{section}.{name}", str(error))


def _profile(file: Path, defaults: Mapping[str, object], mistakes: Mistakes) -> Profile | None:
    before = len(mistakes.found)
    tables = read_toml(file, mistakes)
    if len(mistakes.found) > before:
        return None
    key = tables.get("key")
    if key != file.stem:
        mistakes.add(file, "key", "skal være det samme som filnavnet")
    recognised: object = ()
    try:
        recognised = typed(tables.get("recognised_names", []), tuple[str, ...])
    except ValueError as error:
        mistakes.add(file, "recognised_names", str(error))
    for name in tables:
        if name not in ("key", "recognised_names", *SECTIONS):
            mistakes.add(file, name, "ukjent nøkkel")
    sources: dict[str, str] = {}
    reasons: dict[str, str] = {}
    sections: dict[str, object] = {}
    for section, kind in SECTIONS.items():
        sections[section] = _section(
            file,
            section,
            kind,
            tables=tables,
            defaults=defaults,
            sources=sources,
            reasons=reasons,
            mistakes=mistakes,
        )
    if len(mistakes.found) > before:
        return None
    own: dict[str, Any] = {**sections, "recognised_names": recognised}
    profile = Profile(key=file.stem, sources=sources, reasons=reasons, **own)
    _check_profile(file, profile, mistakes)
    return profile if len(mistakes.found) == before else None


def _section(
    file: Path,
    section: str,
    kind: type,
    *,
    tables: Mapping[str, object],
    defaults: Mapping[str, object],
    sources: dict[str, str],
    reasons: dict[str, str],
    mistakes: Mistakes,
) -> object:
    own = tables.get(section, {})
    shared = defaults.get(section, {})
    if not isinstance(own, dict) or not isinstance(shared, dict):
        mistakes.add(file, section, "skal være en tabell")
        return None
    before = len(mistakes.found)
    hints = hints_of(kind)
    for name in own:
        if name not in hints:
            mistakes.add(file, f"{section}.{name}", "ukjent nøkkel")
    given: dict[str, object] = {}
    for entry in fields(kind):
        name, dotted = entry.name, f"{section}.{entry.name}"
        try:
            if name in own:
                value, sources[dotted], why = _sourced(own[name])
                if why:
                    reasons[dotted] = why
                given[name] = typed(value, hints[name])
            elif name in shared:
                given[name] = typed(shared[name], hints[name])
            elif not _means_unknown(entry.default):
                mistakes.add(file, dotted, f"mangler, og {DEFAULTS} har ingen verdi")
        except ValueError as error:
            mistakes.add(file, dotted, str(error))
    return kind(**given) if len(mistakes.found) == before else None


def _sourced(entry: object) -> tuple[object, str, str]:
    """A value with its source and why it was chosen, as ``{ value = 14, source = "T-1", why = "…" }``; ``why`` may be left out."""
    if not isinstance(entry, dict) or set(entry) - {"why"} != {"value", "source"}:
        raise ValueError('skal skrives som { value = …, source = "…" }')
    source, why = entry["source"], entry.get("why", "")
    if not isinstance(source, str) or not source.strip():
        raise ValueError("skal ha en kilde")
    if not isinstance(why, str) or ("why" in entry and not why.strip()):
        raise ValueError("«why» skal være en setning")
    return entry["value"], source, why


def _means_unknown(default: object) -> bool:
    """Whether leaving a key out says only that nobody has said anything."""
    return default is not MISSING and default in ("", None, ())


def _check_profile(file: Path, profile: Profile, mistakes: Mistakes) -> None:
    annual, appointment, office = profile.annual, profile.appointment, profile.office
    if annual.mode == "push" and not annual.due:
        mistakes.add(file, "annual.due", "mangler når koordinatorene skal sende rapport")
    if annual.due and any(day > annual.due for day in annual.remind_on):
        mistakes.add(file, "annual.remind_on", "har en dag etter fristen")
    if annual.due and any(day <= annual.due for day in annual.overdue_on):
        mistakes.add(file, "annual.overdue_on", "har en dag som ikke er etter fristen")
    if appointment.reply_days is not None and any(
        days >= appointment.reply_days for days in appointment.reminders_before_days
    ):
        mistakes.add(file, "appointment.reminders_before_days", "er ikke kortere enn svarfristen")
    if appointment.escalation_role and not profile.terms.escalation_leader:
        mistakes.add(file, "terms.escalation_leader", "mangler når saken kan løftes")
    if len(office.number) != 4 or not office.number.isdecimal():
        mistakes.add(file, "office.number", "skal være kommunenummeret med fire siffer")
    if not profile.recognised_names:
        mistakes.add(file, "recognised_names", "mangler")
