"""Tick boxes of scanned pages."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.domain import Box, MarkState
from pipeline.reading.scan._types import Sheet, TickBox
from pipeline.reading.scan.marks._ticks import Judged, by_habit, judge, judge_group
from tests.scans.marks import strokes
from tests.scans.measure_ticks import Score
from tests.scans.printing import draw_line, print_box
from tests.unit.reading.paper import Paper

SCALE = 200 / 72
PLACES = tuple((30.0, 25.0 + 24 * row) for row in range(5))
SIDE = 11.0


def _page(
    marks: dict[int, str],
    *,
    style: str = "square",
    seed: int = 3,
    count: int = 5,
    grey: int = 60,
    width: float = 1.0,
):
    """Boxes below each other; the marks of some, drawn tidily."""
    rng = np.random.default_rng(seed)
    fine = SCALE * 2
    page = np.full((round(150 * fine), round(120 * fine)), 255, np.uint8)
    pens = page.copy()
    for number, (x, y) in enumerate(PLACES[:count]):
        print_box(page, fine, style, x, y, SIDE, 0.7, 30, rng)
        for stroke in strokes(marks[number], rng, hard=False) if number in marks else ():
            draw_line(
                pens, fine, stroke * SIDE + [x, y], SIDE * 0.09 if marks[number] == "filled" else width, grey
            )
    small = cv2.resize(np.minimum(page, pens), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    picture = np.clip(cv2.GaussianBlur(small, (0, 0), 0.6) + rng.normal(0, 4, small.shape), 0, 255).astype(
        np.uint8
    )
    sheet = Sheet(number=1, grey=picture, ink=picture < 190, scale=SCALE, width=120, height=150)
    half = SIDE / 2 + 0.35
    return sheet, [
        TickBox(Box(x - half, y - half, x + half, y + half), style == "round") for x, y in PLACES[:count]
    ]


@pytest.mark.parametrize(
    "style", ["square", "rounded", "round", "bold", "grey", "shadow", "broken", "double", "shaded"]
)
def test_empty_boxes_of_any_style_are_off(style: str) -> None:
    sheet, boxes = _page({}, style=style)
    assert [judged.state for judged in judge_group(sheet, boxes)] == [MarkState.OFF] * 5


@pytest.mark.parametrize("style", ["square", "round", "shadow", "shaded"])
@pytest.mark.parametrize("kind", ["tick", "cross", "slash", "hook", "scribble", "dot"])
def test_a_mark_is_on_and_its_neighbours_are_off(kind: str, style: str) -> None:
    sheet, boxes = _page({1: kind}, style=style)
    states = [judged.state for judged in judge_group(sheet, boxes)]
    assert states == [MarkState.OFF, MarkState.ON, MarkState.OFF, MarkState.OFF, MarkState.OFF]


def test_a_mark_in_every_box_is_not_their_print() -> None:
    sheet, boxes = _page(dict.fromkeys(range(5), "cross"))
    assert {judged.state for judged in judge_group(sheet, boxes)} == {MarkState.ON}


@pytest.mark.parametrize(("mark", "state"), [("cross", MarkState.ON), (None, MarkState.OFF)])
def test_a_box_alone_on_its_page(mark: str | None, state: MarkState) -> None:
    sheet, boxes = _page({0: mark} if mark else {}, count=1)
    assert judge(sheet, boxes[0], []).state is state


def test_a_box_filled_in_is_corrected_and_for_a_person() -> None:
    sheet, boxes = _page({1: "filled", 3: "tick"})
    judged = judge_group(sheet, boxes)
    assert judged[1].state is MarkState.UNSURE
    assert judged[1].corrected
    assert judged[3].state is MarkState.ON
    assert not judged[3].corrected


def test_faint_pencil_is_on() -> None:
    sheet, boxes = _page({2: "tick"}, grey=175)
    assert judge(sheet, boxes[2], boxes).state is MarkState.ON


def test_one_by_one_is_as_all_together() -> None:
    sheet, boxes = _page({1: "tick", 2: "cross"})
    together = judge_group(sheet, boxes)
    assert [judge(sheet, box, boxes).state for box in boxes] == [judged.state for judged in together]


def test_a_page_without_boxes() -> None:
    sheet, _ = _page({})
    assert judge_group(sheet, []) == []


def test_a_box_at_the_edge_of_the_sheet() -> None:
    sheet, _ = _page({})
    for box in (Box(-6, -6, 5, 5), Box(115, 145, 126, 156), Box(500, 500, 511, 511), Box(10, 10, 10, 10)):
        assert judge(sheet, TickBox(box), []).state in set(MarkState)


def test_drawn_pages_are_judged_well() -> None:
    score = Score()
    for seed in range(700_000, 700_120):
        score.add(seed)
    on, off = score.share("on"), score.share("off")
    assert on[2] / on[1] >= 0.99
    assert off[2] / off[1] >= 0.995
    assert score.unsure <= 0.04


@pytest.mark.parametrize(
    ("states", "dark", "wanted"),
    [
        ("uu-", (0.97, 0.95, 0.0), "++-"),
        ("u--", (0.97, 0.0, 0.0), "u--"),
        ("u++", (0.55, 0.5, 0.6), "+++"),
        ("u++", (0.97, 0.3, 0.3), "u++"),
        ("uu+", (0.97, 0.95, 0.3), "uu+"),
        ("uu-", (0.97, 0.4, 0.0), "uu-"),
        ("cc-", (0.97, 0.95, 0.0), "++-"),
        ("cc+", (0.97, 0.95, 0.96), "cc+"),
        ("ccd", (0.97, 0.95, 0.3), "ccd"),
        ("+++-", (0.9, 0.3, 0.35, 0.0), "u++-"),
        ("++--", (0.9, 0.85, 0.0, 0.0), "++--"),
        ("+---", (0.9, 0.0, 0.0, 0.0), "+---"),
    ],
)
def test_whoever_fills_boxes_fills_them_alike(states: str, dark: tuple[float, ...], wanted: str) -> None:
    kinds = {"+": MarkState.ON, "-": MarkState.OFF}
    alone = [Judged(kinds.get(one, MarkState.UNSURE), 0.83, one == "c") for one in states]
    odds = np.array(
        [{"-": (1, 0, 0), "d": (0.5, 0.5, 0)}.get(one, (0, 0.7, 0.3)) for one in states], np.float32
    )
    facts = np.zeros((len(states), 12), np.float32)
    facts[:, 3] = dark
    judged = by_habit(alone, odds, facts)
    assert [one.state for one in judged] == [kinds.get(one, MarkState.UNSURE) for one in wanted]


@pytest.mark.parametrize(
    ("chance", "ink", "others", "wanted"),
    [
        ((0.08, 0.86, 0.06), 0.42, ("+", "+", "-"), MarkState.ON),
        ((0.08, 0.86, 0.06), 0.42, ("+", "-"), MarkState.UNSURE),
        ((0.08, 0.86, 0.06), 0.15, ("+", "+", "-"), MarkState.UNSURE),
        ((0.85, 0.15, 0.0), 0.05, ("+", "-", "-"), MarkState.OFF),
        ((0.08, 0.86, 0.06), 0.05, ("+", "-", "-"), MarkState.UNSURE),
        ((0.4, 0.3, 0.3), 0.05, ("+", "-", "-"), MarkState.UNSURE),
    ],
)
def test_a_box_that_is_nearly_sure_is_what_two_sure_ones_like_it_are(
    chance: tuple[float, ...], ink: float, others: tuple[str, ...], wanted: MarkState
) -> None:
    alone = [Judged(MarkState.UNSURE, max(chance))]
    alone += [Judged(MarkState.ON if one == "+" else MarkState.OFF, 0.99) for one in others]
    odds = np.array([chance, *((0, 1, 0) if one == "+" else (1, 0, 0) for one in others)], np.float32)
    facts = np.zeros((len(alone), 12), np.float32)
    facts[:, 0] = [ink, *(0.4 if one == "+" else 0.02 for one in others)]
    assert by_habit(alone, odds, facts)[0].state is wanted


def _framed(count: int, ticked: set[int]) -> tuple[Paper, list[TickBox]]:
    """Boxes with a second frame well within the first, some with a tick."""
    paper = Paper(400, 60)
    boxes = []
    for number in range(count):
        x, y = 20.0 + 30 * number, 20.0
        for inset in (0.0, 1.9):
            a, b, c, d = x + inset, y + inset, x + 9 - inset, y + 9 - inset
            for line in ((a, b, c, b), (a, d, c, d), (a, b, a, d), (c, b, c, d)):
                paper.line(*line, 0.9)
        if number in ticked:
            paper.line(x + 2, y + 4, x + 4, y + 7, 1.0)
            paper.line(x + 4, y + 7, x + 11, y - 3, 1.0)
        boxes.append(TickBox(Box(x - 0.4, y - 0.4, x + 9.4, y + 9.4)))
    return paper, boxes


def test_a_frame_within_the_frame_is_no_mark_though_some_were_measured_by_it() -> None:
    paper, boxes = _framed(10, {4})
    wrong = [
        tick._replace(box=tick.box._replace(x1=tick.box.x1 - 1.9)) if number in (1, 6, 8) else tick
        for number, tick in enumerate(boxes)
    ]
    states = [one.state for one in judge_group(paper.sheet(), wrong)]
    assert states == [MarkState.ON if number == 4 else MarkState.OFF for number in range(10)]


def test_boxes_that_shine_through_teach_the_others_nothing() -> None:
    paper, boxes = _framed(7, {0, 2})
    sheet = paper.sheet()
    grey = sheet.grey.copy()
    ghosts = round(135 * sheet.scale)
    grey[:, ghosts:] = 255 - (255 - grey[:, ghosts:]) // 6
    states = [one.state for one in judge_group(replace(sheet, grey=grey), boxes)]
    assert states[:4] == [MarkState.ON, MarkState.OFF, MarkState.ON, MarkState.OFF]
