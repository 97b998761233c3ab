"""One finding to one reading: parse by kind; a doubt keeps the best guess and says why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.checking._confidence import DOUBTED, LEAST, claimed
from pipeline.domain import Doubt, FieldReading, FieldStatus, Finding, MarkState, Value
from pipeline.forms import FieldSpec, Kind
from pipeline.values import (
    Parsed,
    PostTowns,
    parse_contact,
    parse_date,
    parse_due_date,
    parse_email,
    parse_person,
    parse_phone,
    parse_place,
    parse_text,
    parse_town,
)

UNSURE_MARK = Doubt(code="unsure-mark", text="Det er uklart om det er krysset av her.")
UNREAD_CELL = "unread-cell"
"""The code of rows in which a cell holds something that gave no value at all; it comes before other doubts, because
such rows can't be taken as they were read.
"""
SCRAP = Doubt(code="scrap-row", text="En av radene består bare av et tegn eller to.")
LEAST_LETTERS = 3
"""A row of fewer letters and digits is none that a person wrote."""
FAINT = Doubt(code="low-confidence", text="Teksten er utydelig.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What parsing needs to know beside the text: the day it is, the register of post towns, and what else is a place's name."""

    today: date
    towns: PostTowns
    places: Collection[str] = ()

    def parsed(self, kind: Kind, finding: Finding) -> Parsed:
        """Parse what was found for some kind of value."""
        raw = finding.raw
        if kind is Kind.DATE:
            return parse_date(raw, today=self.today)
        if kind is Kind.BIRTH_DATE:
            return parse_date(raw, today=self.today, birth=True)
        if kind is Kind.DUE_DATE:
            return parse_due_date(raw, today=self.today)
        if kind is Kind.PLACE:
            return parse_place(raw, self.towns)
        if kind is Kind.TOWN:
            return parse_town(raw, self.towns, read=finding.confidence < 1, others=self.places)
        return _PLAIN[kind](raw)


_PLAIN: dict[Kind, Callable[[str], Parsed]] = {
    Kind.TEXT: parse_text,
    Kind.PERSON: parse_person,
    Kind.PHONE: parse_phone,
    Kind.EMAIL: parse_email,
    Kind.CONTACT: parse_contact,
}


def read_field(spec: FieldSpec, finding: Finding, setting: Setting) -> FieldReading:
    """Give the typed reading of one field."""
    doubts = list(finding.doubts)
    if finding.confidence < LEAST:
        doubts.append(FAINT)
    if spec.kind is Kind.TICK:
        return _tick(finding, doubts)
    if spec.kind is Kind.YES_NO:
        return _yes_no(finding, doubts)
    if spec.kind is Kind.SIGNATURE:
        return _reading(finding, finding.inked, doubts, shown=True)
    if spec.kind is Kind.ROWS:
        return _rows(spec, finding, setting, doubts)
    parsed = setting.parsed(spec.kind, finding)
    if parsed.doubt:
        doubts.append(Doubt(code=parsed.code or "not-parsed", text=parsed.doubt))
    return _reading(finding, parsed.value, doubts, shown=parsed.value is not None)


def _reading(
    finding: Finding, value: Value, doubts: list[Doubt], *, shown: bool, raw: str | None = None
) -> FieldReading:
    raw = finding.raw if raw is None else raw
    status = FieldStatus.ACCEPTED if shown else FieldStatus.EMPTY
    if doubts:
        status = FieldStatus.REVIEW
    elif not shown:
        raw = ""
    return FieldReading(
        value=value,
        raw=raw,
        confidence=min(DOUBTED, finding.confidence) if doubts else claimed(finding),
        status=status,
        page=finding.page,
        box=finding.box,
        doubt=doubts[0] if doubts else None,
        found_by=finding.found_by,
    )


def _tick(finding: Finding, doubts: list[Doubt]) -> FieldReading:
    if finding.state is MarkState.UNSURE and not doubts:
        doubts.append(UNSURE_MARK)
    on = finding.state in (MarkState.ON, MarkState.UNSURE)
    return _reading(finding, on, doubts, shown=True, raw="X" if on else "")


def answer(yes: MarkState | None, no: MarkState | None) -> tuple[bool | None, bool]:
    """The answer of a yes/no pair, and whether both are ticked; an unsure box counts for the guess only."""
    on = MarkState.ON
    if yes is on and no is on:
        return None, True
    if on in (yes, no):
        return yes is on, False
    unsure = MarkState.UNSURE
    if unsure in (yes, no) and yes is not no:
        return yes is unsure, False
    return None, False


def _told(yes: MarkState | None, no: MarkState | None) -> str:
    off = (None, MarkState.OFF)
    return "/".join(word for word, state in (("ja", yes), ("nei", no)) if state not in off)


def _yes_no(finding: Finding, doubts: list[Doubt]) -> FieldReading:
    value, both = answer(finding.yes, finding.no)
    if MarkState.UNSURE in (finding.yes, finding.no) and not doubts:
        doubts.append(UNSURE_MARK)
    raw = _told(finding.yes, finding.no)
    return _reading(finding, value, doubts, shown=value is not None or both, raw=raw)


def _rows(spec: FieldSpec, finding: Finding, setting: Setting, doubts: list[Doubt]) -> FieldReading:
    rows: list[Mapping[str, str | bool | None]] = []
    for found in finding.rows:
        row = {name: _cell(kind, found[name], setting, doubts) for name, kind in spec.columns.items()}
        if any(value not in (None, False) for value in row.values()) or Kind.YES_NO in spec.columns.values():
            rows.append(row)
            if _is_scrap(row):
                doubts.append(SCRAP)
    return _reading(finding, tuple(rows), doubts, shown=bool(rows))


def _is_scrap(row: Mapping[str, str | bool | None]) -> bool:
    """Whether a row says nothing but a letter or two: a printed number, a speck or the edge of something."""
    texts = [value for value in row.values() if isinstance(value, str)]
    told = any(isinstance(value, bool) for value in row.values())
    return not told and sum(char.isalnum() for text in texts for char in text) < LEAST_LETTERS


def _cell(kind: Kind, finding: Finding, setting: Setting, doubts: list[Doubt]) -> str | bool | None:
    if kind is Kind.SIGNATURE:
        return finding.inked
    if kind is Kind.TICK:
        if finding.state is MarkState.UNSURE:
            doubts.append(UNSURE_MARK)
        return finding.state in (MarkState.ON, MarkState.UNSURE)
    if kind is Kind.YES_NO:
        if MarkState.UNSURE in (finding.yes, finding.no):
            doubts.append(UNSURE_MARK)
        return answer(finding.yes, finding.no)[0]
    parsed = setting.parsed(kind, finding)
    if parsed.doubt and parsed.value is None:
        doubts.insert(0, Doubt(code=UNREAD_CELL, text=parsed.doubt))
    elif parsed.doubt:
        doubts.append(Doubt(code=parsed.code or "not-parsed", text=parsed.doubt))
    return parsed.value
