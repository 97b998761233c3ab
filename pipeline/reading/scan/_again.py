"""Found values read once more: what both readers say is sure, what they don't agree on keeps the better guess and a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from pipeline.domain import Block, Box, Line, Page, Piece, SigningPlace, Table, ValuePlace, Word, union
from pipeline.reading.scan._agreement import SURE, SecondReading, agree, folded, witnessed
from pipeline.reading.scan._choosing import NAMES, chosen, marked
from pipeline.reading.scan._figures import DATES, PHONES
from pipeline.reading.scan._regions import Regions
from pipeline.reading.scan._signing import signed_page

TOWN, DATE, SIGNATURE = "town", "date", "signature"
TRUSTED = 0.5
"""A second reading surer than this is the better guess where both differ."""
SPACED = frozenset({"text", "person", "place", TOWN})
"""Kinds of value in which a space has meaning."""
UNSPACED = 0.8
"""The most that a value is sure whose words may be parted wrongly."""
ADDRESS = "address"
"""An e-mail address among other words; read as one, with the marks that part it from them."""
MIXED = frozenset({"contact", "text"})
"""Kinds of value that may hold an e-mail address among other words."""
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
_SPECKS = re.compile(r"[,;:'’`]")
_LONE_DASH = re.compile(r"(?<=\s)[-–](?=\s)")
"""Hyphen or en dash between words: fonts differ so much that only both readers together know."""
_LONE_LETTER = re.compile(r"(?<!\d )(?<!\S)[b-df-hj-np-z](?!\S)")
_DOTLESS = re.compile(r"[bcdfghjkmnpqrstvwxz]ll|lll|(?<=[^\W\d_]{2})[bdgkmnpstv]l(?!\w)")
"""An ``l`` where no word has one: on a fax the dot of an ``i`` is lost to both readers («Grønll», «Kirstl»)."""
_CAPITAL_WITHIN = re.compile(r"[^\W\d_A-ZÆØÅ](?=[A-ZÆØÅ])")
"""A capital after a small letter: two words between which both readers may have lost the blank («KystlegenAS»)."""
_QUOTATION = frozenset('"“”„«»')
_EDGE_MARKS = ".,;:·'`|"
HAND_AT_MOST = 0.85
"""However well two readers agree on handwriting, a person looks."""


def read_again(region: Sequence[Page], places: Sequence[ValuePlace], regions: Regions) -> tuple[Page, ...]:
    """The region's pages with the words in these places settled. Words elsewhere stay as they are."""
    wanted: dict[int, list[ValuePlace]] = {}
    for place in places:
        wanted.setdefault(place.page, []).append(place)
    return tuple(
        _Again(page, wanted[page.number], regions).page() if page.scanned and page.number in wanted else page
        for page in region
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
        first = _text(run)
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


def _broken(text: str) -> bool:
    """Whether a small letter stands alone that is no word: a piece of one («t idlig»); after a number it is a house's."""
    return _LONE_LETTER.search(text) is not None


def _quotes(text: str) -> str:
    """The quotation marks of a text, in order: which kind they are only both readers together know."""
    return "".join(char for char in text if char in _QUOTATION)


def _joined(left: Word, right: Word) -> bool:
    """Whether two words are one but for a blank at a dot, a hyphen or an underscore."""
    if left.box is None or right.box is None:
        return False
    away = (right.box.x0 - left.box.x1) / (left.box.bottom - left.box.top)
    if _LOCAL.fullmatch(left.text) and _SIGNED.match(right.text):
        return away <= PARTED_AT
    return away <= JOINED and (left.text[-1:] in _WITHIN or right.text[:1] in _WITHIN)


def _ends_in_speck(run: list[Word]) -> bool:
    """Whether a mark stands alone after the last word: no stop is written apart from its word."""
    return len(run) > 1 and not run[-1].text.strip(_EDGE_MARKS)


def _edged(run: list[Word], other: str, kind: str) -> list[Word]:
    """The words without marks at their outer edges that the other reader doesn't see: dust, or the end of a line."""
    while _ends_in_speck(run) and (kind in SPACED or not other.endswith(" " + run[-1].text)):
        run = run[:-1]
    if kind in NAMES and len(run) > 1 and not run[0].text.strip(_EDGE_MARKS) and other[:1].isalpha():
        run = run[1:]
    first, last = run[0], run[-1]
    bare = first.text.lstrip(_EDGE_MARKS)
    if bare and bare != first.text and not other.startswith(first.text[0]):
        run = [replace(first, text=bare), *run[1:]]
        last = run[-1]
    bare = last.text.rstrip(_EDGE_MARKS)
    if bare and bare != last.text and not other.endswith(last.text[-1]):
        run = [*run[:-1], replace(last, text=bare)]
    return run


def _text(run: list[Word]) -> str:
    return "".join(("" if word.glued else " ") + word.text for word in run).strip()


def _respaced(run: list[Word], first: str, second: str) -> list[Word]:
    """The first reading's letters, parted as in the second; nothing where they aren't as many."""
    letters = iter("".join(first.split()))
    box = union([word.box for word in run])
    if box is None or len("".join(first.split())) != len("".join(second.split())):
        return []
    text = "".join(" " if char.isspace() else next(letters) for char in second.strip())
    step = (box.x1 - box.x0) / len(text)
    return [
        Word(
            text=found.group(),
            box=Box(box.x0 + found.start() * step, box.top, box.x0 + found.end() * step, box.bottom),
        )
        for found in re.finditer(r"\S+", text)
    ]


def settled(run: list[Word], second: SecondReading, kind: str) -> list[Word]:
    """The words of one run after the second reading."""
    if kind == "phone":
        run = [replace(word, text=_SPECKS.sub("", word.text) or word.text) for word in run]
    first = _text(run)
    words = [word for word in run if any(char.isalnum() for char in word.text)]
    sure = agree(first, second, kind, min((word.confidence for word in words), default=1.0))
    alike = first.split() == second.text.split()
    parted = second.parted > 0 and not alike
    if kind in SPACED and not (second.spaced or alike or parted):
        sure = min(sure, UNSPACED)
    if kind in SPACED and _LONE_DASH.findall(first) != _LONE_DASH.findall(second.text):
        sure = min(sure, UNSPACED)
    if kind in SPACED and (_broken(first) or _quotes(first) != _quotes(second.text)):
        sure = min(sure, UNSPACED)
    if kind == "person" and any(len(word.text) == 1 and word.text.islower() for word in words):
        sure = min(sure, UNSPACED)
    if kind in SPACED | MIXED and (_DOTLESS.search(first) or _CAPITAL_WITHIN.search(first)):
        sure = min(sure, UNSPACED)
    if kind in SPACED and _ends_in_speck(run) and second.text.endswith(" " + run[-1].text):
        sure = min(sure, UNSPACED)
    if second.hand:
        sure = min(sure, HAND_AT_MOST)
    same = folded(first, kind) == folded(second.text, kind)
    differs = second.text and not same and second.confidence >= TRUSTED and not second.hand
    text = second.text if second.replaces else chosen(first, second.text, kind) if differs else ""
    others = second.text.split()
    if same and not text and len(others) == len(run):
        run = [replace(word, text=marked(word.text, other)) for word, other in zip(run, others, strict=True)]
    if parted and same and not text and kind in SPACED:
        respaced = _respaced(run, first, second.text)
        if respaced:
            return [replace(word, confidence=sure) for word in respaced]
        sure = sure if second.spaced else min(sure, UNSPACED)
    if not text:
        return [replace(word, confidence=sure) for word in _edged(run, second.text, kind)]
    box = union([word.box for word in run])
    texts = text.split() or [text]
    if len(texts) == len(run):
        return [replace(word, text=text, confidence=sure) for word, text in zip(run, texts, strict=True)]
    return [Word(text=" ".join(texts), box=box, confidence=sure)]
