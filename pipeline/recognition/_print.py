"""Print that a scan blurred, mended: words that are nearly what a form prints become what it prints.

Recognition and extraction know labels by their letters. A scan loses the ring of an å or reads ``rn`` for ``m``; here,
in one place, such words take the spelling of the declared print, so that everything after it reads all carriers alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from pipeline.domain import Block, Box, Document, Ink, Line, Piece, Table, Word, union
from pipeline.forms import Forms, FormSpec
from pipeline.recognition._blurred import by_length, nearest, same_words, skeleton
from pipeline.recognition._cues import keyed
from pipeline.recognition._spelling import only_words, parted_like, runs, signs, spelt, stands_under, swapped

SHORTEST_PART = 10
"""Letters of the least part of a label that is known when the label is broken over lines."""
FEW = 2
"""Letters of a heading that are too few to be known by themselves."""
MOST_WORDS = 14
MOST_LINES = 5
"""Lines that a label is broken over at most."""
_BULLETS = frozenset("·•-–*")
BEFORE = (2, 2, 12)
"""Words and letters in each that the edge of a grey band before a heading is read as, and the least letters of such a heading."""
COVERED = 0.85
"""The share of what may be a hand's ink that words of print lie on where it is nothing but them."""


class Print:
    """What the forms print, made ready for comparing. One for all documents."""

    def __init__(self, forms: Forms) -> None:
        """Gather every form's print: headings, labels, column heads, options and fixed words."""
        self._keys: set[str] = set()
        self._phrases: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        for text in sorted({text for spec in forms for text in _printed(spec)}):
            self._add(tuple(text.split()))
        starts = {text for spec in forms for section in spec.sections for text in section.starts}
        self._short: dict[str, set[str]] = {}
        """By the letters of a column's heading, the headings of few letters right before it."""
        for before, after in {pair for spec in forms for pair in _neighbours(spec)}:
            self._short.setdefault(keyed(after), set()).add(before)
        self._headings = {key for key in map(keyed, starts) if len(key) >= BEFORE[2]}
        self._by_length = by_length(self._phrases)
        self._parts_by_length = by_length({**self._parts, **self._phrases})

    def _add(self, words: tuple[str, ...]) -> None:
        keys = [keyed(word) for word in words]
        whole = "".join(keys)
        if len(whole) < 3:
            return
        self._keys.add(whole)
        self._phrases.setdefault(skeleton(whole), words)
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                part = "".join(keys[start:end])
                if len(part) >= SHORTEST_PART:
                    self._keys.add(part)
                    self._parts.setdefault(skeleton(part), words[start:end])

    def mend(self, document: Document) -> Document:
        """The same document with blurred print mended; only pages that were scanned are touched."""
        if not any(page.scanned for page in document.pages):
            return document
        pages = tuple(
            replace(page, blocks=self._blocks(page.blocks)) if page.scanned else page
            for page in document.pages
        )
        return replace(document, pages=pages)

    def _blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Mend line by line, then what is broken over lines."""
        mended = [self._block(block) for block in blocks]
        for start in range(len(mended) - 1):
            for end in range(min(len(mended), start + MOST_LINES), start + 1, -1):
                lines = [
                    block for block in mended[start:end] if isinstance(block, Line) and only_words(block)
                ]
                if len(lines) == end - start and (found := self._over_lines(lines)):
                    mended[start:end] = found
        for start in range(len(mended) - 1):
            self._columns(mended, start)
        return tuple(mended)

    def _columns(self, blocks: list[Block], start: int) -> None:
        """Mend, in place, what is broken over lines beside other columns: the runs of words that stand one under the other."""
        first = blocks[start]
        if not isinstance(first, Line) or only_words(first):
            return
        for run in runs(first):
            chain = [run]
            for block in blocks[start + 1 : start + MOST_LINES]:
                under = next((one for one in runs(block) if stands_under(one, chain[-1])), None)
                if under is None:
                    break
                chain.append(under)
            for length in range(len(chain), 1, -1):
                found = self._over_lines([Line(pieces=tuple(words)) for words in chain[:length]])
                if found:
                    spelt = {
                        id(old): new
                        for words, line in zip(chain, found, strict=False)
                        for old, new in zip(words, line.pieces, strict=True)
                    }
                    for at in range(start, start + length):
                        blocks[at] = swapped(blocks[at], spelt)
                    break

    def _over_lines(self, lines: list[Line]) -> list[Line]:
        """Lines that together are nearly one printed text, in its spelling; nothing when they aren't, or are exactly."""
        words = [piece for line in lines for piece in line.pieces if isinstance(piece, Word)]
        keys = [keyed(word.text) for word in words]
        whole = "".join(keys)
        if len(whole) < SHORTEST_PART or whole in self._keys:
            return []
        printed = nearest(skeleton(whole), self._by_length)
        parted = parted_like(printed, [key for key in keys if key]) if printed is not None else ()
        if not parted:
            return []
        texts = iter(parted)
        spelt = [word if not keyed(word.text) else replace(word, text=next(texts)) for word in words]
        colon = words[-1].text.endswith(":") and not spelt[-1].text.endswith(":")
        spelt[-1] = replace(spelt[-1], text=spelt[-1].text + ":") if colon else spelt[-1]
        following = iter(spelt)
        return [replace(line, pieces=tuple(next(following) for _ in line.pieces)) for line in lines]

    def _block(self, block: Block) -> Block:
        if isinstance(block, Table):
            cells = tuple(replace(cell, blocks=self._blocks(cell.blocks)) for cell in block.cells)
            return replace(block, cells=cells)
        pieces = tuple(self._line(block))
        return block if pieces == block.pieces else replace(block, pieces=pieces)

    def _line(self, line: Line) -> Iterator[Piece]:
        """Mend each run of words between boxes, blanks and entries."""
        run: list[Word] = []
        for piece in self._inks_after(self._headed_shortly(self._whole(line.pieces))):
            if isinstance(piece, Word) and not piece.struck:
                run.append(piece)
                continue
            yield from self._headed(self._run(run))
            run = []
            yield piece
        yield from self._headed(self._run(run))

    def _whole(self, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """A heading of which a streak or a ruling line strikes but a part is not struck out."""
        words = [piece for piece in pieces if isinstance(piece, Word)]
        struck = [word for word in words if word.struck]
        if not struck or len(words) < len(pieces) or 2 * len(struck) > len(words):
            return pieces
        printed = nearest(skeleton("".join(keyed(word.text) for word in words)), self._by_length)
        if printed is None or "".join(map(keyed, printed)) not in self._headings:
            return pieces
        return tuple(replace(word, struck=False) for word in words)

    def _headed_shortly(self, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """«fa» right before «nei» is «ja»: so short a heading is known by the next one alone."""
        words = [piece for piece in pieces if isinstance(piece, Word)]
        spelt: dict[int, Piece] = {}
        for word, following in pairwise(words):
            for head in self._short.get(keyed(following.text), ()):
                if Levenshtein.distance(keyed(word.text), keyed(head)) == 1 and len(word.text) <= len(head):
                    spelt[id(word)] = replace(word, text=head)
        return tuple(spelt.get(id(piece), piece) for piece in pieces) if spelt else pieces

    def _headed(self, run: list[Word]) -> list[Word]:
        """A section's heading without what the edge of its grey band was read as before it."""
        for start in range(1, min(BEFORE[0], len(run) - 1) + 1):
            if len(run[start - 1].text) > BEFORE[1]:
                break
            if "".join(keyed(word.text) for word in run[start:]) in self._headings:
                return run[start:]
        return run

    def _inks_after(self, pieces: tuple[Piece, ...]) -> list[Piece]:
        """What may be ink of a hand comes after the words that it lies on; where all of them are print, it is none."""
        found = list(pieces)
        for ink in [piece for piece in pieces if isinstance(piece, Ink) and piece.box is not None]:
            under = [
                piece
                for piece in pieces
                if isinstance(piece, Word) and piece.box is not None and _within(piece.box, ink.box)
            ]
            if not under:
                continue
            found.remove(ink)
            if not (_covers(under, ink.box) and self._is_print(under)):
                found.insert(found.index(under[-1]) + 1, ink)
        return found

    def _is_print(self, words: list[Word]) -> bool:
        whole = "".join(keyed(word.text) for word in words)
        return len(whole) >= 3 and (
            whole in self._keys or nearest(skeleton(whole), self._by_length) is not None
        )

    def _run(self, run: list[Word]) -> list[Word]:
        keys = [keyed(word.text) for word in run]
        whole = "".join(keys)
        if len(whole) < 3:
            return run
        if whole in self._keys:
            return self._clean(run, whole)
        printed = nearest(skeleton(whole), self._parts_by_length) if len(whole) >= SHORTEST_PART else None
        if printed is not None and same_words(keys, printed):
            return spelt(run, printed)
        start = 0
        mended: list[Word] = []
        while start < len(run):
            end, printed = self._from(keys, start)
            if printed is None:
                mended.append(run[start])
                start += 1
            else:
                mended += spelt(run[start:end], printed)
                start = end
        return mended

    def _clean(self, run: list[Word], whole: str) -> list[Word]:
        """Print read to the letter, without the signs that specks and bullets were taken for."""
        bones = skeleton(whole)
        printed = self._phrases.get(bones) or self._parts.get(bones, ())
        start = 1 if run[0].text in _BULLETS else 0
        read, said = signs([word.text for word in run[start:]]), signs(printed)
        if "".join(map(keyed, printed)) != whole or read == said or len(read) < len(said):
            return run
        return [*run[:start], *spelt(run[start:], printed)]

    def _from(self, keys: list[str], start: int) -> tuple[int, tuple[str, ...] | None]:
        """The longest run of words from ``start`` that is print: where it ends, and its spelling (None: as it is)."""
        longest = min(len(keys), start + MOST_WORDS)
        for end in range(longest, start, -1):
            whole = "".join(keys[start:end])
            if len(whole) < 3 or not keys[start]:
                continue
            if whole in self._keys:
                return end, None
            printed = nearest(skeleton(whole), self._by_length)
            if printed is not None and same_words(keys[start:end], printed):
                return end, printed
        return start + 1, None


def _within(box: Box, other: Box | None) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return other is not None and other.x0 <= x <= other.x1 and other.top <= y <= other.bottom


def _covers(words: list[Word], box: Box | None) -> bool:
    """Whether nothing but these words can be what lies in a box."""
    whole = union([word.box for word in words])
    return whole is not None and box is not None and whole.x1 - whole.x0 >= COVERED * (box.x1 - box.x0)


def _neighbours(spec: FormSpec) -> Iterator[tuple[str, str]]:
    """Headings of few letters, each with one that stands in the column after it."""
    for one in spec.fields:
        for place in one.places:
            for heads, following in pairwise(place.columns.values()):
                for head in heads:
                    if 1 < len(keyed(head)) <= FEW:
                        yield from ((head, after) for after in following)


def _printed(spec: FormSpec) -> Iterator[str]:
    yield from (*spec.cues.titles, *spec.cues.continued, *spec.cues.cues, *spec.cues.with_it, *spec.static)
    for section in spec.sections:
        yield from section.starts
    for one in spec.fields:
        for place in one.places:
            yield from place.texts
            yield from place.prompts
            for heads in place.columns.values():
                yield from heads
