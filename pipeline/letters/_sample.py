"""Invented data for a trial of a template: everything known, and only what must be known, for each kind of reader."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.domain import PartyRole
from pipeline.letters._fields import Field, FieldKind
from pipeline.letters._spec import LetterSpec


def samples(spec: LetterSpec) -> Iterator[dict[str, object]]:
    """Data sets for a trial."""
    for role in sorted(spec.recipients):
        voice = spec.words.pronouns(role, "Prøve Prøvesen")
        for full in (True, False):
            yield {f.name: _value(f, full=full) for f in spec.fields.values()} | voice | _to(role)


def _to(role: PartyRole) -> dict[str, object]:
    flags = {"user": "to_user", "family": "to_family", "guardian": "to_guardian", "reporter": "to_reporter"}
    return {flag: flag == flags.get(role) for flag in flags.values()}


def _value(field: Field, *, full: bool) -> object:
    if field.kind is FieldKind.FLAG:
        return full
    if field.kind is FieldKind.LIST:
        return ["Prøve <1> & «to»", "9999 Prøvestad"] if full else []
    return f"{field.meaning} {{{{ 7*7 }}}} & <æøå>" if full or not field.optional else None
