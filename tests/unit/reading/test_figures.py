"""Handwritten dates and telephones: two readers and the shape of such a value find it together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from pipeline.reading.scan.marks._net import chances, weights_of
from pipeline.reading.scan.text._courses import course
from pipeline.reading.scan.text._figures import CHARS, figured, looks_figured, shaped
from pipeline.reading.scan.text._glyphs import MODEL, NOTHING, views_of
from pipeline.reading.scan.text._strip import Strip, strip_whole
from tests.scans.pen import samples

FRAME = 8


def inked(figure: int, number: int = 0) -> np.ndarray:
    """A real digit as a scan shows it, twice as large as it comes."""
    return np.asarray(np.kron(samples()[figure, number], np.ones((2, 2))) > 100, np.bool_)


def written(text: str) -> Strip:
    """Real digits side by side, a stroke for every other character."""
    parts = []
    for number, char in enumerate(text):
        part = np.zeros((56, 56 if char.isdigit() else 16), np.bool_)
        if char.isdigit():
            part |= inked(int(char), number)
        else:
            part[10:46, 7:10] = True
        parts.append(part)
    strip = strip_whole(np.where(np.concatenate(parts, axis=1), 0, 255).astype(np.uint8))
    assert strip is not None
    return strip


class Heard:
    """A recogniser that is as sure of each character as it is told, in its place on the strip."""

    def __init__(self, text: str, shown: dict[int, dict[str, float]]) -> None:
        self._text, self._shown = text, shown

    def frames(self, strip: Strip, chars: str) -> tuple[np.ndarray, np.ndarray]:
        wide = np.cumsum([0, *(56 if char.isdigit() else 16 for char in self._text)])
        middles = [(a + b) / 2 - 10 for a, b in pairwise(wide)]
        count = int(wide[-1]) // FRAME
        shares = np.full((count, len(chars) + 1), 1e-4)
        shares[:, 0] = 0.99
        for number, (char, middle) in enumerate(zip(self._text, middles, strict=True)):
            row = min(count - 1, max(0, round(middle / FRAME)))
            shares[row] = 1e-4
            for seen, share in self._shown.get(number, {char: 0.95}).items():
                shares[row, 1 + chars.index(seen) if seen else 0] = share
        return np.log(shares), (np.arange(count) + 0.5) * FRAME


def test_the_net_knows_real_digits_that_it_never_learnt() -> None:
    inks = [inked(figure, number) for figure in range(10) for number in range(40)]
    views, facts = views_of(inks)
    seen = chances(weights_of(MODEL), [views], facts)
    assert (seen[:, :NOTHING].argmax(axis=1) == np.repeat(np.arange(10), 40)).mean() >= 0.97


def test_a_way_is_found_for_the_shape_asked_for_and_doubled_characters_are_kept_apart() -> None:
    logits = np.log(np.full((7, 3), 0.02))
    for frame, column in enumerate((1, 0, 1, 2, 2, 0, 1)):
        logits[frame, column] = np.log(0.9)
    way = course(logits, [(1,), (1,), (2,), (1, 2)])
    assert way is not None
    assert way.spans == ((0, 0), (2, 2), (3, 4), (6, 6))
    assert course(logits[:3], [(1,), (1,), (1,), (1,)]) is None


@pytest.mark.parametrize("text", ["14.12.2024", "7/8-78", "03.02.23"])
def test_a_date_that_both_see_is_the_date(text: str) -> None:
    found = figured(written(text), "date", Heard(text, {}))  # type: ignore[arg-type]
    assert found == text.replace("/", ".").replace("-", ".")


def test_a_stroke_taken_for_a_one_parts_the_day_from_the_month() -> None:
    shown = {2: {"1": 0.6, "/": 0.3}, 5: {"-": 0.9}}
    text = "23/11-1981"
    found = figured(written(text), "birth-date", Heard(text, shown))  # type: ignore[arg-type]
    assert found == "23.11.1981"


def test_where_one_reader_doubts_the_other_tells() -> None:
    shown = {3: {"1": 0.5, "7": 0.45}}
    assert figured(written("41350272"), "phone", Heard("41350272", shown | {6: {"1": 0.5, "7": 0.45}})) == (  # type: ignore[arg-type]
        "41350272"
    )


def test_a_date_that_does_not_exist_is_not_the_guess() -> None:
    shown = {0: {"3": 0.6, "2": 0.35}, 1: {"8": 0.9}}
    found = figured(written("28.02.2024"), "date", Heard("28.02.2024", shown))  # type: ignore[arg-type]
    assert found == "28.02.2024"


def test_where_no_shape_fits_nothing_is_said() -> None:
    assert figured(written("12345"), "phone", Heard("12345", {})) == ""  # type: ignore[arg-type]


def test_words_are_not_figures() -> None:
    assert looks_figured("04.o2.2O24")
    assert not looks_figured("4. februar 2024")
    assert not looks_figured("2024")
    assert len(set(CHARS)) == len(CHARS)


@pytest.mark.parametrize(
    ("text", "kind", "is_one"),
    [
        ("15.202/", "date", False),
        ("7.S.2021", "date", False),
        ("31.2.2021", "date", False),
        ("7.5.2021", "date", True),
        ("070521", "date", True),
        ("2021-05-07", "birth-date", True),
        ("604773 09 08 96", "phone", False),
        ("+4773 09 08 96", "phone", True),
    ],
)
def test_a_reading_that_is_no_date_or_telephone_is_known(text: str, kind: str, is_one: bool) -> None:
    assert shaped(text, kind) is is_one
