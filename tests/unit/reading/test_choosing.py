"""The likelier letter where two readers differ."""

from __future__ import annotations

import pytest

from pipeline.domain import Box, Word
from pipeline.reading.scan.text._agreement import APART, SecondReading
from pipeline.reading.scan.text._choosing import chosen, marked
from pipeline.reading.scan.text._settling import UNSPACED, settled


@pytest.mark.parametrize(
    ("first", "second", "likely"),
    [
        ("Mathisen", "Mathlsen", "Mathisen"),
        ("Mathlas", "Mathias", "Mathias"),
        ("Jan Moe", "lan Moe", "Jan Moe"),
        ("IOP", "1oP", "IOP"),
        ("Sara Bø", "$ara Bø", "Sara Bø"),
        ("RÆGE", "RAEGE", "RÆGE"),
        ("Bivra", "Đivra", "Đivra"),
        ("Beng", "Berg", "Berg"),
    ],
)
def test_the_likelier_letter_is_the_guess(first: str, second: str, likely: str) -> None:
    assert chosen(first, second, "person") == likely


def test_an_address_is_left_to_the_reader_that_knows_it() -> None:
    assert chosen("mathisenQx.no", "mathlsen@x.no", "email") == "mathlsen@x.no"


def test_an_apostrophe_is_the_rounder_one() -> None:
    assert marked("D'Angelo", "D’Angelo") == "D’Angelo"
    assert marked("D'Angelo", "DiAngelo") == "D'Angelo"


def _run(*texts: str) -> list[Word]:
    return [
        Word(text=text, box=Box(40.0 * n, 0, 40.0 * n + 36, 10), confidence=0.93)
        for n, text in enumerate(texts)
    ]


def _second(text: str) -> SecondReading:
    return SecondReading(text=text, confidence=0.99, reader="pp-ocr")


def test_what_is_chosen_stays_a_guess() -> None:
    words = settled(_run("Karin", "Mathisen"), _second("Karin Mathlsen"), "person")
    assert [word.text for word in words] == ["Karin", "Mathisen"]
    assert {word.confidence for word in words} == {APART}


def test_a_stop_that_stands_alone_is_a_speck_and_looked_at() -> None:
    words = settled(_run("Hjemmetjenesten", "."), _second("Hjemmetjenesten ."), "text")
    assert [word.text for word in words] == ["Hjemmetjenesten"]
    assert words[0].confidence <= UNSPACED


def test_a_dot_before_a_name_is_dust() -> None:
    words = settled(_run("·", "Ahmed", "Li"), _second("Ahmed Li"), "person")
    assert [word.text for word in words] == ["Ahmed", "Li"]


def test_words_that_a_lost_blank_joined_are_parted_and_looked_at() -> None:
    words = settled(_run("KariBerg"), _second("KariBerg"), "person")
    assert words[0].text == "Kari Berg"
    assert words[0].confidence <= UNSPACED
    assert settled(_run("MacDonald"), _second("MacDonald"), "person")[0].text == "MacDonald"


@pytest.mark.parametrize(
    ("name", "sure"),
    [("Harald vågen", False), ("Harald Vågen", True), ("Kari van Dijk", True), ("ola sæther", True)],
)
def test_a_name_that_ends_in_a_small_letter_like_its_capital_is_looked_at(name: str, *, sure: bool) -> None:
    words = settled(_run(*name.split()), _second(name), "person")
    assert (min(word.confidence for word in words) > UNSPACED) is sure
