"""What is left of lines and holes is no text; lines of print beside a stamp's frame are read."""

from __future__ import annotations

from pipeline.reading.layout._grid import grids
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan.drawn._segments import segments_of
from tests.unit.reading.paper import Paper


def _texts(paper: Paper) -> list[tuple[float, float]]:
    found, _ = segments_of(paper.sheet(), [], [])
    return [(round(one.box.x0), round(one.box.top)) for one in found]


def test_the_bits_of_a_faint_line_are_no_dashes() -> None:
    paper = Paper()
    paper.text(40, 60, "Fastlege: Ola Li", 10)
    for at in range(8):
        paper.line(60 + 30 * at, 66, 67 + 30 * at, 66, 0.8)
    assert len(_texts(paper)) == 1


def test_dashes_between_words_and_before_lines_stay() -> None:
    paper = Paper()
    paper.text(40, 60, "Ann-Kari 17-9-31 BUP - Ås - NAV", 10)
    for line in range(5):
        paper.text(40, 90 + 18 * line, "- avlastning", 10)
    left = [x for x, _ in _texts(paper)]
    assert len(left) == 6
    assert all(x <= 42 for x in left)


def test_what_a_punched_hole_leaves_in_the_margin_is_no_letter() -> None:
    paper = Paper()
    for line in range(6):
        paper.text(90, 40 + 20 * line, "Aktuelle tjenester og fagpersoner", 10)
    paper.text(22, 80, "Æ", 10)
    assert min(x for x, _ in _texts(paper)) > 80


def test_a_short_word_in_the_left_column_stays() -> None:
    paper = Paper()
    for line in range(5):
        paper.text(40, 40 + 20 * line, "Opplysninger om mottaker", 10)
    paper.text(30, 150, "NAV", 10)
    assert (30, 143) in _texts(paper) or any(x == 31 for x, _ in _texts(paper))


def test_a_line_to_write_on_close_over_a_table_takes_no_wall_from_it() -> None:
    columns = [Rule(False, x, top, 180.0) for x, top in ((50.0, 100.6), (200.0, 102.0), (400.0, 102.0))]
    rows = [Rule(True, y, 50.0, 400.0) for y in (100.8, 140.0, 180.0)]
    (grid,) = grids([*rows, *columns, Rule(True, 98.3, 80.0, 190.0)])[0]
    assert len(grid.places) == 4
