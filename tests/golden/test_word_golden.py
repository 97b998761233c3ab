"""Whole Word forms, filled in by drawing at random, beside what the reader makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.reading.word import read_word
from tests.unit.word_files import drawn

FOLDER = Path(__file__).parent / "word"


def outline(found: list[object], indent: str = "") -> list[str]:
    """One line a line; cells under their place and span."""
    rows: list[str] = []
    for block in found:
        if isinstance(block, dict):
            for (row, column, high, wide), inner in block.items():
                rows.append(f"{indent}[{row},{column} {high}x{wide}]")
                rows.extend(outline(inner, indent + "    "))
        else:
            rows.append(indent + str(block).replace("\n", "\\n"))
    return rows


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.docx")), ids=lambda path: path.stem)
def test_a_whole_form(path: Path) -> None:
    document = read_word(path, source=path.name)
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert outline(drawn(document.pages[0].blocks)) == expected
    assert document.doubts == ()
