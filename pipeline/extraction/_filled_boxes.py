"""Boxes filled in from edge to edge: ticked by somebody who fills boxes, taken back by somebody who crosses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.domain import Block, Line, Mark, MarkSource, MarkState, Page, Piece


def doubted_if_crossed_elsewhere(region: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages with every filled box unsure when on any page of the form somebody crosses or ticks boxes.

    A page alone may show filled boxes only, and then they are taken for ticks; a form has one hand on all its pages.
    """
    on = [
        piece
        for page in region
        for piece in page.pieces()
        if isinstance(piece, Mark) and piece.source is MarkSource.BOX and piece.state is MarkState.ON
    ]
    if all(mark.blacked for mark in on) or not any(mark.blacked for mark in on):
        return region
    return tuple(replace(page, blocks=tuple(_blocks(page.blocks))) for page in region)


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Line):
            yield replace(block, pieces=tuple(map(_piece, block.pieces)))
        else:
            cells = (replace(cell, blocks=tuple(_blocks(cell.blocks))) for cell in block.cells)
            yield replace(block, cells=tuple(cells))


def _piece(piece: Piece) -> Piece:
    if isinstance(piece, Mark) and piece.blacked and piece.state is MarkState.ON:
        return replace(piece, state=MarkState.UNSURE, confidence=0.0)
    return piece
