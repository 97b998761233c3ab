"""Print that a scan blurred, mended: words that are nearly what a form prints become what it prints.

Recognition and extraction know labels by their letters. A scan loses the ring of an å or reads ``rn`` for ``m``; here,
in one place, such words take the spelling of the declared print, so that everything after it reads all carriers alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from pipeline.domain import Block, Box, Document, Ink, Line, Piece, Table, Word, union
from pipeline.forms import Forms, FormSpec
from pipeline.recognition._blurred import by_length, nearest, same_words, skeleton
from pipeline.recognition._cues import keyed

SHORTEST_PART = 10
"""Letters of the least part of a label that is known when the label is broken over lines."""
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
                    block for block in mended[start:end] if isinstance(block, Line) and _only_words(block)
                ]
                if len(lines) == end - start and (found := self._over_lines(lines)):
                    mended[start:end] = found
        return tuple(mended)

    def _over_lines(self, lines: list[Line]) -> list[Line]:
        """Lines that together are nearly one printed text, in its spelling; nothing when they aren't, or are exactly."""
        words = [piece for line in lines for piece in line.pieces if isinstance(piece, Word)]
        keys = [keyed(word.text) for word in words]
        whole = "".join(keys)
        if len(whole) < SHORTEST_PART or whole in self._keys:
            return []
        printed = nearest(skeleton(whole), self._by_length)
        parted = _parted_like(printed, [key for key in keys if key]) if printed is not None else ()
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
        for piece in self._inks_after(self._whole(line.pieces)):
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
            return _spelt(run, printed)
        start = 0
        mended: list[Word] = []
        while start < len(run):
            end, printed = self._from(keys, start)
            if printed is None:
                mended.append(run[start])
                start += 1
            else:
                mended += _spelt(run[start:end], printed)
                start = end
        return mended

    def _clean(self, run: list[Word], whole: str) -> list[Word]:
        """Print read to the letter, without the signs that specks and bullets were taken for."""
        bones = skeleton(whole)
        printed = self._phrases.get(bones) or self._parts.get(bones, ())
        start = 1 if run[0].text in _BULLETS else 0
        read, said = _signs([word.text for word in run[start:]]), _signs(printed)
        if "".join(map(keyed, printed)) != whole or read == said or len(read) < len(said):
            return run
        return [*run[:start], *_spelt(run[start:], printed)]

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


def _parted_like(printed: tuple[str, ...], keys: list[str]) -> tuple[str, ...]:
    """Print parted into as many words as were read; nothing where that can't be told."""
    said = tuple(word for word in printed if keyed(word))
    if len(said) == len(keys):
        return said
    text = "".join(said)
    letters = [at for at, char in enumerate(text) if keyed(char)]
    if len(letters) != sum(map(len, keys)):
        return ()
    starts = [0, *(letters[at] for at in accumulate(map(len, keys[:-1])))]
    return tuple(text[a:b] for a, b in pairwise([*starts, len(text)]))


def _only_words(line: Line) -> bool:
    return bool(line.pieces) and all(isinstance(piece, Word) and not piece.struck for piece in line.pieces)


def _within(box: Box, other: Box | None) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return other is not None and other.x0 <= x <= other.x1 and other.top <= y <= other.bottom


def _covers(words: list[Word], box: Box | None) -> bool:
    """Whether nothing but these words can be what lies in a box."""
    whole = union([word.box for word in words])
    return whole is not None and box is not None and whole.x1 - whole.x0 >= COVERED * (box.x1 - box.x0)


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


def _signs(texts: Sequence[str]) -> str:
    """The signs of a text that are no letters, but for those that may end it."""
    whole = "".join(texts)
    whole = whole.rstrip(":.") if texts and keyed(texts[-1]) else whole
    return "".join(sign for sign in whole if not sign.isalnum())


def _spelt(run: list[Word], printed: tuple[str, ...]) -> list[Word]:
    """The run's words in the print's spelling; a colon at its end stays."""
    colon = ":" if run[-1].text.endswith(":") and not printed[-1].endswith(":") else ""
    texts = [*printed[:-1], printed[-1] + colon]
    if len(run) == len(texts):
        return [replace(word, text=text) for word, text in zip(run, texts, strict=True)]
    box = union([word.box for word in run])
    sure = min(word.confidence for word in run)
    total = sum(len(text) + 1 for text in texts)
    words: list[Word] = []
    done = 0
    for text in texts:
        place = None
        if box is not None:
            step = (box.x1 - box.x0) / total
            place = Box(box.x0 + done * step, box.top, box.x0 + (done + len(text)) * step, box.bottom)
        words.append(Word(text=text, box=place, confidence=sure))
        done += len(text) + 1
    return words
