"""The room's verb: from findings to a submission, each field accepted, empty, or sent to a person with why."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from pipeline.checking._confidence import LEAST
from pipeline.checking._parse import Setting, read_field
from pipeline.checking._rules import problems_of
from pipeline.domain import (
    Document,
    Doubt,
    FieldReading,
    FieldStatus,
    Finding,
    Findings,
    Page,
    Reader,
    ReadingStatus,
    Recognition,
    Submission,
)
from pipeline.forms import FormSpec
from pipeline.values import PostTowns, mentions_due_date, parse_date

MAYBE_DUE = Doubt(
    code="unclear-text",
    text="Det kan stå en termin på fødselsdatoens plass, men teksten er utydelig.",
)
_WORD = re.compile(r"[^\W\d_]{4,}")
"""So many letters beside a date that can't be read may be the word «termin»."""
UNSURE = frozenset({"readers-differ", "one-reader"})
"""Doubts of the reading that leave nothing on the form sure."""
APART = frozenset({"page-twice"})
"""Doubts of which pages are a form's that leave its values as sure as they are: a copy is left out, a person sees that it is one."""


def check(
    findings: Findings,
    recognition: Recognition,
    document: Document,
    spec: FormSpec,
    *,
    today: date,
    towns: PostTowns,
    places: Collection[str] = (),
) -> Submission:
    """Parse and check every field. Doubts of the reading make it ``review``; problems of the form don't.

    ``places``: names of places beside the post towns, as of municipalities.
    """
    setting = Setting(today=today, towns=towns, places=places)
    found = _due_dates(spec, findings, today)
    unsure = (
        *(one for one in recognition.doubts if one.code not in APART),
        *(doubt for doubt in document.doubts if doubt.code in UNSURE),
    )
    if unsure:
        found = _doubted(found, unsure)
    pages = {page.number: page for page in recognition.region if page.matrix is not None}
    readings = {
        one.id: _as_shown(read_field(one, found.fields[one.id], setting), pages) for one in spec.fields
    }
    doubts = [("document", doubt) for doubt in (*document.doubts, *recognition.doubts, *findings.doubts)]
    doubts += [
        (name, reading.doubt)
        for name, reading in readings.items()
        if reading.status is FieldStatus.REVIEW and reading.doubt is not None
    ]
    return Submission(
        source=document.source,
        form=spec.id,
        version=spec.version,
        form_confidence=recognition.confidence,
        municipality=recognition.municipality,
        reader=Reader.SCAN if any(page.scanned for page in recognition.region) else document.reader,
        pages=recognition.pages if document.paged else (),
        status=ReadingStatus.REVIEW if doubts else ReadingStatus.ACCEPTED,
        doubts=tuple(doubts),
        problems=problems_of(spec, readings, found, today),
        fields=readings,
        coded_case=recognition.code.case if recognition.code is not None else "",
    )


def _as_shown(reading: FieldReading, pages: Mapping[int, Page]) -> FieldReading:
    """The reading with its place on the page as a viewer shows it, however the scan was turned."""
    page = pages.get(reading.page or 0)
    if page is None or reading.box is None:
        return reading
    return replace(reading, box=page.shown(reading.box))


def unread(recognition: Recognition, document: Document) -> Submission:
    """Give the line for pages that belong to no form, or that nothing can be read of yet."""
    waiting = any(not page.readable or page.scanned for page in recognition.region)
    doubts: tuple[Doubt, ...] = tuple(dict.fromkeys((*recognition.doubts, *document.doubts)))
    return Submission(
        source=document.source,
        form=None,
        reader=Reader.SCAN if waiting else document.reader,
        pages=recognition.pages if document.paged else (),
        status=ReadingStatus.REVIEW,
        doubts=tuple(("document", doubt) for doubt in doubts),
    )


def _doubted(findings: Findings, doubts: tuple[Doubt, ...]) -> Findings:
    """When it is unsure which form it is, or what stands on its page, nothing on it is sure."""
    fields = {name: replace(one, doubts=(*one.doubts, *doubts)) for name, one in findings.fields.items()}
    return replace(findings, fields=fields)


def _due_dates(spec: FormSpec, findings: Findings, today: date) -> Findings:
    """«termin …» in the birth date's place is the due date, and no birth date.

    Where a scan shows words there that can't be read, nobody knows whether there is a due date.
    """
    fields = dict(findings.fields)
    for rule in spec.rules:
        if rule.name != "due_date_in_birth_date":
            continue
        birth, due = rule.fields
        said, empty = fields[birth], not fields[due].raw
        if mentions_due_date(said.raw) and empty:
            fields[due] = replace(said, anchored=True)
            fields[birth] = Finding(page=said.page, box=said.box, found_by="moved")
        elif empty and _hides_words(said, today):
            doubts = (*fields[due].doubts, MAYBE_DUE)
            fields[due] = replace(fields[due], page=said.page, box=said.box, doubts=doubts)
    return replace(findings, fields=fields)


def _hides_words(said: Finding, today: date) -> bool:
    """Whether what stands in a date's place is unclear, is no date, and has words in it."""
    unclear = said.confidence < LEAST and _WORD.search(said.raw) is not None
    return unclear and bool(parse_date(said.raw, today=today, birth=True).doubt)
