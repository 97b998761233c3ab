"""From TOML to frozen specs; every mistake of every file is named, none stops the search for the next."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pipeline.errors import DeclarationError
from pipeline.forms._spec import (
    CueSpec,
    FieldSpec,
    Forms,
    FormSpec,
    Kind,
    Place,
    PlaceKind,
    RuleSpec,
    SectionSpec,
)

RULES = frozenset(
    {
        "any_signed",
        "any_ticked",
        "at_least_one",
        "consent_given",
        "coordinator_unless_dissolved",
        "due_date_in_birth_date",
        "exactly_one",
        "needs",
        "one_of",
        "plan_consistent",
        "signed_or_oral_consent",
        "unit_may_register",
    }
)
"""The names a declaration may use; ``checking`` has a check for each."""

_RULE = re.compile(r"([a-z_]+)(?:\(([^()]*)\))?")
_ID = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)*")
_FORM_KEYS = {
    "form",
    "version",
    "title",
    "prefill",
    "rules",
    "static",
    "recognise",
    "sections",
    "columns",
    "fields",
}
_CUE_KEYS = {"titles", "continued", "cues", "with_it", "names_municipality"}
_FIELD_KEYS = {"type", "name", "required", "optional", "long", "find"}
_PLACE_KEYS = {"within", "columns", "column", "part", "line", "prompts", "inside"}
_SECTION_KEYS = {"starts", "long"}


class _Reading:
    """One file's table, with the mistakes found so far."""

    def __init__(self, file: str, mistakes: list[str]) -> None:
        self.file = file
        self.mistakes = mistakes

    def wrong(self, key: str, why: str) -> None:
        self.mistakes.append(f"{self.file}: {key}: {why}")

    def table(self, value: Any, key: str, known: set[str] | None = None) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.wrong(key, "skal være en tabell")
            return {}
        for name in value:
            if known is not None and name not in known:
                self.wrong(f"{key}.{name}" if key else name, "ukjent nøkkel")
        return value

    def text(self, value: Any, key: str) -> str:
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "mangler, eller er ikke en tekst")
            return ""
        return value

    def texts(self, value: Any, key: str) -> tuple[str, ...]:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(v, str) and v.strip() for v in listed):
            self.wrong(key, "skal være en tekst eller en liste av tekster")
            return ()
        return tuple(listed)

    def flag(self, value: Any, key: str) -> bool:
        if not isinstance(value, bool):
            self.wrong(key, "skal være true eller false")
            return False
        return value


def load_forms(folder: Path) -> Forms:
    """Read every ``*.toml`` of a folder. DeclarationError names every mistake with its file and key."""
    mistakes: list[str] = []
    specs: list[FormSpec] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            mistakes.append(f"{path.name}: ikke lesbar TOML: {error}")
            continue
        spec = _form(_Reading(path.name, mistakes), raw)
        if any((s.id, s.version) == (spec.id, spec.version) for s in specs):
            mistakes.append(f"{path.name}: version: skjemaet {spec.id} {spec.version} er erklært to ganger")
        specs.append(spec)
    if not specs and not mistakes:
        mistakes.append(f"{folder.name}: ingen skjemaer er erklært")
    if mistakes:
        raise DeclarationError(mistakes)
    return Forms(specs=tuple(specs))


def _form(read: _Reading, raw: dict[str, Any]) -> FormSpec:
    raw = read.table(raw, "", _FORM_KEYS)
    cues = read.table(raw.get("recognise", {}), "recognise", _CUE_KEYS)
    sections = tuple(
        _section(read, key, value) for key, value in read.table(raw.get("sections", {}), "sections").items()
    )
    columns = _columns(read, raw.get("columns", {}))
    known = {section.key for section in sections}
    fields = tuple(
        _field(read, key, value, known, columns)
        for key, value in read.table(raw.get("fields", {}), "fields").items()
    )
    if not fields:
        read.wrong("fields", "skjemaet har ingen felt")
    spec = FormSpec(
        id=read.text(raw.get("form"), "form"),
        version=read.text(raw.get("version"), "version"),
        title=read.text(raw.get("title"), "title"),
        cues=CueSpec(
            titles=read.texts(cues.get("titles", []), "recognise.titles"),
            continued=read.texts(cues.get("continued", []), "recognise.continued"),
            cues=read.texts(cues.get("cues", []), "recognise.cues"),
            with_it=read.texts(cues.get("with_it", []), "recognise.with_it"),
            names_municipality=read.texts(cues.get("names_municipality", []), "recognise.names_municipality"),
        ),
        sections=sections,
        fields=fields,
        static=read.texts(raw.get("static", []), "static"),
        rules=_rules(read, raw.get("rules", []), {field.id for field in fields}),
        prefill=read.texts(raw.get("prefill", []), "prefill"),
    )
    for name in spec.prefill:
        if not any(field.id == name or field.id.startswith(f"{name}.") for field in fields):
            read.wrong("prefill", f"ukjent felt «{name}»")
    if not spec.cues.titles or len(spec.cues.cues) < 2:
        read.wrong("recognise", "trenger minst én tittel og to andre kjennetegn")
    return spec


def _section(read: _Reading, key: str, value: Any) -> SectionSpec:
    where = f"sections.{key}"
    table = read.table(value, where, _SECTION_KEYS)
    return SectionSpec(
        key=key,
        starts=read.texts(table.get("starts", []), f"{where}.starts"),
        long=read.flag(table.get("long", False), f"{where}.long"),
    )


_Columns = dict[str, dict[str, tuple[Kind | None, tuple[str, ...]]]]


def _columns(read: _Reading, raw: Any) -> _Columns:
    """The column headings, named once and used by several fields."""
    found: _Columns = {}
    for key, value in read.table(raw, "columns").items():
        found[key] = {}
        for name, column in read.table(value, f"columns.{key}").items():
            where = f"columns.{key}.{name}"
            table = read.table(column, where, {"type", "heads"})
            kind = _kind(read, table["type"], f"{where}.type") if "type" in table else None
            found[key][name] = (kind, read.texts(table.get("heads", []), f"{where}.heads"))
    return found


def _kind(read: _Reading, value: Any, key: str) -> Kind:
    try:
        return Kind(value)
    except ValueError:
        read.wrong(key, "ukjent type")
        return Kind.TEXT


def _field(read: _Reading, key: str, value: Any, sections: set[str], columns: _Columns) -> FieldSpec:
    where = f"fields.{key}"
    if not _ID.fullmatch(key):
        read.wrong(where, "feltnavnet skal være små bokstaver, understrek og punktum")
    table = read.table(value, where, _FIELD_KEYS)
    kind = _kind(read, table.get("type"), f"{where}.type")
    find = table.get("find")
    listed = find if isinstance(find, list) else [find]
    kinds: dict[str, Kind] = {}
    places = tuple(_place(read, f"{where}.find", entry, sections, columns, kinds) for entry in listed)
    if kind is Kind.ROWS and not kinds:
        read.wrong(f"{where}.find", "rader trenger kolonner med type")
    return FieldSpec(
        id=key,
        name=read.text(table.get("name"), f"{where}.name"),
        kind=kind,
        places=places,
        required=read.flag(table.get("required", False), f"{where}.required"),
        optional=read.flag(table.get("optional", False), f"{where}.optional"),
        long=read.flag(table.get("long", False), f"{where}.long"),
        columns=kinds if kind is Kind.ROWS else {},
    )


def _place(
    read: _Reading, where: str, raw: Any, sections: set[str], columns: _Columns, kinds: dict[str, Kind]
) -> Place:
    marking = {kind.value for kind in PlaceKind}
    table = read.table(raw, where, marking | _PLACE_KEYS)
    keys = [name for name in table if name in marking]
    if len(keys) != 1:
        read.wrong(where, f"trenger nøyaktig én av {', '.join(sorted(marking))}")
        return Place(kind=PlaceKind.LABEL, texts=())
    within = str(table.get("within", ""))
    if within and within not in sections:
        read.wrong(f"{where}.within", "ukjent del av skjemaet")
    group = str(table.get("columns", ""))
    if group and group not in columns:
        read.wrong(f"{where}.columns", "ukjent kolonnesett")
    chosen = columns.get(group, {})
    column = str(table.get("column", ""))
    if column and column not in chosen and column != "yes_no":
        read.wrong(f"{where}.column", "ukjent kolonne")
    line = table.get("line")
    if line is not None and not isinstance(line, int):
        read.wrong(f"{where}.line", "skal være et tall")
        line = None
    kinds.update({name: kind for name, (kind, _) in chosen.items() if kind is not None})
    return Place(
        kind=PlaceKind(keys[0]),
        texts=read.texts(table[keys[0]], f"{where}.{keys[0]}"),
        within=within,
        columns={name: heads for name, (_, heads) in chosen.items()},
        column=column,
        part=str(table.get("part", "")),
        line=line,
        inside=read.flag(table.get("inside", False), f"{where}.inside"),
        prompts=read.texts(table.get("prompts", []), f"{where}.prompts"),
    )


def _rules(read: _Reading, raw: Any, fields: set[str]) -> tuple[RuleSpec, ...]:
    found: list[RuleSpec] = []
    for text in read.texts(raw, "rules"):
        match = _RULE.fullmatch(text.strip())
        if match is None or match[1] not in RULES:
            read.wrong("rules", f"ukjent regel «{text}»")
            continue
        named = tuple(part.strip() for part in (match[2] or "").split(",") if part.strip())
        for name in named:
            if name not in fields:
                read.wrong("rules", f"regelen {match[1]} nevner det ukjente feltet «{name}»")
        found.append(RuleSpec(name=match[1], fields=named))
    return tuple(found)
