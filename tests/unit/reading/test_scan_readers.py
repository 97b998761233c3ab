"""The two text readers: what they see, where they say it stands, and what there is when one is absent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import ReadWord, TickBox
from pipeline.reading.scan.text import _recogniser, _tesseract
from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._alphabets import ALPHABETS
from pipeline.reading.scan.text._openings import with_house_letter
from pipeline.reading.scan.text._recogniser import BIAS, Recogniser, recogniser
from pipeline.reading.scan.text._rings import unlike
from pipeline.reading.scan.text._strip import Strip, part_of, strip_of
from pipeline.reading.scan.text._tesseract import Tesseract, tesseract
from pipeline.reading.scan.text._text import shortened
from pipeline.reading.scan.text._words import About, placed
from tests.unit.reading.paper import Paper


def reader() -> Tesseract:
    found = tesseract()
    assert isinstance(found, Tesseract), found
    return found


def ours() -> Recogniser:
    found = recogniser()
    assert isinstance(found, Recogniser), found
    return found


def printed(text: str, size: float = 11) -> Strip:
    paper = Paper()
    box = paper.text(30, 60, text, size)
    strip = strip_of(paper.sheet(), box, [], [])
    assert strip is not None
    return strip


@pytest.mark.parametrize(
    "text", ["Fødselsdato:", "Åse Sætre", "17.06.1947", "POSTNUMMER, STED:", "7130 Brekstad"]
)
@pytest.mark.parametrize("size", [8, 11, 16])
def test_both_readers_read_norwegian_print(text: str, size: float) -> None:
    strip = printed(text, size)
    assert reader().read(strip).text == text
    assert ours().read(strip).text == text


def test_words_have_their_places_and_the_height_of_a_font() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Navn: Åse Sætre")
    first = paper.text(30, 60, "Navn:")
    strip = strip_of(paper.sheet(), box, [], [])
    assert strip is not None
    for line in (reader().read(strip), ours().read(strip)):
        assert [word.text for word in line.words] == ["Navn:", "Åse", "Sætre"]
        assert line.words[0].box.x0 == pytest.approx(first.x0, abs=1)
        assert line.words[0].box.x1 == pytest.approx(first.x1, abs=1.5)
        assert line.words[-1].box.x1 == pytest.approx(box.x1, abs=1)
        for word in line.words:
            assert word.box.top < box.top + 1
            assert 58 < word.box.bottom < 66
            assert 0 < word.confidence <= 1


def test_small_letters_alone_get_the_box_that_capitals_get() -> None:
    small, large = (reader().read(printed(text)).words[0].box for text in ("sammen", "SAMMEN"))
    assert small.top == pytest.approx(large.top, abs=1.5)
    assert small.bottom == pytest.approx(large.bottom, abs=1.5)


def test_the_alphabet_of_a_field_rules_out_letters() -> None:
    strip = printed("O1.l2.2O24")
    assert set(ours().letters(strip, "digits").text) <= set(ALPHABETS["digits"])


def test_an_address_keeps_its_sign() -> None:
    strip = printed("ase.saetre@epost.example")
    assert ours().letters(strip, "email").text == "ase.saetre@epost.example"


def test_the_bias_goes_to_lookalikes_only() -> None:
    chars = ["", "a", "å", "b", "á"]
    logits = np.log(
        np.array(
            [
                [0.01, 0.9, 0.05, 0.01, 0.01],
                [0.01, 0.01, 0.05, 0.9, 0.01],
                [0.01, 0.01, 0.05, 0.01, 0.9],
                [0.9, 0.05, 0.04, 0.0001, 0.0001],
            ],
            dtype=np.float32,
        )
    )
    before = logits.copy()
    _recogniser.Leaning(chars).lean(logits)
    assert logits[0, 2] == pytest.approx(before[0, 2] + BIAS)
    assert logits[0].argmax() == 2
    assert (logits[1:] == before[1:]).all()


def test_a_letter_is_given_the_bias_of_every_letter_it_looks_like() -> None:
    chars = ["", "o", "ø", "a", "å", "æ"]
    logits = np.zeros((1, 6), dtype=np.float32)
    logits[0, 3] = 1.0
    _recogniser.Leaning(chars).lean(logits)
    assert logits[0].tolist() == [0, 0, 0, 1, BIAS, BIAS]


def test_the_same_picture_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, looks = ours(), []
    session = reader._session

    class Counted:
        def run(self, *asked: object) -> object:
            looks.append(1)
            return session.run(*asked)

    monkeypatch.setattr(reader, "_session", Counted())
    monkeypatch.setattr(reader, "_seen", {})
    strip, other = printed("25.03.2013"), printed("26.04.2014")
    first = reader.letters(strip, "date").text
    assert reader.letters(strip, "text").text == first == "25.03.2013"
    assert len(looks) == 1
    assert reader.letters(other, "date").text == "26.04.2014"
    assert reader.letters(strip, "date").text == first
    assert len(looks) == 2


def test_no_more_pictures_are_kept_than_a_page_asks_about_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = ours()
    monkeypatch.setattr(reader, "_seen", {})
    monkeypatch.setattr(_recogniser, "KEPT", 2)
    for text in ("12", "34", "56"):
        reader.letters(printed(text), "digits")
    assert len(reader._seen) == 2


def test_frames_become_characters_once() -> None:
    chars = ["", "a", "b"]
    rows = [[0.1, 0.8, 0.1], [0.1, 0.9, 0.0], [0.9, 0.1, 0.0], [0.2, 0.7, 0.1], [0.1, 0.2, 0.7]]
    logits = np.log(np.maximum(np.array(rows, dtype=np.float32), 1e-6))
    reading = _recogniser._decoded(logits, chars, 8.0, 1.0, 0.0)
    assert reading.text == "aab"
    assert [round(letter.confidence, 2) for letter in reading.letters] == [0.9, 0.7, 0.7]
    assert reading.least == pytest.approx(0.7)
    assert reading.least <= reading.confidence <= 0.9


def test_nothing_seen_is_nothing() -> None:
    reading = _recogniser._decoded(np.zeros((0, 2), dtype=np.float32), ["", "a"], 8.0, 1.0, 0.0)
    assert (reading.text, reading.confidence, reading.least) == ("", 0.0, 0.0)


def test_a_line_under_the_text_and_a_box_beside_it_are_taken_out() -> None:
    paper = Paper()
    box = paper.text(40, 60, "Brekstad")
    paper.line(20, 61.5, 300, 61.5)
    paper.line(28, 50, 28, 60)
    wide = Box(22, box.top - 1, box.x1 + 20, 63)
    strip = strip_of(paper.sheet(), wide, [Rule(True, 61.5, 20, 300)], [TickBox(Box(27, 50, 29, 60))])
    assert strip is not None
    assert strip.box.x0 == pytest.approx(box.x0, abs=1)
    assert strip.box.bottom == pytest.approx(box.bottom, abs=1)
    assert reader().read(strip).text == "Brekstad"


def test_empty_paper_is_no_strip() -> None:
    assert strip_of(Paper().sheet(), Box(10, 10, 60, 30), [], []) is None
    assert strip_of(Paper().sheet(), Box(500, 10, 560, 30), [], []) is None


def test_a_part_of_a_strip_is_its_words() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Navn: Åse")
    value = paper.text(30, 60, "Navn: ").x1
    strip = strip_of(paper.sheet(), box, [], [])
    assert strip is not None
    part = part_of(strip, value, box.x1)
    assert part is not None
    assert ours().read(part).text == "Åse"
    assert part_of(strip, box.x1 + 50, box.x1 + 60) is None


def test_words_part_at_the_widest_blank_near_where_the_reader_says() -> None:
    strip = printed("Liv Moen")
    wide = strip.ink.shape[1]
    line = placed(strip, [About("Liv", 0, wide * 0.42, 0.9), About("Moen", wide * 0.45, wide, 0.7)])
    own = printed("Liv")
    assert line.words[0].box.x1 == pytest.approx(own.box.x1, abs=1)
    assert line.confidence == pytest.approx((0.9 * 3 + 0.7 * 4) / 7)


def test_without_norwegian_data_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(_tesseract, "_folders", lambda: (tmp_path,))
    found = _tesseract._made("nor")
    assert isinstance(found, Absent)
    assert "tesseract-ocr-nor" in found.text


def test_broken_data_is_no_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "nor.traineddata").write_bytes(b"no data")
    monkeypatch.setattr(_tesseract, "_folders", lambda: (tmp_path,))
    assert isinstance(_tesseract._made("nor"), Absent)


def test_without_the_model_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_recogniser, "model_path", lambda: None)
    found = _recogniser._made()
    assert isinstance(found, Absent)
    assert "rapidocr" in found.text
    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"no model")
    monkeypatch.setattr(_recogniser, "model_path", lambda: broken)
    assert isinstance(_recogniser._made(), Absent)


def test_each_thread_has_its_own_readers() -> None:
    from concurrent.futures import ThreadPoolExecutor

    strip = printed("Brekstad")
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: (reader(), reader().read(strip).text), range(2)))
    assert all(one is not reader() and text == "Brekstad" for one, text in made)


def test_the_reading_room_opens_without_the_libraries_of_scans() -> None:
    code = "import sys, pipeline.reading; print([m for m in ('numpy', 'cv2', 'onnxruntime', 'tesserocr') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_underscores_that_letters_touch_are_taken_out() -> None:
    paper = Paper()
    label = paper.text(30, 60, "Evt. verge ")
    value = paper.text(label.x1 + 4, 60, "Øyvind Gjøby")
    paper.line(label.x1, 62, 330, 62, 0.5)
    strip = strip_of(paper.sheet(), Box(28, label.top - 3, 332, 66), [], [])
    assert strip is not None
    assert strip.box.x1 == pytest.approx(value.x1, abs=2)
    assert reader().read(strip).text == "Evt. verge Øyvind Gjøby"
    assert ours().read(strip).text == "Evt. verge Øyvind Gjøby"


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("T1f", "Tlf"),
        ("Te1efon", "Telefon"),
        ("H0201", "H0201"),
        ("K0ordinator", "K0ordinator"),
        ("k0mmune", "kommune"),
        ("O'Nei11", "O'Neill"),
        ("H11", "H11"),
        ("uke1", "uke1"),
    ],
)
def test_a_figure_among_letters_is_a_letter(seen: str, meant: str) -> None:
    word = _recogniser._spelled(About(seen, 0, 10, 0.99))
    assert word.text == meant
    assert (word.confidence < 0.6) is (seen != meant)


@pytest.mark.parametrize(
    ("printed_as", "seen_as"), [("Sjøvegan", "Siøvegan"), ("Gyro", "Gvro"), ("Solheim", "Solhelm")]
)
def test_a_tail_or_a_dot_is_a_difference(printed_as: str, seen_as: str) -> None:
    strip = printed(printed_as)
    letters = ours().letters(strip, "text").letters
    assert "".join(letter.text for letter in letters) == printed_as
    assert not unlike(strip, letters)
    assert unlike(
        strip, tuple(letter._replace(text=text) for letter, text in zip(letters, seen_as, strict=True))
    )


def test_words_part_where_the_letters_do_though_a_reader_is_a_letter_off() -> None:
    strip = printed("Navn Torill Moe")
    right = reader().read(strip).words
    letter = (right[0].box.x1 - right[0].box.x0) / 4 * strip.scale
    starts = [word.box.x0 * strip.scale - strip.x for word in right]
    ends = [word.box.x1 * strip.scale - strip.x for word in right]
    off = [
        About("Navn", starts[0], ends[0] - letter, 0.9),
        About("Torill", starts[1] - 1.4 * letter, ends[1], 0.9),
        About("Moe", starts[2], ends[2], 0.9),
    ]
    assert [word.box for word in placed(strip, off).words] == [word.box for word in right]


def test_a_level_stroke_at_a_lines_beginning_is_part_of_its_letter() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Tlf. 90 12 34 56", 18)
    strip = strip_of(paper.sheet(), box, [], [])
    assert strip is not None
    assert strip.box.top <= box.top + 0.5
    assert strip.ink[:4, : round(8 * strip.scale)].any()


@pytest.mark.parametrize(
    ("printed_as", "read_as"), [("16C", "160"), ("120C", "1200"), ("60", "60"), ("8", "8")]
)
def test_the_letter_after_a_house_number_is_open(printed_as: str, read_as: str) -> None:
    strip = printed(f"Søndre gate {printed_as}")
    assert with_house_letter(f"Søndre gate {read_as}", strip) == f"Søndre gate {printed_as}"


def test_a_number_that_is_no_house_keeps_its_nought() -> None:
    assert with_house_letter("16.10.2020", printed("Søndre gate 16C")) == "16.10.2020"


@pytest.mark.parametrize("barred", [False, True])
def test_a_bar_through_a_d_is_seen_though_both_readers_read_a_d(barred: bool) -> None:
    paper = Paper()
    box = paper.text(30, 60, "Dahl Dana", 14)
    if barred:
        middle = (box.top + box.bottom) / 2
        paper.line(box.x0 - 1.2, middle, box.x0 + 4, middle, 1.0)
    strip = strip_of(paper.sheet(), Box(box.x0 - 3, box.top, box.x1, box.bottom), [], [])
    assert strip is not None
    reading = ours().letters(strip, "person")
    assert unlike(strip, reading.letters) is (barred and "Đ" not in "".join(x.text for x in reading.letters))


def test_a_tail_under_a_capital_is_seen_though_both_readers_read_an_n() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Nilla")
    stem = paper.text(30, 60, "N").x1 - 0.6
    paper.line(stem, 59, stem, 62.6, 1.0)
    strip = strip_of(paper.sheet(), box._replace(bottom=64), [], [])
    plain = printed("Nilla")
    assert strip is not None
    letters = ours().letters(plain, "text").letters
    assert "".join(letter.text for letter in letters) == "Nilla"
    assert (unlike(plain, letters), unlike(strip, letters)) == (False, True)


def test_a_word_that_took_the_line_after_it_for_an_underscore_ends_where_its_letters_do() -> None:
    paper = Paper()
    box = paper.text(30, 60, "2024")
    for x in range(64, 300, 20):
        paper.line(x, 56, x + 6, 56, 3)
    strip = strip_of(paper.sheet(), Box(box.x0, box.top, 300, box.bottom + 1), [], [])
    assert strip is not None
    whole = ReadWord("2024_", Box(box.x0, box.top, 300, box.bottom), 0.95)
    found = shortened(whole, strip)
    assert (found.text, found.confidence) == ("2024", 0.95)
    assert found.box.x1 == pytest.approx(box.x1, abs=1.5)
    assert shortened(whole._replace(text="2024"), strip) == whole._replace(text="2024")
    short = ReadWord("a_b_", box, 0.95)
    assert shortened(short, strip) == short


def test_the_reader_leaves_no_identity_and_no_reports_of_the_machine(tmp_path: Path) -> None:
    """onnxruntime is silent in CI and unless told otherwise reports to its maker: here it must be our doing."""
    loud = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    code = "from pipeline.reading.scan.text._recogniser import Recogniser, recogniser; assert isinstance(recogniser(), Recogniser)"
    subprocess.run([sys.executable, "-c", code], env=loud, check=True, timeout=60)
    assert not list(tmp_path.rglob("*"))
