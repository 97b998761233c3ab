"""A sheet that went through the scanner twice, known by its words: nothing sure may differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from pipeline.domain import Block, Document, Doubt, Ink, Line, Mark, MarkState, Page, Word
from pipeline.recognition._cues import keyed

SURE = 0.8
"""A word or mark read as surely as this on both pages must be the same on both."""
ALIKE = 0.9
"""Share of its words that a page must have in common with the one it repeats."""
LEAST_WORDS = 15
"""A page with fewer says too little to be known again."""
LONG = 6
"""Two readings of a word may differ in one of so many letters."""
LOOK_ALIKE = ("nuvh", "aåäæ", "oøöce", "iljtfr", "gqy", "bhk")
"""Letters that scans take for each other; figures are none of them."""
FEW_LETTERS = 3
"""A sure word no longer than this may be a speck, when it stands on one page alone."""


def doubles(document: Document) -> dict[int, int]:
    """The scanned pages that are the page before them once more, and which; empty backs between them don't count."""
    found: dict[int, int] = {}
    before: Page | None = None
    for page in document.pages:
        if not page.scanned or page.separator or not page.readable:
            before = None
        elif page.blocks:
            if before is not None and _same(before, page):
                found[page.number] = before.number
            else:
                before = page
    return found


def repeats(copy: int, original: int) -> Doubt:
    """What a person is told, so that nothing is laid aside unseen."""
    return Doubt(
        code="page-twice",
        text=f"Side {copy} ser ut til å være side {original} skannet en gang til, og er ikke tatt med. Se om det stemmer.",
    )


def _same(one: Page, other: Page) -> bool:
    first, second = list(_words(one.blocks)), list(_words(other.blocks))
    if min(len(first), len(second)) < LEAST_WORDS:
        return False
    marks, again = _marks(one.blocks), _marks(other.blocks)
    if len(marks) != len(again) or any(_differ(*pair) for pair in zip(marks, again, strict=True)):
        return False
    if bool(_inks(one.blocks)) != bool(_inks(other.blocks)):
        return False
    keys, others = [keyed(word.text) for word in first], [keyed(word.text) for word in second]
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    if matcher.ratio() < ALIKE:
        return False
    return not any(
        _contradicts(first[a:b], second[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    )


def _contradicts(first: list[Word], second: list[Word]) -> bool:
    """Whether words that stand in the same place are surely other words."""
    one, other = _joined(first), _joined(second)
    if one == other or _blurred(one, other):
        return False
    sure_one, sure_other = _sure(first), _sure(second)
    if sure_one and sure_other:
        return True
    alone = sure_one if not other else sure_other if not one else ""
    return len(alone) > FEW_LETTERS


def _blurred(one: str, other: str) -> bool:
    """Whether two words may be one that was read twice: as long, and other only in letters that scans take for each other."""
    if len(one) != len(other) or len(one) < LONG:
        return False
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(changed) <= len(one) // LONG and all(
        any(a in some and b in some for some in LOOK_ALIKE) for a, b in changed
    )


def _joined(words: Iterable[Word]) -> str:
    return "".join(keyed(word.text) for word in words)


def _sure(words: Iterable[Word]) -> str:
    return _joined(word for word in words if word.confidence >= SURE)


def _differ(one: Mark, other: Mark) -> bool:
    states = {one.state, other.state}
    return len(states) > 1 and MarkState.UNSURE not in states


def _words(blocks: Iterable[Block]) -> Iterator[Word]:
    for line in _lines(blocks):
        for piece in line.pieces:
            if isinstance(piece, Word) and not piece.struck and keyed(piece.text):
                yield piece


def _marks(blocks: Iterable[Block]) -> list[Mark]:
    return [piece for line in _lines(blocks) for piece in line.pieces if isinstance(piece, Mark)]


def _inks(blocks: Iterable[Block]) -> list[Ink]:
    return [piece for line in _lines(blocks) for piece in line.pieces if isinstance(piece, Ink)]


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            for cell in block.cells:
                yield from cell.lines
