"""Signatures where a form asks for them: each place judged on the picture, and what was judged put into the layout model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

import numpy as np

from pipeline.domain import Block, Box, Gap, Ink, InkKind, Line, Mark, Page, Piece, SigningPlace, Word, union
from pipeline.reading.scan.marks._sign_areas import LEAST_LINE, Looked, area_of
from pipeline.reading.scan.marks._signs import Claim, Signed, claims_on, said_of
from pipeline.reading.scan.text._text import PRINTED, SURELY_HAND

if TYPE_CHECKING:
    from pipeline.reading.scan._types import ReadWord, Sheet

FAINT, FAINTLY = 0.4, 0.45
"""Ink less dark than this share of the label's may shine through; so surely at most it was written here."""
MELTED = 30.0
"""Points: what was read as one word so high is two lines of writing that touch, one of them perhaps a signature."""
LETTERS = 3
"""A word of fewer letters may have been read from a scribble, however surely."""
FIGURES = 5
"""A word of so many figures was read from no signature: a telephone, a date."""
UNSURE = 0.55
"""How surely a hand wrote a well-read word that looks written."""
LEVEL = 3.0
"""Points that letters of one name stand higher or lower than another's."""
OWN = 0.3
"""The share of ink in two places' areas from which nobody can tell whose it is."""


def signed_page(
    page: Page, places: Sequence[SigningPlace], seen: Looked, known: Sequence[ReadWord], values: Sequence[Box]
) -> Page:
    """A page whose ink is what was judged at its places for signatures.

    ``known``: the words that are rather printed or typed; ``values``: other words, which are other fields' values. Words read
    from a signature are gone, as is other ink.
    """
    level = [rule for rule in seen.rules if rule.across and rule.end - rule.start >= LEAST_LINE]
    areas = [area_of(place, level, seen.sheet.width) for place in places]
    sheet = seen.bare
    known = [word for word in known if word.box.bottom - word.box.top < MELTED]
    there = [word.box for word in known if any(area.holds(word.box) for area in areas)]
    labels = [place.label for place in places]
    names = [
        word.box
        for word in known
        if word.box in there and _reads_well(word) and not any(_begins(word.box, label) for label in labels)
    ]
    around = [
        *(place.label for place in places if not place.covered),
        *(word.box for word in known if word.box not in there),
    ]
    around += [
        word.box
        for word in known
        if word.box in there
        and word.box not in names
        and word.confidence >= PRINTED
        and word.text.isalpha()
        and _goes_on(word.box, names)
    ]  # «Ås» is too short to tell by itself, but not after «Jørun»
    around += [
        box for box in values if box.bottom - box.top < MELTED and not any(area.holds(box) for area in areas)
    ]
    around += [piece.box for piece in page.pieces() if _is_number(piece) and piece.box is not None]
    claims = _shared([_claims(sheet, area, around, names) for area in areas])
    claims = [_dark(claim, sheet, place.label) for claim, place in zip(claims, places, strict=True)]
    found: list[tuple[SigningPlace, Ink]] = []
    signatures: list[Box] = []
    for place, claim in zip(places, claims, strict=True):
        signed = said_of(claim)
        ink = _ink(place.label, signed, union([one.group.box for one in claim if one.odds >= 0.5]))
        if ink is not None:
            found.append((place, ink))
            if ink.confidence >= 0.5:
                signatures += [place.label] if place.covered else []
                signatures += [one.group.box for one in claim if one.odds >= 0.5]
                names = [
                    box for box in names if not any(one.read and one.group.box.holds(box) for one in claim)
                ]
    return replace(
        page,
        blocks=_Rewriting(
            found, signatures, [*around, *names], [place.label for place in places if not place.covered]
        ).blocks(page.blocks),
    )


def _claims(sheet: Sheet, area: Box, around: Sequence[Box], names: Sequence[Box]) -> list[Claim]:
    """The ink at a place beside words that read well; those count too when nothing else was written there.

    Ink between such words is the rest of a name: as much a hand's as they are.
    """
    claims = claims_on(sheet, area, [*around, *names])
    own = [box for box in names if area.holds(box)]
    rest = [one for one in claims if one.odds >= 0.5 and _goes_on(one.group.box, own)]
    if not own or (said_of([one for one in claims if one not in rest]).present):
        return claims
    found = [
        Claim(one.group, one.odds if one.odds >= SURELY_HAND else UNSURE, read=True)
        for one in claims_on(sheet, area, around)
        if one.odds >= 0.5 and any(one.group.box.holds(box) for box in own)
    ]
    if not found:
        claims = [one._replace(odds=min(one.odds, FAINTLY)) if one in rest else one for one in claims]
    return claims + found


def _goes_on(box: Box, names: Sequence[Box]) -> bool:
    """Whether ink stands on the line of well-read words, no higher than they are and not far from one."""
    return any(
        name.top - LEVEL <= box.top
        and box.bottom <= name.bottom + LEVEL
        and max(name.x0 - box.x1, box.x0 - name.x1) <= name.bottom - name.top
        for name in names
    )


def _dark(claims: list[Claim], sheet: Sheet, label: Box) -> list[Claim]:
    """Ink much fainter than the label's print shines through from the back, or is a stain."""
    print_ = sheet.crop(label)
    if not print_.size:
        return claims
    least = FAINT * (255.0 - float(np.percentile(print_, 5)))
    return [
        one._replace(odds=min(one.odds, FAINTLY)) if one.odds > FAINTLY and _darkness(one) < least else one
        for one in claims
    ]


def _darkness(claim: Claim) -> float:
    return 255.0 - float(np.percentile(claim.group.grey[claim.group.mask], 20))


def _is_number(piece: Piece) -> TypeGuard[Word]:
    """Whether a word is a telephone, a date or an address, which no reader sees in a signature."""
    if not isinstance(piece, Word):
        return False
    return sum(map(str.isdigit, piece.text)) >= FIGURES or "@" in piece.text


def _reads_well(word: ReadWord) -> bool:
    return word.confidence >= PRINTED and sum(map(str.isalpha, word.text)) >= LETTERS


def _ink(label: Box, signed: Signed, extent: Box | None) -> Ink | None:
    """A place's ink, level with its label so that it is no other's; None where surely nobody signed."""
    if signed.present is False:
        return None
    confidence = signed.confidence if signed.present or not signed.outside else 0.5
    box = Box(label.x1 + 1, label.top + 1, label.x1 + 9, label.bottom - 1)
    outside = signed.present is None and signed.outside
    return Ink(kind=InkKind.STROKES, box=box, confidence=confidence, extent=extent, outside=outside)


def _shared(claims: list[list[Claim]]) -> list[list[Claim]]:
    """Ink that several places claim is that place's in whose area most of it lies."""
    kept: list[list[Claim]] = []
    for number, own in enumerate(claims):
        others = [one for other, theirs in enumerate(claims) if other != number for one in theirs]
        kept.append(
            [
                one
                for one in own
                if not any(_same(one, other) and other.group.inside > one.group.inside for other in others)
                or one.group.inside >= OWN
            ]
        )
    return kept


def _same(one: Claim, other: Claim) -> bool:
    a, b = one.group.box, other.group.box
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    least = min((c.x1 - c.x0) * (c.bottom - c.top) for c in (a, b))
    return wide > 0 and high > 0 and wide * high >= 0.5 * least


class _Rewriting:
    """A page's blocks without ink and words of signatures, and with each place's own ink after its label."""

    def __init__(
        self,
        found: list[tuple[SigningPlace, Ink]],
        signatures: list[Box],
        known: Sequence[Box],
        labels: Sequence[Box],
    ) -> None:
        self._left = found
        self._signatures = signatures
        self._known = known
        self._labels = labels

    def blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        done = tuple(self._block(block) for block in blocks)
        lost = tuple(Line(pieces=(ink,), box=ink.box) for place, ink in self._left if not place.covered)
        self._left = []
        return done + lost

    def _block(self, block: Block) -> Block:
        if isinstance(block, Line):
            pieces = self._pieces(block.pieces)
            if pieces == block.pieces:
                return replace(block, pieces=pieces)
            # A signature makes no line higher: what stands under its label is still under it.
            return replace(block, pieces=pieces, box=union([getattr(one, "box", None) for one in pieces]))
        cells = (replace(cell, blocks=tuple(map(self._block, cell.blocks))) for cell in block.cells)
        return replace(block, cells=tuple(cells))

    def _pieces(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        kept: list[Piece] = [
            piece for piece in pieces if not isinstance(piece, Ink) and not self._signed(piece)
        ]
        for place, ink in list(self._left):
            at = place.beside or place.label
            last = max((n for n, piece in enumerate(kept) if _within(piece, at)), default=-1)
            if not place.covered:
                last = max((n for n, piece in enumerate(kept) if _starts(piece, at)), default=last)
            if last < 0:
                continue
            if place.covered:
                last = max(n for n, piece in enumerate(kept) if n == last or _left_of(piece, place.label))
                kept[last + 1 :] = [Gap(), Word(text=place.covered, box=place.label), ink, *kept[last + 1 :]]
                self._left.remove((place, ink))
                continue
            while last + 1 < len(kept) and _colon(kept[last + 1]):
                last += 1
            kept.insert(last + 1, ink)
            self._left.remove((place, ink))
        return tuple(kept)

    def _signed(self, piece: Piece) -> bool:
        """Whether a word or mark was read from a signature."""
        if not isinstance(piece, Word | Mark) or piece.box is None:
            return False
        if not any(_within(piece, box) for box in self._signatures):
            return False
        return not any(_within(piece, box) for box in self._known) and not any(
            _begins(piece.box, label) for label in self._labels
        )


def _begins(box: Box, label: Box) -> bool:
    """Whether a word's first letter stands in a label, however far the word was taken to go."""
    inside = label.x0 - 1 <= box.x0 + 1 <= label.x1
    return inside and min(box.bottom, label.bottom) - max(box.top, label.top) > 0


def _starts(piece: Piece, label: Box) -> bool:
    return isinstance(piece, Word) and piece.box is not None and _begins(piece.box, label)


def _left_of(piece: Piece, box: Box) -> bool:
    own = getattr(piece, "box", None)
    return own is not None and bool(own.x1 <= box.x0)


def _colon(piece: Piece) -> bool:
    return isinstance(piece, Word) and piece.text in {":", "."}


def _within(piece: Piece, box: Box) -> bool:
    """Whether a piece's middle lies in a box."""
    own = getattr(piece, "box", None)
    if own is None or isinstance(piece, Ink):
        return False
    x, y = (own.x0 + own.x1) / 2, (own.top + own.bottom) / 2
    return bool(box.x0 - 0.5 <= x <= box.x1 + 0.5 and box.top - 0.5 <= y <= box.bottom + 0.5)
