"""The fields a template may use: those of every letter, and those that follow from a letter's declared facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds: printed text, a yes or no for conditions, or a list to loop over or join."""

    TEXT = "text"
    FLAG = "flag"
    LIST = "list"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field. ``optional``: it may be empty, so a template prints it only inside its own condition."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    optional: bool = False
    meaning: str = ""


class FactType(StrEnum):
    """What a fact in an order is."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"
    MEASURE = "measure"
    MEASURES = "measures"


@dataclass(frozen=True, kw_only=True, slots=True)
class FactSpec:
    """One declared fact; ``meaning`` is what it is called when a person is asked for it."""

    name: str
    type: FactType
    required: bool
    meaning: str


def _text(name: str, meaning: str, *, optional: bool = False) -> Field:
    return Field(name=name, meaning=meaning, optional=optional)


def _flag(name: str, meaning: str) -> Field:
    return Field(name=name, kind=FieldKind.FLAG, meaning=meaning)


COMMON: tuple[Field, ...] = (
    _text("municipality", "kommunens navn"),
    _text("unit", "enhetens navn med stor forbokstav"),
    _text("unit_text", "enhetens navn i en setning"),
    _text("office_line", "kommunens adresse, telefon, e-post og nettsted på én linje"),
    _text("marking", "graderingen"),
    _text("neutral_title", "den nøytrale tittelen"),
    _text("our_ref", "vår referanse"),
    _text("your_ref", "deres referanse", optional=True),
    _text("case_ref", "saksnummeret"),
    _text("date", "brevets dato"),
    Field(
        name="recipient_lines", kind=FieldKind.LIST, meaning="mottakerens navn og adresse, linje for linje"
    ),
    _text("case_worker", "saksbehandlerens navn"),
    _text("case_worker_title", "saksbehandlerens stilling", optional=True),
    _text("case_worker_phone", "saksbehandlerens telefon", optional=True),
    _text("responsible", "navnet på den som svarer for avgjørelsen"),
    _text("responsible_title", "stillingen til den som svarer for avgjørelsen", optional=True),
    _flag("same_signer", "saksbehandleren og den ansvarlige er den samme"),
    _flag("electronic", "brevet godkjennes elektronisk"),
    _text("contact", "telefon og e-post for spørsmål"),
    Field(name="enclosures", kind=FieldKind.LIST, meaning="vedleggene"),
    _text("team", "kommunens ord for ansvarsgruppe"),
    _text("team_definite", "samme ord i bestemt form"),
    _text("Team_definite", "samme ord i bestemt form med stor forbokstav"),
    _text("leader", "kommunens ord for leder"),
    _text("escalation_leader", "lederen en sak løftes til", optional=True),
    _text("expected_period", "forventet tid, som «fire uker»", optional=True),
    _flag("partial_withdrawal", "samtykket kan trekkes delvis"),
    _flag("to_reporter", "brevet går til den som meldte"),
    _flag("to_user", "brevet går til den saken gjelder"),
    _flag("to_family", "brevet går til foreldre eller familie"),
    _flag("to_guardian", "brevet går til verge"),
    _text("du", "leseren: du eller dere"),
    _text("Du", "leseren med stor forbokstav"),
    _text("deg", "leseren: deg eller dere"),
    _text("uenig", "uenig eller uenige"),
    _text("hvem", "den saken gjelder: du, dere eller navnet"),
    _text("Hvem", "den saken gjelder, med stor forbokstav"),
    _text("hvem_deg", "den saken gjelder: deg, dere eller navnet"),
    _text("din", "eieren etter et ord i hankjønn: din, deres eller «til» og navnet"),
)
MEASURE: tuple[Field, ...] = (
    _text("measure", "tiltaket"),
    _text("measure_granted", "«har fått» og tiltaket"),
    _text("role", "koordinator eller barnekoordinator"),
    _text("role_definite", "samme ord i bestemt form"),
    _text("Role_definite", "samme ord i bestemt form med stor forbokstav"),
    _flag("is_child", "tiltaket er barnekoordinator"),
    _flag("is_plan", "tiltaket er individuell plan"),
    _flag("is_team", "tiltaket er ansvarsgruppe"),
    _text("right", "paragrafene retten følger av", optional=True),
    _text("child_end_age", "alderen retten til barnekoordinator varer til"),
)
COMPLAINT: tuple[Field, ...] = (
    _text("decision", "vedtaket eller avgjørelsen"),
    _text("complaint_body", "klageinstansen", optional=True),
    _text("complaint_period", "klagefristen, som «fire uker»", optional=True),
    _text("complaint_citation", "paragrafen om klage", optional=True),
)
PERSON: tuple[Field, ...] = (_text("person_name", "navnet på den saken gjelder", optional=True),)

_KINDS = {FactType.FLAG: FieldKind.FLAG, FactType.LIST: FieldKind.LIST}


def fields_of(facts: Mapping[str, FactSpec], *, complaint: bool, names_person: bool) -> dict[str, Field]:
    """Every field a template of these facts may use, by name."""

    def made() -> Iterator[Field]:
        yield from COMMON
        if complaint:
            yield from COMPLAINT
        if names_person:
            yield from PERSON
        for fact in facts.values():
            if fact.type is FactType.MEASURE:
                for field in MEASURE:
                    yield (
                        field
                        if fact.required or field.kind is not FieldKind.TEXT
                        else replace(field, optional=True)
                    )
                continue
            kind = _KINDS.get(fact.type, FieldKind.TEXT)
            optional = not fact.required and kind is FieldKind.TEXT
            yield Field(name=fact.name, kind=kind, optional=optional, meaning=fact.meaning)
            if fact.type is FactType.DATE:
                yield _flag(f"{fact.name}_passed", f"{fact.meaning} er passert")

    return {field.name: field for field in made()}
