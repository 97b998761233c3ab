"""The order in which a page's lines and tables are read."""

from __future__ import annotations

from pipeline.domain import Block, Line, Table, Word
from pipeline.reading.layout._slots import after_labels


def ordered(lines: list[Line], tables: list[Table]) -> tuple[Block, ...]:
    """Lines and tables from the top down, and from left to right where they begin alike."""
    blocks: list[Block] = [*lines, *tables]
    tops = {
        id(table): after_labels(table.box, lines) for table in tables if len(table.cells) == 1 and table.box
    }
    blocks.sort(
        key=lambda block: (tops.get(id(block), _top(block)), block.box.x0) if block.box else (0.0, 0.0)
    )
    return tuple(blocks)


def _top(block: Block) -> float:
    """Where most words of a line begin: a stamp or a stroke beside them reaches into the lines above."""
    words = (
        [p.box.top for p in block.pieces if isinstance(p, Word) and p.box] if isinstance(block, Line) else []
    )
    return sorted(words)[len(words) // 2] if words else block.box.top if block.box else 0.0
