"""From a file to the forms in it: read, recognise, extract, check. No register, no inbox."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.checking import check, unread
from pipeline.domain import (
    Document,
    Doubt,
    Finding,
    Findings,
    ReadingStatus,
    Recognition,
    Submission,
    ValuePlace,
)
from pipeline.extraction import extract, not_read
from pipeline.forms import Forms, FormSpec, Kind
from pipeline.reading import Scans, read
from pipeline.recognition import recognise
from pipeline.values import PostTowns

if TYPE_CHECKING:
    from pipeline.recognition import Print


class ScanReader:
    """What reading paper needs beside the typed forms: the scan reader, and what the forms print."""

    def __init__(self, forms: Forms, blanks: Path | None = None) -> None:
        """Load nothing until the first picture comes. ``blanks``: the folder of the project's own fillable forms."""
        self.scans = Scans(blanks)
        self._forms = forms

    @cached_property
    def print(self) -> Print:
        """The forms' print, to mend blurred labels with."""
        from pipeline.recognition import Print

        return Print(self._forms)


def read_forms(
    path: Path,
    *,
    source: str,
    forms: Forms,
    names: Mapping[str, str],
    towns: PostTowns,
    today: date,
    scan_reader: ScanReader | None = None,
) -> tuple[Submission, ...]:
    """Return every form in a file, in page order; what no form claims comes as ``form=None`` with its reason.

    ``names`` maps a municipality's printed name to its key. Raises UnreadableError, LockedError or OSError.
    """
    document = read(path, source=source, scans=scan_reader.scans if scan_reader else None)
    if scan_reader is not None and any(page.scanned for page in document.pages):
        document = scan_reader.print.mend(document)
    read_ones = [
        _form(document, one, forms, names, towns, today, scan_reader)
        for one in recognise(document, forms, names)
    ]
    return _noted(document, _once(read_ones))


REPEATED = Doubt(
    code="repeated",
    text="Det samme skjemaet ligger to ganger i filen. Legg bort det ene, hvis det er en dublett.",
)


def _once(found: list[Submission]) -> list[Submission]:
    """A form that says just what an earlier one in the file says was probably fed twice: a person looks."""
    said: list[tuple[str | None, dict[str, object]]] = []
    kept: list[Submission] = []
    for one in found:
        values = {name: reading.value for name, reading in one.fields.items()}
        if one.form is not None and (one.form, values) in said:
            doubts = (*one.doubts, ("document", REPEATED))
            one = replace(one, doubts=doubts, status=ReadingStatus.REVIEW)  # noqa: PLW2901
        said.append((one.form, dict(values)))
        kept.append(one)
    return kept


def _noted(document: Document, found: list[Submission]) -> tuple[Submission, ...]:
    """Say which pages were left out: nothing is on them, or they only part the stack."""
    if not found:
        return ()
    taken = {number for one in found for number in one.pages}
    parting = [page.number for page in document.pages if page.separator and page.number not in taken]
    blank = [
        page.number for page in document.pages if page.scanned and not page.blocks and not page.separator
    ]
    notes = [
        f"Side {_listed(numbers)} {one if len(numbers) == 1 else many} og er ikke med i noe skjema."
        for numbers, one, many in (
            (blank, "er blank", "er blanke"),
            (parting, "er skilleark", "er skilleark"),
        )
        if numbers
    ]
    return (replace(found[0], notes=(*found[0].notes, *notes)), *found[1:])


def _listed(numbers: list[int]) -> str:
    few, last = [str(number) for number in numbers[:-1]], str(numbers[-1])
    return f"{', '.join(few)} og {last}" if few else last


def _form(
    document: Document,
    found: Recognition,
    forms: Forms,
    names: Collection[str],
    towns: PostTowns,
    today: date,
    scan_reader: ScanReader | None,
) -> Submission:
    if found.form is None:
        return unread(found, document)
    spec = forms.of(found.form, found.version)
    findings = extract(document, found, spec)
    if scan_reader is not None and any(page.scanned for page in found.region):
        region = scan_reader.scans.again(found.region, _values(findings, spec), findings.signing)
        found = replace(found, region=region)
        findings = extract(document, found, spec)
        findings = not_read(findings, scan_reader.scans.unread(region, findings.rooms))
    return check(findings, found, document, spec, today=today, towns=towns, places=names)


def _values(findings: Findings, spec: FormSpec) -> Iterator[ValuePlace]:
    """Where something is written, to be read by a second reader too."""
    for one in spec.fields:
        finding = findings.fields[one.id]
        yield from _places(finding, one.kind)
        for row in finding.rows:
            for name, cell in row.items():
                yield from _places(cell, one.columns.get(name, Kind.TEXT))


def _places(finding: Finding, kind: Kind) -> Iterator[ValuePlace]:
    if finding.raw and not finding.rows and finding.page is not None and finding.box is not None:
        yield ValuePlace(finding.page, finding.box, kind.value)
