"""Letters per second: as Word beside bare docxtpl on the same template and data, as PDF in batches. Run: ``python benchmarks/bench_letters.py``."""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from docxtpl import DocxTemplate

from pipeline.letters import Composed, LetterSpec, PdfPress, load_letters, render
from tests.letters.world import ORDERS, TEMPLATES, composed, order

ROUNDS = 15
PDF_LETTERS = 60


def main() -> None:
    """Print the table."""
    started = time.perf_counter()
    specs = load_letters(TEMPLATES)
    loaded = time.perf_counter() - started
    work: list[tuple[LetterSpec, dict[str, object]]] = []
    for name in ORDERS:
        made = composed(specs, order(name))
        assert isinstance(made, Composed)
        work.append((specs[ORDERS[name][0]], dict(made.data)))
    ours = rate(render, work)
    bare = rate(bare_docxtpl, work)
    compose_rate = rate_of_composing(specs)
    print(f"{'':34}{'letters/s':>10}{'ratio':>8}")
    print(f"{'bare docxtpl':34}{bare:>10.1f}{1.0:>8.2f}")
    print(f"{'render (Word)':34}{ours:>10.1f}{ours / bare:>8.2f}")
    print(f"{'compose (data only)':34}{compose_rate:>10.1f}")
    print(f"load and check 15 templates: {loaded:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        files = []
        for number in range(PDF_LETTERS):
            spec, data = work[number % len(work)]
            files.append(room / f"{number}.docx")
            files[-1].write_bytes(render(spec, data))
        press = PdfPress(room / "profiles", time_limit=120)
        if not press.available:
            print("PDF: LibreOffice is not installed")
            return
        press.print(files[:1], room / "warm")
        started = time.perf_counter()
        result = press.print(files, room / "out")
        taken = time.perf_counter() - started
        assert all(isinstance(made, Path) for made in result.values())
        print(f"{f'PDF/A-2b, one batch of {PDF_LETTERS}':34}{PDF_LETTERS / taken:>10.1f}")


def bare_docxtpl(spec: LetterSpec, data: dict[str, object]) -> bytes:
    """What docxtpl does by itself: a new object for each letter, escaping on."""
    template = DocxTemplate(io.BytesIO(spec.template))
    template.render(data, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def rate(
    make: Callable[[LetterSpec, dict[str, object]], bytes], work: list[tuple[LetterSpec, dict[str, object]]]
) -> float:
    """Letters a second, warm."""
    for spec, data in work:
        make(spec, data)
    started = time.perf_counter()
    for _ in range(ROUNDS):
        for spec, data in work:
            make(spec, data)
    return ROUNDS * len(work) / (time.perf_counter() - started)


def rate_of_composing(specs: object) -> float:
    """Data sets a second."""
    started = time.perf_counter()
    for _ in range(ROUNDS):
        for name in ORDERS:
            composed(specs, order(name))  # type: ignore[arg-type]
    return ROUNDS * len(ORDERS) / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
