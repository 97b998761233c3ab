"""Words of a line that take another spelling, and which words of a page's lines stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from pipeline.domain import Block, Box, Line, Piece, Word, union
from pipeline.recognition._cues import keyed

LEVEL = 6.0
"""Points: lines of one label begin within so much of each other."""


def parted_like(printed: tuple[str, ...], keys: list[str]) -> tuple[str, ...]:
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


def spelt(run: list[Word], printed: tuple[str, ...]) -> list[Word]:
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


def signs(texts: Sequence[str]) -> str:
    """The signs of a text that are no letters, but for those that may end it."""
    whole = "".join(texts)
    whole = whole.rstrip(":.") if texts and keyed(texts[-1]) else whole
    return "".join(sign for sign in whole if not sign.isalnum())


def runs(block: Block) -> list[list[Word]]:
    """The runs of words between a line's gaps, boxes and entries."""
    if not isinstance(block, Line):
        return []
    runs: list[list[Word]] = [[]]
    for piece in block.pieces:
        if isinstance(piece, Word) and not piece.struck:
            runs[-1].append(piece)
        else:
            runs.append([])
    return [run for run in runs if run]


def stands_under(lower: list[Word], upper: list[Word]) -> bool:
    """Whether a run of words begins where one begins, on the next line."""
    one, other = lower[0].box, upper[0].box
    if one is None or other is None:
        return False
    return abs(one.x0 - other.x0) <= LEVEL and -LEVEL <= one.top - other.bottom <= other.bottom - other.top


def swapped(block: Block, spelt: dict[int, Piece]) -> Block:
    if not isinstance(block, Line):
        return block
    return replace(block, pieces=tuple(spelt.get(id(piece), piece) for piece in block.pieces))


def only_words(line: Line) -> bool:
    return bool(line.pieces) and all(isinstance(piece, Word) and not piece.struck for piece in line.pieces)
