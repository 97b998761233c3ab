"""The rules that our own forms name, and the column of boxes: what is a problem, and what is a doubt."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.checking import check_values
from pipeline.domain import Submission
from pipeline.values import PostTowns
from tests.unit.laying import FORMS

SIGNED: dict[str, object] = {"recipient.name": "Ida Moen", "date": "03.11.2026", "signed": True}


def said(form: str, values: dict[str, object]) -> Submission:
    return check_values(
        values, FORMS.of(form), source="m", today=dt.date(2026, 11, 22), towns=PostTowns(towns={})
    )


def texts(form: str, **values: object) -> list[str]:
    told = SIGNED | {name.replace("__", "."): value for name, value in values.items()}
    return [problem.text for problem in said(form, told).problems]


def test_somebody_must_sign() -> None:
    """T-19: who it must be follows from age; that nobody did is the form's own lack."""
    assert "Ingen har skrevet under." in texts("consent-withdrawal", withdraws__all=True, signed=False)
    assert not texts("consent-withdrawal", withdraws__all=True)
    assert not texts("consent-withdrawal", withdraws__all=True, signed=False, guardian__signed=True)


def test_something_must_be_ticked() -> None:
    """R-54: wholly, or for persons, or for kinds of information."""
    (text,) = texts("consent-withdrawal")
    assert text.startswith("Det er ikke krysset av: Hele samtykket")


@pytest.mark.parametrize(
    ("box", "wanted", "value"),
    [
        ("withdraws__persons", "persons", [{"name": "Per Vik", "service": ""}]),
        ("withdraws__information", "withdrawn_information", "Journalen"),
    ],
)
def test_a_box_that_asks_for_more_gets_it(box: str, wanted: str, value: object) -> None:
    (text,) = texts("consent-withdrawal", **{box: True})
    assert "men dette er ikke fylt ut" in text
    assert not texts("consent-withdrawal", **{box: True, wanted: value})


def test_a_persons_own_box_is_part_of_the_row() -> None:
    """R-57, R-58: a name without its box is no consent, and is told as such."""
    people = [{"name": "Per Vik", "allowed": "x"}, {"name": "Liv Ås", "allowed": False}]
    read = said("collaboration-consent", SIGNED | {"persons": people})
    assert read.value("persons") == (
        {"name": "Per Vik", "allowed": True, "service": None, "information": None},
        {"name": "Liv Ås", "allowed": False, "service": None, "information": None},
    )
