"""Scanned pages a second, beside ``ocrmypdf -l nor --rotate-pages --deskew`` on the same files in the same run, and memory of a thick file.

Run: ``python benchmarks/bench_scans.py [--ocrmypdf PATH] [--pages 300]``. One core, warm, processor time; the best of a few rounds
counts. ``ocrmypdf`` is a program apart that this project doesn't need or install: it is looked for on the path or where ``--ocrmypdf``
says. Where there is none, plain ``tesseract`` reads the pages drawn at 300 dpi instead, and the table says so; that does less (no
turning, no straightening, no PDF).
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import psutil
import pypdfium2

from pipeline.wiring import reading_kit
from tests.scans.stack import Scan, make

ROOT = Path(__file__).parents[1]
FIRST = 230_500
FORMS = ("need-notification", "group-report", "group-consent")
WANTED = {"typed": 1.0, "handwritten": 2.0}
LIMIT = 700
"""MB that a worker may take for any input."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=6, help="files of each kind")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--pages", type=int, default=300, help="pages of the thick file; 0 leaves it out")
    parser.add_argument("--ocrmypdf", default=shutil.which("ocrmypdf") or "")
    options = parser.parse_args()
    kit = reading_kit(ROOT)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    other: tuple[str, Callable[[Path], object]] = ("tesseract on 300 dpi pictures", plain_tesseract)
    if options.ocrmypdf:
        other = ("ocrmypdf --rotate-pages --deskew", lambda path: ocr(options.ocrmypdf, path))
    with tempfile.TemporaryDirectory() as folder:
        piles = {
            "typed": drawn(Path(folder), options.files, 0.0),
            "handwritten": drawn(Path(folder), options.files, 1.0),
        }
        print(f"Python {sys.version.split()[0]}, one core, warm, best of {options.rounds}; load {load:.1f}\n")
        print(f"{'files':14}{'what':36}{'CPU s/page':>12}{'wanted':>9}{'pages':>7}{'times':>7}")
        for name, pile in piles.items():
            paths = [scan.path for scan in pile]
            pages = sum(len(scan.sheets) for scan in pile)
            ours = timed(kit.read, paths, options.rounds) / pages
            theirs = timed(other[1], paths, 1) / pages
            print(f"{name:14}{'skjemaflyt: to checked fields':36}{ours:>12.2f}{WANTED[name]:>9.1f}{pages:>7}")
            print(f"{name:14}{other[0]:36}{theirs:>12.2f}{'':>9}{pages:>7}{theirs / ours:>7.1f}")
        if options.pages:
            thick = stacked([scan.path for scan in piles["typed"]], options.pages, Path(folder))
            start = time.process_time()
            kit.read(thick)
            spent = (time.process_time() - start) / options.pages
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            now = psutil.Process().memory_info().rss // 2**20
            print(f"\n{options.pages} pages in one file: {spent:.2f} s CPU a page, greatest memory {most} MB")
            print(f"of this process (wanted: at most {LIMIT} MB), {now} MB afterwards")


def drawn(folder: Path, count: int, by_hand: float) -> list[Scan]:
    """Scanned PDFs drawn at random with their damage, the same ones every time."""
    found: list[Scan] = []
    seed = FIRST + (50_000 if by_hand else 0)
    while len(found) < count:
        made = make(seed, folder, forms=FORMS, by_hand=by_hand, single=True)
        if made.path.suffix == ".pdf":
            found.append(made)
        seed += 1
    return found


def stacked(paths: Sequence[Path], pages: int, folder: Path) -> Path:
    """One file of so many pages."""
    whole = pypdfium2.PdfDocument.new()
    sources = [pypdfium2.PdfDocument(path) for path in paths]
    while len(whole) < pages:
        for source in sources:
            whole.import_pages(source)
    for number in range(len(whole) - 1, pages - 1, -1):
        del whole[number]
    path = folder / "thick.pdf"
    whole.save(path)
    for document in (*sources, whole):
        document.close()
    return path


def timed(call: Callable[[Path], object], paths: Sequence[Path], rounds: int) -> float:
    """The best round's processor seconds, children's too; the first file once before, to warm up."""
    call(paths[0])
    best = float("inf")
    for _ in range(rounds):
        start = spent()
        for path in paths:
            call(path)
        best = min(best, spent() - start)
    return best


def spent() -> float:
    """Processor seconds of this process and of those it has waited for."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, who))


def ocr(program: str, path: Path) -> None:
    """The whole of ocrmypdf, as its users call it for a scanner."""
    with tempfile.TemporaryDirectory() as folder:
        asked = [
            "-l",
            "nor",
            "--rotate-pages",
            "--deskew",
            "--force-ocr",
            "--jobs",
            "1",
            "--output-type",
            "pdf",
        ]
        subprocess.run(
            [program, *asked, str(path), str(Path(folder) / "out.pdf")],
            check=True,
            capture_output=True,
            timeout=600,
        )


def plain_tesseract(path: Path) -> None:
    """Tesseract alone on pictures of the pages."""
    with tempfile.TemporaryDirectory() as folder, pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document):
            picture = Path(folder) / f"{number}.png"
            page.render(scale=300 / 72).to_pil().save(picture)
            subprocess.run(
                ["tesseract", str(picture), "-", "-l", "nor"], check=True, capture_output=True, timeout=600
            )


if __name__ == "__main__":
    main()
