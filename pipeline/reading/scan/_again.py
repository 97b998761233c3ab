"""Found values read once more: what both readers say is sure, what they don't agree on keeps the better guess and a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from pipeline.domain import Block, Line, Page, Piece, SigningPlace, Table, ValuePlace, Word, union
from pipeline.reading.scan._regions import Regions
from pipeline.reading.scan._signing import signed_page
from pipeline.reading.scan.text._agreement import ALONE, SURE, folded, witnessed
from pipeline.reading.scan.text._figures import DATES, PHONES
from pipeline.reading.scan.text._settling import MIXED, settled, text_of

TOWN, DATE, SIGNATURE = "town", "date", "signature"
ADDRESS = "address"
"""An e-mail address among other words; read as one, with the marks that part it from them."""
_ADDRESS = re.compile(r"[^\s@]{2,}[@&€£][^\s@]{2,}|\w[\w.+&€£-]{7,}\.[a-zA-Z]{2,7}[,;:/]?")
"""What may be an e-mail address, also where a reader that knows no ``@`` has read it."""
JOINED = 0.35
"""The widest blank within an address, as a share of a word's height."""
_WITHIN = frozenset(".-_@&€")
PARTED_AT = 0.7
"""The widest blank before the sign of an address that Tesseract takes for another letter, as a share of a word's height."""
_LOCAL, _SIGNED = re.compile(r"[\w.+-]*[a-z\d]"), re.compile(r"[@&€£©GØOQ](?=[^\s@&€£]+\.[a-z]{2,})")
_NUMBER = re.compile(r"\+?(?:[ .,;:'-]{0,2}\d){8,14}")
"""A telephone, with what specks beside its figures are taken for."""


def read_again(region: Sequence[Page], places: Sequence[ValuePlace], regions: Regions) -> tuple[Page, ...]:
    """The region's pages with the words in these places settled. Words elsewhere were read once: no value is sure by them."""
    wanted: dict[int, list[ValuePlace]] = {}
    for place in places:
        wanted.setdefault(place.page, []).append(place)
    return tuple(
        _Again(page, wanted.get(page.number, []), regions).page() if page.scanned else page for page in region
    )


def signed_again(
    region: Sequence[Page], signing: Sequence[SigningPlace], values: Sequence[ValuePlace], regions: Regions
) -> tuple[Page, ...]:
    """The region's pages with the ink that is a signature at one of these places, and no other."""
    wanted: dict[int, list[SigningPlace]] = {}
    for place in signing:
        wanted.setdefault(place.page, []).append(place)
    pages: list[Page] = []
    for page in region:
        seen = regions.look(page.number) if page.scanned and page.number in wanted else None
        if seen is None:
            pages.append(page)
            continue
        # What was read in a signature's own place may have been read from it.
        boxes = [value.box for value in values if value.page == page.number and value.kind != SIGNATURE]
        others = regions.words(boxes, page.number)
        pages.append(signed_page(page, wanted[page.number], seen, regions.printed(page.number), others))
    return tuple(pages)


class _Again:
    """One page read again."""

    def __init__(self, page: Page, places: list[ValuePlace], regions: Regions) -> None:
        self._page = page
        self._places = places
        self._regions = regions

    def page(self) -> Page:
        return replace(self._page, blocks=tuple(self._block(block) for block in self._page.blocks))

    def _block(self, block: Block) -> Block:
        if isinstance(block, Line):
            return replace(block, pieces=tuple(self._pieces(block.pieces)))
        return self._table(block)

    def _table(self, table: Table) -> Table:
        cells = tuple(
            replace(cell, blocks=tuple(self._block(block) for block in cell.blocks)) for cell in table.cells
        )
        return replace(table, cells=cells)

    def _pieces(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """Each run of words that lie in one place is read again as a whole."""
        run: list[Word] = []
        kinds: list[str] = []
        for piece, here in zip(pieces, self._kinds(pieces), strict=True):
            if run and here != kinds[-1] and {here, *kinds} != {TOWN, DATE}:
                yield from self._run(run, kinds)
                run, kinds = [], []
            if here is not None and isinstance(piece, Word):
                run.append(piece)
                kinds.append(here)
            elif isinstance(piece, Word):
                yield replace(piece, confidence=min(piece.confidence, ALONE))
            else:
                yield piece
        if run:
            yield from self._run(run, kinds)

    def _run(self, run: list[Word], kinds: list[str]) -> Iterator[Word]:
        """A place and a date in one entry are read together; only where the readers differ each by itself."""
        if len(set(kinds)) > 1:
            whole = self._settled(run, "text", alike=True)
            if whole:
                yield from whole
                return
        for kind, words in groupby(zip(run, kinds, strict=True), key=lambda each: each[1]):
            yield from self._settled([word for word, _ in words], kind)

    def _kinds(self, pieces: Sequence[Piece]) -> list[str | None]:
        """The kind of each piece's value. Tesseract parts addresses at their dots: such parts belong to the address."""
        kinds = [
            self._kind(piece) if isinstance(piece, Word) and not piece.struck else None for piece in pieces
        ]
        for way in (1, -1):
            order = list(range(len(pieces)))[::way]
            for here, after in pairwise(order):
                left, right = pieces[min(here, after)], pieces[max(here, after)]
                if kinds[here] != ADDRESS or kinds[after] not in MIXED:
                    continue
                if isinstance(left, Word) and isinstance(right, Word) and _joined(left, right):
                    kinds[after] = ADDRESS
        return kinds

    def _kind(self, word: Word) -> str | None:
        """The kind of value that a word belongs to, None when to none; ``text`` when to values of several kinds."""
        if word.box is None:
            return None
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        kinds = {
            place.kind
            for place in self._places
            if place.box.x0 - 0.5 <= x <= place.box.x1 + 0.5 and place.box.top <= y <= place.box.bottom
        }
        if not kinds:
            return None
        kind = kinds.pop() if len(kinds) == 1 else "text"
        return ADDRESS if kind in MIXED and _ADDRESS.fullmatch(word.text) else kind

    def _settled(self, run: list[Word], kind: str, *, alike: bool = False) -> list[Word]:
        """The words of a run after the second reading; ``alike``: nothing where the readers differ."""
        box = union([word.box for word in run])
        if box is None:
            return run
        first = text_of(run)
        kind = "phone" if kind == "contact" and _NUMBER.fullmatch(first) else kind
        second = self._regions.second(self._page.number, box, kind)
        if second.replaces:
            second = witnessed(second, first)
        if kind == ADDRESS and "@" not in second.text:
            kind = "text"
            second = self._regions.second(self._page.number, box, kind)
        if kind in MIXED and "@" in second.text and len(second.text.split()) == 1:
            kind = ADDRESS
            second = witnessed(self._regions.second(self._page.number, box, kind), first)
        same = folded(first, kind) == folded(second.text, kind)
        if alike and not same:
            return []
        figures = ""
        if not same and kind in DATES | PHONES:
            figures = self._regions.figured(self._page.number, box, kind, (first, second.text))
        if kind == TOWN and not same and second.reader.startswith("tesseract"):
            # It could not read the whole line: what it takes a part of it for is no better guess than the first.
            second = replace(second, hand=True)
        if figures:
            second = replace(second, text=figures, replaces=True, witness="", hand=True)
        if second.text and not second.replaces and (not same or second.confidence < SURE):
            second = self._regions.closer(self._page.number, box, kind, first, second)
        return settled(run, second, kind)


def _joined(left: Word, right: Word) -> bool:
    """Whether two words are one but for a blank at a dot, a hyphen or an underscore."""
    if left.box is None or right.box is None:
        return False
    away = (right.box.x0 - left.box.x1) / (left.box.bottom - left.box.top)
    if _LOCAL.fullmatch(left.text) and _SIGNED.match(right.text):
        return away <= PARTED_AT
    return away <= JOINED and (left.text[-1:] in _WITHIN or right.text[:1] in _WITHIN)
