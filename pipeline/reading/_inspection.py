"""What ``inspect`` prints: one page as plain words, cells, marks and widgets with their boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.domain import Block, Box, Cell, Document, Entry, Mark, MarkSource, Page, Reader, Table, Word


def describe(document: Document, page: Page) -> dict[str, Any]:
    """One page of a document as the JSON object of ``inspect FILE --json``; boxes in points as shown, rounded."""
    pieces = list(page.pieces())
    marks = [piece for piece in pieces if isinstance(piece, Mark)]
    entries = [piece for piece in pieces if isinstance(piece, Entry)]
    return {
        "source": document.source,
        "page": page.number,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "rotation": page.rotation,
        "reader": Reader.SCAN.value if page.scanned else document.reader.value,
        "words": [
            {"text": piece.text, "bbox": _box(page, piece.box), "confidence": piece.confidence}
            for piece in pieces
            if isinstance(piece, Word)
        ],
        "cells": [{"bbox": _box(page, cell.box), "text": cell.text} for cell in _cells(page.blocks)],
        "marks": [
            {
                "bbox": _box(page, mark.box),
                "state": mark.state.value,
                "confidence": mark.confidence,
                "source": mark.source.value,
            }
            for mark in marks
        ],
        "widgets": [
            {
                "name": entry.name,
                "kind": entry.kind.value,
                "value": entry.value,
                "bbox": _box(page, entry.box),
            }
            for entry in entries
        ]
        + [
            {"name": mark.name, "kind": "button", "value": mark.state.value, "bbox": _box(page, mark.box)}
            for mark in marks
            if mark.source in {MarkSource.WIDGET, MarkSource.CONTROL}
        ],
    }


def _box(page: Page, box: Box | None) -> list[float] | None:
    return None if box is None else [round(value, 2) for value in page.shown(box)]


def _cells(blocks: tuple[Block, ...]) -> Iterator[Cell]:
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield cell
                yield from _cells(cell.blocks)
