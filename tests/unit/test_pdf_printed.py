"""Printed PDFs: words, lines, boxes, tables, what is struck, hidden or signed; every construct drawn by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.domain import Gap, MarkSource, Reader, Word
from pipeline.reading import describe
from tests.unit.pdf_files import (
    cross,
    drawn,
    inks,
    line,
    lines,
    loose,
    marks,
    pdf,
    pieces,
    read_bytes,
    square,
    states,
    stream,
    tables,
    text,
    words,
)

NAME = text(60, 700, "Navn: Åse Sætre")


def grid(xs: list[float], ys: list[float]) -> str:
    """Full ruling lines."""
    down = "".join(line(x, ys[0], x, ys[-1]) for x in xs)
    return down + "".join(line(xs[0], y, xs[-1], y) for y in ys)


def test_words_have_their_places_on_the_page_as_shown(tmp_path: Path) -> None:
    document = drawn(tmp_path, NAME)
    assert document.reader is Reader.PDF_TEXT
    assert lines(document) == ["Navn: Åse Sætre"]
    first = next(piece for piece in pieces(document) if isinstance(piece, Word))
    assert first.box is not None
    assert first.box.x0 == pytest.approx(60, abs=1.5)
    assert first.box.bottom == pytest.approx(842 - 698, abs=3)


@pytest.mark.parametrize(
    ("turn", "x", "top", "size"),
    [
        (0, 60, 142, (595, 842)),
        (90, 700, 60, (842, 595)),
        (180, 535, 700, (595, 842)),
        (270, 142, 535, (842, 595)),
    ],
)
def test_rotation_is_applied(tmp_path: Path, turn: int, x: float, top: float, size: tuple[int, int]) -> None:
    document = drawn(tmp_path, square(60, 700, 12), page=f"/Rotate {turn}")
    page = document.pages[0]
    assert (page.rotation, round(page.width), round(page.height)) == (turn, *size)
    box = marks(document)[0].box
    assert box is not None
    assert min(abs(box.x0 - x), abs(box.x1 - x)) < 1
    assert min(abs(box.top - top), abs(box.bottom - top)) < 1


def test_crop_box_moves_the_origin_and_hides_what_lies_outside(tmp_path: Path) -> None:
    content = NAME + text(10, 820, "Utenfor")
    document = drawn(tmp_path, content, page="/CropBox [50 100 550 800]")
    assert "Utenfor" not in words(document)
    first = next(piece for piece in pieces(document) if isinstance(piece, Word))
    assert first.box is not None
    assert first.box.x0 == pytest.approx(10, abs=1.5)
    assert (document.pages[0].width, document.pages[0].height) == (500, 700)


def test_text_drawn_twice_to_look_bold_counts_once(tmp_path: Path) -> None:
    assert words(drawn(tmp_path, NAME + text(60.3, 700, "Navn: Åse Sætre"))) == ["Navn:", "Åse", "Sætre"]


def test_the_same_word_on_two_lines_counts_twice(tmp_path: Path) -> None:
    assert words(drawn(tmp_path, text(60, 700, "Telefon") + text(60, 686, "Telefon"))) == [
        "Telefon",
        "Telefon",
    ]


def test_kerning_is_no_space(tmp_path: Path) -> None:
    content = "BT /F1 10 Tf 60 700 Td [(Tel) 40 (ef) -40 (on) -600 (Ola)] TJ ET"
    assert words(drawn(tmp_path, content)) == ["Telefon", "Ola"]


@pytest.mark.parametrize("hide", ["3 Tr", "1 g"])
def test_hidden_text_is_no_value_and_is_told(tmp_path: Path, hide: str) -> None:
    document = drawn(tmp_path, NAME + text(60, 650, "Skjult", before=hide))
    assert "Skjult" not in words(document)
    assert [doubt.code for doubt in document.doubts] == ["hidden-text"]


def test_white_text_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    document = drawn(tmp_path, "q 0.2 g 50 640 200 30 re f Q\n" + text(60, 650, "Synlig", before="1 g"))
    assert words(document) == ["Synlig"]
    assert not document.doubts


def test_a_scan_with_a_layer_of_read_text_waits_for_the_scan_reader(tmp_path: Path) -> None:
    image = "q 595 0 0 842 0 0 cm /Im Do Q\n"
    document = drawn(tmp_path, image + text(60, 700, "Navn: Ola", before="3 Tr"))
    assert document.reader is Reader.SCAN
    assert not document.pages[0].readable
    assert {doubt.code for doubt in document.doubts} == {"not-read", "ocr-layer"}


def test_text_typed_over_a_scan_is_told(tmp_path: Path) -> None:
    document = drawn(tmp_path, "q 595 0 0 842 0 0 cm /Im Do Q\n" + NAME)
    assert [doubt.code for doubt in document.doubts] == ["scan-with-text"]
    assert words(document) == ["Navn:", "Åse", "Sætre"]


def test_a_page_that_is_an_image_inside_a_file_with_text_is_unreadable(tmp_path: Path) -> None:
    document = drawn(tmp_path, NAME, "q 595 0 0 842 0 0 cm /Im Do Q\n", "")
    assert [page.readable for page in document.pages] == [True, False, True]
    assert document.reader is Reader.PDF_TEXT


def test_a_wide_blank_is_a_gap_and_typed_spaces_are_none(tmp_path: Path) -> None:
    document = drawn(tmp_path, text(60, 700, "Navn") + text(200, 700, "Ola") + text(60, 680, "To  ord"))
    first, second = document.pages[0].lines
    assert sum(isinstance(piece, Gap) for piece in first.pieces) == 1
    assert not any(isinstance(piece, Gap) for piece in second.pieces)


@pytest.mark.parametrize(
    ("drawing", "state"),
    [
        (square(100, 600), "off"),
        (square(100, 600) + cross(100, 600), "on"),
        (square(100, 600) + cross(98, 598, 14), "on"),
        (square(100, 600) + "q 102 605 m 104 602 l 109 609 l S Q\n", "on"),
        (square(100, 600) + line(101, 601, 109, 609), "on"),
        (square(100, 600) + "q 0 g 102 602 6 6 re f Q\n", "on"),
        (square(100, 600) + text(102, 602, "X", size=8), "on"),
        (square(100, 600) + text(102, 602, "4", font="ZD", size=8), "on"),
        (square(100, 600) + text(101.5, 602, "v", size=8), "on"),
        (square(100, 600) + "q 0 g 100 600 10 10 re f Q\n", "unsure"),
        (square(100, 600) + line(95, 605, 115, 605), "unsure"),
        (square(100, 600) + line(20, 560, 200, 650), "unsure"),
        (square(99, 599, 12) + square(100.5, 600.5, 9), "off"),
        (square(99, 599, 12) + square(100.5, 600.5, 9) + cross(100, 600, 10), "on"),
        (line(100, 600, 110, 600) + line(110, 600, 110, 610) + line(110, 610, 100, 610) + line(100, 610, 100, 600), "off"),
        ("q 0 g 100 600 10 0.6 re 100 609.4 10 0.6 re 100 600 0.6 10 re 109.4 600 0.6 10 re f Q\n", "off"),
        ("q 0 g 100 600 10 10 re 100.7 600.7 8.6 8.6 re f* Q\n", "off"),
        ("q 0.9 g 0 G 100 600 10 10 re B Q\n", "off"),
        ("q 100 603 m 100 601 101 600 103 600 c 107 600 l 109 600 110 601 110 603 c 110 607 l 110 609 109 610 107 610 c "
         "103 610 l 101 610 100 609 100 607 c h S Q\n", "off"),
        (square(90, 590, 24), "off"),
        ("q 1.2 0 0 1.2 100 600 cm /Fm Do Q\n", "on"),
        (cross(100, 600), "on"),
        ("q 10 0 0 10 100 600 cm /Im Do Q\n", "unsure"),
        (square(100, 600) + "q 102 603 m 104 609 106 600 108 608 c S Q\n", "on"),
    ],
)  # fmt: skip
def test_drawn_boxes(tmp_path: Path, drawing: str, state: str) -> None:
    document = drawn(tmp_path, text(125, 601, "Koordinator") + drawing)
    assert states(document) == [state]
    assert marks(document)[0].source is MarkSource.BOX
    assert words(document) == ["Koordinator"]
    assert not inks(document)


@pytest.mark.parametrize(
    ("words_", "font", "state"),
    [
        ("o", "WD", "off"), ("\xa8", "WD", "off"), ("x", "WD", "on"), ("\xfe", "WD", "on"), ("\xfd", "WD", "on"),
        ("q", "ZD", "off"), ("4", "ZD", "on"), ("8", "ZD", "on"), ("X", "F1", "on"), ("[x]", "F1", "on"),
        ("[ ]", "F1", "off"), ("( )", "F1", "off"), ("__X__", "F1", "on"),
    ],
)  # fmt: skip
def test_glyph_boxes(tmp_path: Path, words_: str, font: str, state: str) -> None:
    document = drawn(tmp_path, text(100, 600, words_, font=font) + text(150, 600, "Koordinator"))
    assert states(document) == [state]
    assert marks(document)[0].source is MarkSource.GLYPH
    assert words(document) == ["Koordinator"]


def test_a_cross_drawn_over_a_printed_glyph_ticks_it(tmp_path: Path) -> None:
    document = drawn(tmp_path, text(100, 600, "o", font="WD", size=12) + cross(101, 601, 8))
    assert states(document) == ["on"]


def test_small_cells_of_a_table_are_no_boxes(tmp_path: Path) -> None:
    content = text(65, 665, "Ja") + grid([60, 80, 100, 120], [600, 620, 640, 660, 680]) + text(85, 645, "X")
    document = drawn(tmp_path, content)
    table = tables(document)[0]
    assert (table.rows, table.columns) == (4, 3)
    assert states(document) == ["on"]
    assert table.at(1, 1) is not None
    assert [type(p).__name__ for p in table.at(1, 1).lines[0].pieces] == ["Mark"]  # type: ignore[union-attr]


def test_a_cross_drawn_in_a_bare_cell_is_a_mark_there(tmp_path: Path) -> None:
    content = text(65, 665, "Ja") + grid([60, 100, 140], [600, 630, 660, 690]) + cross(112, 610, 9)
    table = tables(drawn(tmp_path, content))[0]
    cell = table.at(2, 1)
    assert cell is not None
    assert [type(piece).__name__ for piece in cell.lines[0].pieces] == ["Mark"]


def test_struck_words(tmp_path: Path) -> None:
    content = (
        text(60, 700, "Gammel verdi")
        + line(60, 703, 120, 703)
        + text(60, 680, "Understreket")
        + line(60, 678.5, 125, 678.5)
    )
    document = drawn(tmp_path, content)
    assert lines(document) == ["", "Understreket"]


def test_words_under_a_slanting_line_are_doubtful(tmp_path: Path) -> None:
    document = drawn(tmp_path, text(60, 700, "Kanskje") + line(55, 690, 110, 715))
    word = next(piece for piece in pieces(document) if isinstance(piece, Word))
    assert not word.struck
    assert word.confidence < 0.5


SCRAWL = "q 1 w 300 120 m 310 150 320 100 330 140 c 340 150 345 110 360 135 c 370 150 380 110 390 140 c 400 145 l 410 120 430 130 440 128 c S Q\n"


@pytest.mark.parametrize(
    ("drawing", "kinds"),
    [
        (SCRAWL, ["strokes"]),
        ("q 120 0 0 40 300 100 cm /Im Do Q\n", ["picture"]),
        ("q 120 0 0 40 60 790 cm /Im Do Q\n", []),
        (line(300, 100, 480, 100), []),
    ],
)
def test_ink(tmp_path: Path, drawing: str, kinds: list[str]) -> None:
    assert inks(drawn(tmp_path, text(60, 105, "Underskrift:") + drawing)) == kinds


def test_merged_cells_and_rules_in_pieces(tmp_path: Path) -> None:
    content = (
        line(60, 700, 180, 700) + line(180, 700, 300, 700) + line(60, 670, 300, 670) + line(60, 640, 300, 640)
        + line(60, 640, 60, 700) + line(300, 640, 300, 700) + line(180, 640, 180, 670)
        + text(65, 680, "Overskrift over to") + text(65, 650, "Navn") + text(185, 650, "Ola")
    )  # fmt: skip
    table = tables(drawn(tmp_path, content))[0]
    spans = [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]
    assert spans == [(0, 0, 1, 2, "Overskrift over to"), (1, 0, 1, 1, "Navn"), (1, 1, 1, 1, "Ola")]


def test_borders_drawn_cell_by_cell_and_double(tmp_path: Path) -> None:
    rows = "".join(
        f"q 0.5 w {60 + 120 * c} {600 + 30 * r} 118.6 28.6 re S Q\n" for r in range(3) for c in range(2)
    )
    document = drawn(tmp_path, rows + text(65, 610, "Navn") + text(190, 610, "Ola"))
    assert [(t.rows, t.columns) for t in tables(document)] == [(3, 2)]


def test_thin_filled_rectangles_are_rules(tmp_path: Path) -> None:
    bars = "".join(f"{x} 600 0.5 60 re " for x in (60, 180, 300)) + "".join(
        f"60 {y} 240.5 0.5 re " for y in (600, 630, 660)
    )
    document = drawn(tmp_path, f"q 0 g {bars} f Q\n" + text(65, 610, "Navn"))
    assert [(t.rows, t.columns) for t in tables(document)] == [(2, 2)]


def test_a_table_in_a_cell_is_nested(tmp_path: Path) -> None:
    content = (
        grid([60, 300, 540], [500, 700])
        + grid([80, 160, 240], [540, 570, 600])
        + text(85, 580, "Indre")
        + text(65, 680, "Ytre")
    )
    (outer,) = tables(drawn(tmp_path, content))
    cell = outer.at(0, 0)
    assert cell is not None
    assert [type(block).__name__ for block in cell.blocks] == ["Line", "Table"]


def test_a_frame_round_the_page_is_no_table(tmp_path: Path) -> None:
    document = drawn(tmp_path, grid([20, 575], [20, 822]) + NAME)
    assert loose(document) == ["Navn: Åse Sætre"]


def test_rows_ruled_without_columns_are_lines_with_gaps(tmp_path: Path) -> None:
    content = (
        "".join(line(60, y, 500, y) for y in (700, 670, 640, 610))
        + text(65, 680, "Navn")
        + text(300, 680, "Ola")
    )
    document = drawn(tmp_path, content)
    assert not tables(document)
    assert loose(document) == ["Navn Ola"]
    assert any(isinstance(piece, Gap) for piece in pieces(document))


def test_free_text_stamps_and_strike_outs_upon_the_page(tmp_path: Path) -> None:
    look = stream("BT /F1 10 Tf 2 4 Td (Skrevet) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 100 20] "
                  "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>")  # fmt: skip
    objects = (
        "<< /Type /Annot /Subtype /FreeText /Rect [100 500 200 520] /Contents (Skrevet) /F 4 /AP << /N 101 0 R >> >>",
        look,
        "<< /Type /Annot /Subtype /FreeText /Rect [100 450 260 470] /Contents (Uten bilde) /F 4 >>",
        "<< /Type /Annot /Subtype /StrikeOut /Rect [60 698 85 712] /QuadPoints [60 712 86 712 60 697 86 697] /F 4 >>",
        "<< /Type /Annot /Subtype /Ink /Rect [300 100 400 140] /InkList [[300 100 340 140 400 110]] /F 4 >>",
        "<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (Husk) >>",
    )
    data = pdf(NAME, annotations="100 0 R 102 0 R 103 0 R 104 0 R 105 0 R", objects=objects)
    document = read_bytes(tmp_path, data)
    assert lines(document) == ["Åse Sætre", "Skrevet", "Uten bilde", ""]
    assert inks(document) == ["strokes"]
    assert [doubt.code for doubt in document.doubts] == ["comment"]


def test_inspection_of_a_page(tmp_path: Path) -> None:
    document = drawn(tmp_path, NAME + square(100, 600))
    shown = describe(document, document.pages[0])
    assert list(shown) == [
        "source",
        "page",
        "width",
        "height",
        "rotation",
        "reader",
        "words",
        "cells",
        "marks",
        "widgets",
    ]
    assert shown["marks"][0]["state"] == "off"
    assert [word["text"] for word in shown["words"]] == ["Navn:", "Åse", "Sætre"]


def test_a_hyphen_at_the_end_of_a_line_stays_a_hyphen(tmp_path: Path) -> None:
    content = "BT /F1 10 Tf 60 700 Td (Barne-) Tj 0 -12 Td (koordinator) Tj ET"
    assert lines(drawn(tmp_path, content)) == ["Barne-", "koordinator"]


def test_a_line_to_write_on_belongs_to_its_label(tmp_path: Path) -> None:
    document = drawn(tmp_path, text(60, 700, "Navn:") + text(95, 700, "________") + text(160, 700, "-"))
    assert lines(document) == ["Navn: ________ -"]
