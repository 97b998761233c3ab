"""Ink that is no writing: feet of letters that look like a line, lone specks, print that shines through from the back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.reading.scan._drawn import drawn_on
from pipeline.reading.scan._types import Sheet
from pipeline.reading.scan.drawn._lines import rules_of
from tests.unit.reading.paper import SCALE, Paper


def _joined(paper: Paper, x: float, base: float, wide: float, *, tops: bool = False) -> None:
    """A row of stems whose serifs all but touch, as type without much blank between the letters has them."""
    for at in np.arange(x, x + wide, 5.0):
        for stem in (0.6, 2.8):
            paper.line(at + stem, base - 6, at + stem, base, 0.9)
        end = base - 6 if tops else base
        paper.line(at, end, at + 3.6, end, 0.6)


def test_the_feet_of_a_row_of_letters_are_no_line() -> None:
    paper = Paper()
    _joined(paper, 40, 60, 60)
    _joined(paper, 40, 100, 60, tops=True)
    assert rules_of(paper.sheet()) == []


def test_a_dotted_line_with_a_word_on_it_is_a_line() -> None:
    paper = Paper()
    for at in np.arange(40, 140, 2.4):
        paper.line(at, 100, at + 0.7, 100)
    _joined(paper, 42, 98.6, 30)
    assert [round(rule.at) for rule in rules_of(paper.sheet())] == [100]


def test_a_lone_speck_is_no_text_and_a_lone_letter_is() -> None:
    paper = Paper()
    paper.text(40, 60, "Navn på den det gjelder")
    paper.line(200, 100, 201.8, 100, 1.8)
    paper.text(300, 100, "o")
    found = drawn_on(paper.sheet()).segments
    assert sorted(round(one.box.x0 / 10) for one in found) == [4, 30]


def test_a_dash_alone_in_its_place_stays() -> None:
    paper = Paper()
    paper.text(40, 60, "Navn på den det gjelder")
    paper.text(300, 60, "–")
    assert len(drawn_on(paper.sheet()).segments) == 2


def test_print_that_shines_through_is_no_text() -> None:
    front, back = Paper(), Paper()
    front.text(40, 60, "Gjelder ansvarsgruppe for:")
    back.text(200, 62, "EPPURGSRAVSNA VA ESLETTERPPO")
    front_sheet, back_sheet = front.sheet(), back.sheet()
    shone = (255 - (255 - back_sheet.grey.astype(np.int16)) // 10).astype(np.uint8)
    both = _with(front_sheet, np.minimum(front_sheet.grey, shone), front_sheet.ink | back_sheet.ink)
    found = drawn_on(both).segments
    assert [round(one.box.x0 / 10) for one in found] == [4]
    assert found[0].box.x1 < 190
    faint = (255 - (255 - back_sheet.grey.astype(np.int16)) // 3).astype(np.uint8)
    pencilled = _with(front_sheet, np.minimum(front_sheet.grey, faint), both.ink)
    assert len(drawn_on(pencilled).segments) == 2


def _with(sheet: Sheet, grey: np.ndarray, ink: np.ndarray) -> Sheet:
    assert sheet.scale == SCALE
    return replace(sheet, grey=grey, ink=ink)


def test_a_line_from_edge_to_edge_is_a_fold_and_not_ruled() -> None:
    paper = Paper()
    for y in (40, 80, 120):
        paper.line(60, y, 340, y)
    for x in (60, 200, 340):
        paper.line(x, 40, x, 120)
    paper.line(3, 101, 230, 101)
    paper.line(236, 101.6, 395, 101.6)
    paper.line(150, 6, 150, 197)
    paper.text(70, 64, "Koordinator")
    found = drawn_on(paper.sheet())
    assert [round(rule.at) for rule in found.rules if rule.across] == [40, 80, 120]
    assert [round(rule.at) for rule in found.rules if not rule.across] == [60, 200, 340]
    assert {rule.across for rule in found.folds} == {True, False}
    assert len(found.segments) == 1


def test_a_table_cut_out_of_its_page_is_no_fold() -> None:
    paper = Paper()
    for y in (20, 50, 80, 110, 140, 180):
        paper.line(4, y, 396, y)
    for x in (4, 200, 396):
        paper.line(x, 20, x, 180)
    assert len([rule for rule in drawn_on(paper.sheet()).rules if rule.across]) == 6


def test_a_label_and_what_is_written_on_the_line_after_it_are_two() -> None:
    paper = Paper()
    label = paper.text(40, 100, "Sted og dato:")
    value = paper.text(label.x1 + 4, 100, "Brekstad, 3.3.2027")
    paper.line(label.x1 + 3, 103, 330, 103)
    paper.text(40, 160, "En setning uten linje under")
    found = [one.box for one in drawn_on(paper.sheet()).segments]
    assert len(found) == 3
    assert abs(found[0].x1 - label.x1) < 1.5
    assert abs(found[1].x0 - value.x0) < 1.5


def test_a_punched_hole_is_no_part_of_the_line_beside_it() -> None:
    paper = Paper()
    turn = np.linspace(0, 2 * np.pi, 73)
    xs, ys = 24 + 8.5 * np.cos(turn), 96 + 8.5 * np.sin(turn)
    for number in range(72):
        paper.line(xs[number], ys[number], xs[number + 1], ys[number + 1])
    label = paper.text(46, 100, "Navn")
    found = [one.box for one in drawn_on(paper.sheet()).segments]
    assert len(found) == 1
    assert abs(found[0].x0 - label.x0) < 1.5


def test_the_frame_of_a_stamp_is_not_ruled() -> None:
    paper = Paper()
    for a, b, c, d in ((60, 40, 160, 48), (57, 80, 157, 88), (60, 40, 57, 80), (160, 48, 157, 88)):
        paper.line(a, b, c, d, 1.2)
    assert rules_of(paper.sheet()) == []


def test_a_streak_that_leans_past_a_wall_leaves_the_wall() -> None:
    paper = Paper()
    for y in (60, 100, 140):
        paper.line(60, y, 340, y)
    for x in (60, 200, 340):
        paper.line(x, 60, x, 140)
    paper.line(205, 3, 216, 196)
    found = drawn_on(paper.sheet())
    assert [round(rule.at) for rule in found.rules if not rule.across] == [60, 200, 340]
    assert found.folds


def test_a_stain_over_a_wall_is_neither_wall_nor_text() -> None:
    front, cup = Paper(), Paper()
    for y in (60, 100, 140):
        front.line(60, y, 340, y)
    for x in (60, 200, 340):
        front.line(x, 60, x, 140)
    front.text(70, 86, "Koordinator")
    for x, y in ((262, 52), (258, 75), (262, 98)):
        cup.line(x, y, x + 3, y + 24, 7.0)
    dry, wet = front.sheet(), cup.sheet()
    stained = (255 - (255 - wet.grey.astype(np.int16)) // 4).astype(np.uint8)
    found = drawn_on(_with(dry, np.minimum(dry.grey, stained), dry.ink | wet.ink))
    assert [round(rule.at) for rule in found.rules if not rule.across] == [60, 200, 340]
    assert len(found.segments) == 1


def test_a_coat_of_arms_is_no_letter() -> None:
    paper = Paper()
    paper.line(350, 20, 350, 46, 22.0)
    paper.text(40, 60, "Prosedyre koordinator")
    assert len(drawn_on(paper.sheet()).segments) == 1


def test_a_faint_streak_is_known_by_one_end() -> None:
    front, glass = Paper(), Paper()
    for y in (60, 100, 140):
        front.line(60, y, 340, y)
    for x in (60, 200, 340):
        front.line(x, 60, x, 140)
    for start, end in ((62, 98), (102, 138), (142, 199)):
        glass.line(270, start, 270, end)
    dry, streak = front.sheet(), glass.sheet()
    faint = (255 - (255 - streak.grey.astype(np.int16)) // 4).astype(np.uint8)
    found = drawn_on(_with(dry, np.minimum(dry.grey, faint), dry.ink | streak.ink))
    assert [round(rule.at) for rule in found.rules if not rule.across] == [60, 200, 340]
    assert len(found.folds) == 3


def test_letters_on_a_fold_stay_whole() -> None:
    front, fold = Paper(), Paper()
    for start, end in ((2, 68), (112, 398)):
        fold.line(start, 98, end, 98, 1.6)
    word = front.text(70, 100, "annhelse", 10)
    front.text(40, 150, "Navn på den det gjelder")
    dry, folded = front.sheet(), fold.sheet()
    faint = (255 - (255 - folded.grey.astype(np.int16)) // 5).astype(np.uint8)
    found = drawn_on(_with(dry, np.minimum(dry.grey, faint), dry.ink | folded.ink))
    assert found.folds
    assert len(found.segments) == 2
    assert abs(found.segments[0].box.x0 - word.x0) < 1.5
    assert abs(found.segments[0].box.x1 - word.x1) < 1.5


def test_the_broad_shadow_of_a_fold_is_no_part_of_a_heading() -> None:
    paper = Paper()
    label = paper.text(70, 100, "Opplysninger om tjenestemottaker", 12)
    paper.line(4, 97, 67, 97, 3.2)
    found = drawn_on(paper.sheet()).segments
    assert len(found) == 1
    assert abs(found[0].box.x0 - label.x0) < 1.5


def test_a_scribble_under_a_line_of_print_is_no_part_of_it() -> None:
    """It reaches up before the line begins, and runs on under its letters."""
    paper = Paper()
    for at in np.arange(60, 140, 5.0):
        paper.line(at, 94, at, 100, 1.2)
    for x0, y0, x1, y1 in ((54, 95, 56, 125), (56, 125, 70, 108), (70, 108, 90, 124), (90, 124, 120, 110)):
        paper.line(x0, y0, x1, y1, 1.2)
    tops = sorted(round(one.box.bottom) for one in drawn_on(paper.sheet()).segments)
    assert tops == [100, 126] or tops == [100, 125]


def test_a_page_strewn_with_noise_keeps_its_print_and_loses_the_grains() -> None:
    paper = Paper()
    _joined(paper, 40, 60, 60)
    chance = np.random.default_rng(3)
    for x in range(20, 190, 14):
        for y in range(90, 230, 14):
            left, top = np.array((x, y)) + chance.uniform(-3, 3, size=2)
            paper.line(left, top, left, top + 2.2, 1.6)
    found = drawn_on(paper.sheet()).segments
    assert [round(one.box.bottom) for one in found] == [60]
