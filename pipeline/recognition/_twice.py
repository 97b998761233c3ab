"""A sheet that went through the scanner twice, known by its words: nothing sure may differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

from pipeline.domain import Block, Document, Doubt, Ink, Line, Mark, MarkState, Page, Word
from pipeline.recognition._cues import keyed

SURE = 0.9
"""A word or mark read as surely as this on both pages must be the same on both."""
ALIKE = 0.8
"""Share of its words that a page must have in common with the one it repeats."""
LEAST_WORDS = 15
"""A page with fewer says too little to be known again."""
LONG = 6
"""Two readings of a word may differ in one of so many letters, and a word so long may have lost one at an end."""
LOOK_ALIKE = ("nuvh", "aåäæ", "oøöce", "iljtfr", "gqy", "bhk")
"""Letters that scans take for each other; figures are none of them."""
FEW_LETTERS = 3
"""A sure word no longer than this may be a speck, when it stands on one page alone."""
FEW_WORDS = 12
"""A stamp on one of the copies has no more sure words, and they are in capitals; a name or a note makes it another page."""
OTHER_LETTERS = 0.025
"""Share of a page's letters that may differ, however unsurely read: what another hand wrote differs in more."""
OTHER_WORD = 0.5
"""Of 1: words that differ in more are two words, however unsurely a hand's writing was read: two children's names."""
SIGNATURE = (25.0, 6.0)
"""Points: smaller ink is no signature."""


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
    """Whether two pages are one sheet: nothing that is sure on both differs, and no more than a stamp stands on one alone."""
    first, second = list(_words(one.blocks)), list(_words(other.blocks))
    if min(len(first), len(second)) < LEAST_WORDS:
        return False
    if _marks_differ(_marks(one.blocks), _marks(other.blocks)):
        return False
    if _signed(one.blocks) != _signed(other.blocks):
        return False
    keys, others = [keyed(word.text) for word in first], [keyed(word.text) for word in second]
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    if matcher.ratio() < ALIKE:
        return False
    changed = [(first[a:b], second[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    here, there = _unmatched(changed)
    added = [_alone(here), _alone(there)]
    return (
        _letters_apart(changed) <= OTHER_LETTERS * max(len(_joined(first)), len(_joined(second)))
        and not any(_contradicts(before, after) for before, after in changed)
        and all(len(words) <= FEW_WORDS and all(map(_stamped, words)) for words in added)
        and not all(added)
    )


def _contradicts(first: list[Word], second: list[Word]) -> bool:
    """Whether words that stand in the same place are other words: surely read as such, or unlike by far."""
    if not first or not second or _alike(_joined(first), _joined(second)):
        return False
    here, there = _joined(first), _joined(second)
    if min(len(here), len(there)) >= FEW_LETTERS and Indel.normalized_distance(here, there) > OTHER_WORD:
        return True
    one, other = _sure(first), _sure(second)
    return bool(one and other) and not _alike(one, other)


def _alike(one: str, other: str) -> bool:
    """Whether two words may be one that was read twice: blurred, broken otherwise into words, or cut at an end."""
    short, long = sorted((one, other), key=len)
    cut = len(long) - len(short) == 1 and len(long) >= LONG and not any(map(str.isdigit, long))
    return one == other or _blurred(one, other) or (cut and (long.startswith(short) or long.endswith(short)))


def _unmatched(changed: list[tuple[list[Word], list[Word]]]) -> tuple[list[Word], list[Word]]:
    """The words that stand on one page alone, without those that stand on the other in another place."""
    here = [word for before, after in changed if not after for word in before]
    there = [word for before, after in changed if not before for word in after]
    one, other = Counter(keyed(word.text) for word in here), Counter(keyed(word.text) for word in there)
    return (
        [word for word in here if keyed(word.text) not in other],
        [word for word in there if keyed(word.text) not in one],
    )


def _letters_apart(changed: Iterable[tuple[list[Word], list[Word]]]) -> float:
    """Letters read otherwise, where both pages have words; what stands on one alone is judged as a stamp is."""
    apart = 0.0
    for before, after in changed:
        if before and after:
            one, other = _joined(before), _joined(after)
            apart += Indel.normalized_distance(one, other) * max(len(one), len(other))
        else:
            unsure = (word for word in before or after if word.confidence < SURE)
            apart += len(_joined(unsure))
    return apart


def _stamped(word: Word) -> bool:
    return word.text == word.text.upper()


def _alone(words: list[Word]) -> list[Word]:
    return [word for word in words if word.confidence >= SURE and len(keyed(word.text)) > FEW_LETTERS]


def _blurred(one: str, other: str) -> bool:
    """Whether two words are as long, and other only in letters that scans take for each other."""
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


def _marks_differ(first: list[Mark], second: list[Mark]) -> bool:
    """Whether boxes are surely ticked otherwise; where one page shows more boxes, whether other many are ticked."""
    if len(first) == len(second):
        return any(_differ(*pair) for pair in zip(first, second, strict=True))
    ticked = [sum(mark.state is MarkState.ON for mark in marks) for marks in (first, second)]
    return ticked[0] != ticked[1]


def _differ(one: Mark, other: Mark) -> bool:
    states = {one.state, other.state}
    return len(states) > 1 and MarkState.UNSURE not in states


def _signed(blocks: Iterable[Block]) -> bool:
    """Whether ink as large as a signature stands there."""
    boxes = [ink.extent or ink.box for ink in _inks(blocks)]
    return any(
        box is None or (box.x1 - box.x0 >= SIGNATURE[0] and box.bottom - box.top >= SIGNATURE[1])
        for box in boxes
    )


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
