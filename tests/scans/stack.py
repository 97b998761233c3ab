"""One call makes one scanned file: a form, or a stack of them with all that gets between."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np
import pypdfium2

from tests.generated.page import Para, style, words
from tests.scans.carry import SUFFIXES, carrier, save
from tests.scans.draw import Sheets, sheets
from tests.scans.filler import filler
from tests.scans.paper import Paper
from tests.scans.place import Placed
from tests.scans.scanner import Page, Scanned, Setting, paper, scan, setting

FORMS = {
    "need-notification": 35,
    "group-report": 25,
    "needs-checklist": 14,
    "stakeholder-map": 8,
    "group-consent": 18,
}
SAYS_ITS_PAGES = ("need-notification",)
"""Forms whose second page says that it is the second."""
LETTERS = (
    (
        "Til koordinerende enhet",
        "Vedlagt følger melding som avtalt på telefon i går.",
        "Ta kontakt dersom dere trenger flere opplysninger.",
        "Med vennlig hilsen",
        "avdelingsleder, oppvekst",
    ),
    (
        "Innkalling til foreldremøte",
        "Vi ønsker velkommen til møte på skolens bibliotek torsdag klokken 18.",
        "Det blir enkel servering. Barnepass ordnes ved behov.",
    ),
    (
        "Epikrise",
        "Innlagt til utredning i uke 14. Funn og vurdering er sendt fastlegen.",
        "Videre oppfølging hos fysioterapeut i kommunen, kontroll om seks måneder.",
    ),
)


@dataclass(kw_only=True)
class Part:
    """One form of the file."""

    made: Sheets
    pages: list[int] = field(default_factory=list)
    """Where its pages are in the file, in the form's own order, from 1."""
    twice: list[int] = field(default_factory=list)
    """Pages of it that were scanned again."""
    readable: bool = True


@dataclass(kw_only=True)
class Sheet:
    """A page to be put in the feeder."""

    what: str
    """`form`, `blank`, `unknown` or `twice`."""
    part: int = -1
    own: int = 0
    """Which of the form's pages it is, from 0."""


@dataclass(kw_only=True)
class Scan:
    """One file on disk and all that is known of it."""

    seed: int
    path: Path
    carrier: str
    made: Setting
    parts: list[Part]
    sheets: list[Sheet]
    pages: list[Scanned]
    seconds: float = 0.0
    """Processor time to make it."""

    @property
    def others(self) -> set[int]:
        """Pages that belong to no form."""
        return {number for number, sheet in enumerate(self.sheets, 1) if sheet.what in ("blank", "unknown")}

    @property
    def damages(self) -> list[str]:
        return sorted({damage.name for page in self.pages for damage in page.damages})


def make(
    seed: int,
    folder: Path,
    *,
    forms: Sequence[str] = (),
    damages: Sequence[str] = (),
    by_hand: float = 0.25,
    single: bool = False,
) -> Scan:
    """The file of this seed; `damages` names what every page must suffer, `single`: never a stack."""
    start = time.process_time()
    rng = Random(f"scans/{seed}")
    alone = single or rng.random() < 0.7
    names = list(forms or FORMS)
    weights = [FORMS.get(name, 10) for name in names]
    drawn = rng.choices(names, weights, k=1 if alone else rng.randint(2, 4))
    parts = [Part(made=sheets(name, seed * 10 + at, by_hand=by_hand)) for at, name in enumerate(drawn)]
    made = setting(rng, damages)
    pdfs = [pypdfium2.PdfDocument(part.made.pdf) for part in parts]
    order = plan(parts, [len(pdf) for pdf in pdfs], rng, alone=alone)
    pages: list[Scanned] = []
    white: Page | None = None
    for number, sheet in enumerate(order, 1):
        if sheet.what in ("form", "twice"):
            picture = paper(pdfs[sheet.part], sheet.own, made)
            (parts[sheet.part].pages if sheet.what == "form" else parts[sheet.part].twice).append(number)
            white = picture
        elif sheet.what == "unknown":
            letter = pypdfium2.PdfDocument(unknown(rng))
            picture = paper(letter, 0, made)
            letter.close()
        else:
            picture = back(white, made, rng)
        page = scan(picture, made, rng)
        pages.append(page)
        if sheet.what == "form":
            parts[sheet.part].readable &= page.readable(parts[sheet.part].made.places.smallest)
    for pdf in pdfs:
        pdf.close()
    for at, part in enumerate(parts):
        part.pages.sort(key=lambda number: order[number - 1].own)
        assert part.pages
        assert all(order[number - 1].part == at for number in part.pages)
    kind = carrier(rng, len(pages))
    path = folder / f"scan-{seed:06}{SUFFIXES.get(kind, '.pdf')}"
    said = [spoken(parts, sheet) for sheet in order]
    save(pages, said, kind, path, quality=made.quality, bilevel=made.bilevel, rng=rng)
    return Scan(
        seed=seed,
        path=path,
        carrier=kind,
        made=made,
        parts=parts,
        sheets=order,
        pages=pages,
        seconds=time.process_time() - start,
    )


def plan(parts: Sequence[Part], counts: Sequence[int], rng: Random, *, alone: bool) -> list[Sheet]:
    """In which order pages lie in the feeder."""
    backs = rng.random() < (0.06 if alone else 0.25)
    order: list[Sheet] = []
    for at, (part, count) in enumerate(zip(parts, counts, strict=True)):
        own = [Sheet(what="form", part=at, own=page) for page in range(count)]
        if count > 1 and part.made.filled.form in SAYS_ITS_PAGES and rng.random() < 0.08:
            own = own[1:2] + own[:1] + own[2:]
        if rng.random() < (0.01 if alone else 0.04):
            own.insert(1, Sheet(what="twice", part=at, own=own[0].own))
        if not alone and rng.random() < 0.07:
            own.append(Sheet(what="unknown"))
        for sheet in own:
            order.append(sheet)
            if backs and sheet.what != "twice":
                order.append(Sheet(what="blank"))
    return order


def back(front: Page | None, made: Setting, rng: Random) -> Page:
    """An empty back, through which the front may show."""
    shape = (round(841.89 * made.dpi / 72), round(595.28 * made.dpi / 72))
    white = np.full((*shape, 3) if made.colour else shape, 255, np.uint8)
    if front is None or rng.random() < 0.5:
        return white
    share = rng.uniform(0.03, 0.14)
    return cv2.subtract(np.full_like(front, 255), cv2.multiply(255 - cv2.flip(front, 1), share))


def unknown(rng: Random) -> bytes:
    """A letter that is none of the forms."""
    drawn = style(rng)
    sheet = Paper(drawn, rng, filler(rng, by_hand=0))
    head, *rest = rng.choice(LETTERS)
    return sheet.data([words(head, bold=True), Para(), *(words(text) for text in rest)])


def spoken(parts: Sequence[Part], sheet: Sheet) -> list[Placed]:
    """All words on a page."""
    if sheet.part < 0:
        return []
    return [
        placed for placed in parts[sheet.part].made.places.all if placed.page == sheet.own and placed.text
    ]


def truth(made: Scan) -> dict[str, Any]:
    """All that is known of a file, with where things stand in pixels of its pages."""
    return {
        "file": made.path.name,
        "seed": made.seed,
        "carrier": made.carrier,
        "dpi": made.made.dpi,
        "pages": [
            {
                "page": number,
                "what": sheet.what,
                "form": made.parts[sheet.part].made.filled.form if sheet.part >= 0 else None,
                "damages": [str(damage) for damage in page.damages],
                "drawn": placed(made, sheet, page),
            }
            for number, (sheet, page) in enumerate(zip(made.sheets, made.pages, strict=True), 1)
        ],
        "forms": [
            {
                "form": part.made.filled.form,
                "pages": part.pages,
                "mode": part.made.filler.mode,
                "readable": part.readable,
                "truth": part.made.filled.truth,
                "notes": part.made.filled.notes,
            }
            for part in made.parts
        ],
    }


def placed(made: Scan, sheet: Sheet, page: Scanned) -> list[dict[str, Any]]:
    if sheet.part < 0:
        return []
    return [
        {
            "kind": item.kind,
            "field": item.field,
            "text": item.text,
            "manner": item.manner,
            "bare": item.bare,
            "corners": [(round(x, 1), round(y, 1)) for x, y in page.pixels(item.box)],
        }
        for item in made.parts[sheet.part].made.places.all
        if item.page == sheet.own
    ]


def keep(made: Scan) -> None:
    """Writes the truth beside the file."""
    text = json.dumps(truth(made), ensure_ascii=False, indent=1)
    made.path.with_suffix(made.path.suffix + ".json").write_text(text, encoding="utf-8")
