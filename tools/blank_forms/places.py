"""Where a form's fields stand on the pages LibreOffice printed."""

import io
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page

_MARK = re.compile(r"\{(\d+)\}")
_FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_BOX = 10.5  # a tick box's side in points
_INSET = 2.0  # from a cell's lines to the field
_LINE = 13.5  # a line of writing
_TALLEST = 17.0  # a field of one line beside print
_RISE = 3.6  # from the baseline to the middle of the letters


class PrintingError(RuntimeError):
    """LibreOffice didn't print a form."""


Box = tuple[float, float, float, float]  # left, top, right, bottom from the upper left corner
Char = dict[str, Any]  # as pdfplumber tells of it


@dataclass(frozen=True, kw_only=True)
class Place:
    """A field's rectangle: the page counted from 0; points from the page's lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def print_pdfs(documents: Mapping[str, bytes], *, seconds: int = 120) -> dict[str, bytes]:
    """Prints Word files to tagged PDF in one LibreOffice call, by name; raises PrintingError."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in documents.items():
            Path(folder, f"{name}.docx").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", _FILTER, "--outdir", folder]
        command += [str(Path(folder, f"{name}.docx")) for name in documents]
        office = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            office.wait(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
            raise PrintingError("LibreOffice took too long") from error
        printed = {name: Path(folder, f"{name}.pdf") for name in documents}
        missing = [name for name, path in printed.items() if not path.exists()]
        if missing:
            raise PrintingError(f"LibreOffice printed nothing of {', '.join(missing)}")
        return {name: path.read_bytes() for name, path in printed.items()}


def find_places(marked: bytes, kinds: Sequence[str]) -> list[Place]:
    """The places of fields 0, 1, 2 … of these kinds, from a print where `{n}` stands where field n begins."""
    found: dict[int, Place] = {}
    with pdfplumber.open(io.BytesIO(marked)) as pdf:
        for index, page in enumerate(pdf.pages):
            found |= _on_page(page, index, kinds)
    missing = set(range(len(kinds))) - set(found)
    if missing:
        raise PrintingError(f"fields without a place: {sorted(missing)}")
    return [found[number] for number in range(len(kinds))]


def _on_page(page: Page, index: int, kinds: Sequence[str]) -> dict[int, Place]:
    height = float(page.height)
    chars = [_on_baseline(char, height) for char in page.chars]
    tiny = [char for char in chars if char["size"] < 2]
    print_ = [char for char in chars if char["size"] >= 2 and not char["text"].isspace()]
    cells = page.debug_tablefinder().cells
    places = {}
    for mark in _MARK.finditer("".join(char["text"] for char in tiny)):
        at = tiny[mark.start()]
        number = int(mark[1])
        x, baseline = tiny[mark.end() - 1]["x1"], at["baseline"]
        around = [cell for cell in cells if cell[0] <= x <= cell[2] and cell[1] <= baseline <= cell[3]]
        cell = min(around, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None)
        if kinds[number] == "tick":
            box = _tick(x, baseline, cell, print_)
        elif cell is None:
            box = _on_rule(x, baseline, print_)
        else:
            box = _in_cell(x, baseline, cell, print_, several=kinds[number] == "lines")
        places[number] = Place(
            page=index,
            left=round(box[0], 2),
            bottom=round(height - box[3], 2),
            right=round(box[2], 2),
            top=round(height - box[1], 2),
        )
    return places


def _on_baseline(char: Char, height: float) -> Char:
    """A character with its baseline and its letters' height, which pdfplumber measures from the baseline."""
    baseline = height - float(char["matrix"][5])
    size = float(char["size"])
    return char | {"baseline": baseline, "top": baseline - 0.75 * size, "bottom": baseline + 0.22 * size}


def _tick(x: float, baseline: float, cell: Box | None, print_: list[Char]) -> Box:
    if cell and not _inside(print_, cell):
        middle_x, middle_y = (cell[0] + cell[2]) / 2, (cell[1] + cell[3]) / 2
        return middle_x - _BOX / 2, middle_y - _BOX / 2, middle_x + _BOX / 2, middle_y + _BOX / 2
    bottom = baseline + 1.4
    return x, bottom - _BOX, x + _BOX, bottom


def _on_rule(x: float, baseline: float, print_: list[Char]) -> Box:
    """The row of underscores that begins at the mark."""
    rule = sorted(
        (char for char in print_ if char["text"] == "_" and abs(char["baseline"] - baseline) < 3),
        key=lambda char: char["x0"],
    )
    end = x
    for char in rule:
        if char["x0"] >= x - 1 and char["x0"] <= end + 1:
            end = char["x1"]
    if end == x:
        raise PrintingError("a field outside a table needs a rule to stand on")
    return x, baseline - _LINE + 1, end, baseline + 1


def _in_cell(x: float, baseline: float, cell: Box, print_: list[Char], *, several: bool) -> Box:
    """The free part of a cell: right of what is printed on the line, between what is printed above and below.

    Beside print, a field of one line is laid around that line, so that what is typed stands on its baseline.
    """
    inside = _inside(print_, cell)
    line = [char for char in inside if abs(char["baseline"] - baseline) < 3 and char["x0"] < x + 1]
    above = [char["bottom"] for char in inside if char["baseline"] < baseline - 3]
    below = [char["top"] for char in inside if char["baseline"] > baseline + 3]
    left = max([x, *(char["x1"] + 1 for char in line)]) if line else cell[0] + _INSET + 1
    top = max([cell[1] + _INSET, *(low + 1 for low in above)])
    bottom = min([cell[3] - _INSET, *(high - 1 for high in below)])
    if line and not several:
        middle = baseline - _RISE
        half = min(middle - top, bottom - middle, _TALLEST / 2)
        top, bottom = middle - half, middle + half
    return left, top, cell[2] - _INSET, bottom


def _inside(print_: list[Char], cell: Box) -> list[Char]:
    return [
        char
        for char in print_
        if cell[0] <= (char["x0"] + char["x1"]) / 2 <= cell[2]
        and cell[1] <= (char["top"] + char["bottom"]) / 2 <= cell[3]
    ]
