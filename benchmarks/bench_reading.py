"""Forms read a second, beside the plain library calls they stand on. Run: ``python benchmarks/bench_reading.py``.

One core, warm: every file is read once before the clock starts; the best of a few rounds counts. CPU time is what this
process used, wall time what a person waited: on a busy machine they part.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import docx
import pdfplumber
import pypdfium2
from docx.document import Document as WordDocument
from docx.table import Table, _Cell
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from pipeline.domain import Reader
from pipeline.flow import read_forms
from pipeline.reading import read
from pipeline.wiring import reading_kit
from tests.generated.draw import CARRIERS, LAYOUTS, generate

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
WANTED = {Reader.DOCX: 40.0, Reader.PDF_FIELDS: 40.0, Reader.PDF_TEXT: 15.0}
NAMES = {Reader.DOCX: "Word", Reader.PDF_FIELDS: "PDF fields", Reader.PDF_TEXT: "printed PDF"}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=4, help="generated files per form and carrier")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    kit = reading_kit(ROOT)

    def chain(path: Path) -> None:
        read_forms(path, source=path.name, forms=kit.forms, names=kit.names, towns=kit.towns, today=TODAY)

    def reading(path: Path) -> None:
        read(path, source=path.name)

    with tempfile.TemporaryDirectory() as folder:
        piles: dict[Reader, list[tuple[Path, int]]] = {reader: [] for reader in WANTED}
        for path in (*shipped(), *drawn(Path(folder), options.seeds)):
            found = read_forms(
                path, source=path.name, forms=kit.forms, names=kit.names, towns=kit.towns, today=TODAY
            )
            if found[0].reader not in piles:  # a scanned sample has a harness of its own
                continue
            piles[found[0].reader].append((path, sum(each.form is not None for each in found)))
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(f"Python {sys.version.split()[0]}, one core, warm, best of {options.rounds}; load {load:.1f}\n")
        print(f"{'':14}{'':44}{'forms/s':>9}{'forms/s':>9}{'':>8}{'':>8}")
        print(f"{'carrier':14}{'what':44}{'CPU':>9}{'wall':>9}{'wanted':>8}{'forms':>8}")
        for reader, pile in piles.items():
            rows: list[tuple[str, Callable[[Path], object], str]] = [
                *((name, call, "") for name, call in PLAIN[reader]),
                ("skjemaflyt: reading", reading, ""),
                ("skjemaflyt: reading to checked fields", chain, f"{WANTED[reader]:.0f}"),
            ]
            for name, call, wanted in rows:
                taken = [(path, forms) for path, forms in pile if call is not word_text or opens(path)]
                total = sum(forms for _, forms in taken)
                cpu, wall = timed(call, [path for path, _ in taken], options.rounds)
                rates = f"{total / cpu:>9.1f}{total / wall:>9.1f}"
                print(f"{NAMES[reader]:14}{name:44}{rates}{wanted:>8}{total:>8}")
        taken = unopened(piles[Reader.PDF_TEXT], Path(folder))
        total = sum(forms for _, forms in taken)
        cpu, wall = timed(chain, [path for path, _ in taken], options.rounds)
        rates = f"{total / cpu:>9.1f}{total / wall:>9.1f}"
        print(f"{'printed PDF':14}{'skjemaflyt: the same, through pdfplumber':44}{rates}{'3':>8}{total:>8}")


def unopened(pile: Sequence[tuple[Path, int]], folder: Path) -> list[tuple[Path, int]]:
    """The same files with a fault for which pdfium can't open their pages, so that pdfplumber reads them."""
    copies: list[tuple[Path, int]] = []
    for path, forms in pile:
        writer = PdfWriter(clone_from=path)
        for page in writer.pages:
            page[NameObject("/Kids")] = ArrayObject()
        copies.append((folder / f"unopened-{path.name}", forms))
        writer.write(copies[-1][0])
    return copies


def shipped() -> Iterable[Path]:
    """The blanks and the filled samples that come with the program."""
    folder = ROOT / "templates" / "forms"
    return sorted(p for p in folder.rglob("*") if p.suffix in {".docx", ".pdf"})


def drawn(folder: Path, seeds: int) -> Iterable[Path]:
    """Filled forms drawn at random, the same ones every time."""
    for form in LAYOUTS:
        for carrier in CARRIERS:
            for seed in range(900, 900 + seeds):
                yield generate(form, carrier, seed, folder).path


def timed(call: Callable[[Path], object], paths: Sequence[Path], rounds: int) -> tuple[float, float]:
    """The best round's seconds by processor and by clock, after one round that isn't counted."""
    cpu = wall = float("inf")
    for number in range(rounds + 1):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        for path in paths:
            call(path)
        if number:
            cpu = min(cpu, time.process_time() - cpu_start)
            wall = min(wall, time.perf_counter() - wall_start)
    return cpu, wall


def opens(path: Path) -> bool:
    """Whether python-docx takes the file: it refuses strict OOXML."""
    try:
        docx.Document(str(path))
    except KeyError:
        return False
    return True


def word_text(path: Path) -> str:
    """Open a Word file and go through its text, cells and all, as python-docx shows it."""
    return "\n".join(_texts(docx.Document(str(path))))


def _texts(holder: WordDocument | _Cell) -> Iterable[str]:
    for piece in holder.iter_inner_content():
        if isinstance(piece, Table):
            for row in piece.rows:
                for cell in row.cells:
                    yield from _texts(cell)
        else:
            yield piece.text


def fields_and_text(path: Path) -> object:
    """The fields by pypdf and the text by pdfium."""
    fields = PdfReader(path).get_fields()
    return fields, pdfium_text(path)


def pdfium_text(path: Path) -> list[str]:
    """Every page's text by pdfium."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def words_and_tables(path: Path) -> object:
    """Every page's words and tables by pdfplumber, one page at a time."""
    found = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            found.append((page.extract_words(), page.extract_tables()))
            page.close()
    return found


PLAIN: dict[Reader, Sequence[tuple[str, Callable[[Path], object]]]] = {
    Reader.DOCX: (("python-docx: open, all text", word_text),),
    Reader.PDF_FIELDS: (("pypdf get_fields() and pdfium text", fields_and_text),),
    Reader.PDF_TEXT: (
        ("pdfium text", pdfium_text),
        ("pdfplumber words and tables", words_and_tables),
    ),
}


if __name__ == "__main__":
    main()
