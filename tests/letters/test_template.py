"""Values are text and nothing but text, whatever stands in them; templates run nothing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.letters import Composed, LetterSpec, LetterSpecs, render
from pipeline.letters._template import unprintable
from tests.letters.words import paragraphs
from tests.letters.world import TEMPLATES, composed, order
from tools.letter_templates.__main__ import build

NASTY = [
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{_{ a }_}",
    "Sild & Søn <b>",
    "]]> \"dobbel\" 'enkel'",
    "Máret Ánne Đđ Ŋŋ Šš Ŧŧ Žž č",
    "👩‍👧 emoji",
    "første linje\nandre linje",
    "a\tb",
    "\u2028skilt\u2028",
    "\n<w:p>",
    "</w:t></w:r></w:p>",
    "$1 \\1 \\g<0>",
    "a\u0301 NFD",
]


def made(specs: LetterSpecs, name: str, **facts: object) -> tuple[LetterSpec, dict[str, object]]:
    wanted = order(name, facts=facts)
    result = composed(specs, wanted)
    assert isinstance(result, Composed), result
    return specs[wanted.kind], dict(result.data)


def shown(value: str) -> str:
    """How a value shows in the paragraphs of ``words``."""
    for mark in ("\r\n", "\r", "\u2028", "\u2029", "\x85"):
        value = value.replace(mark, "\n")
    return value.replace("\n", "⏎")


@pytest.mark.parametrize("value", NASTY)
def test_a_value_comes_out_as_it_was_written(specs: LetterSpecs, value: str) -> None:
    spec, data = made(specs, "appointment-user")
    data |= {"reasons": value, "coordinator_name": value, "marking": value, "neutral_title": value}
    data["recipient_lines"] = [value]
    letter = render(spec, data)
    body = paragraphs(letter)
    assert shown(value) in body
    assert any(line.startswith(f"{shown(value)}, ergoterapeut") for line in body)
    for head in ("word/header1.xml", "word/header2.xml"):
        assert shown(value) in paragraphs(letter, head)


@settings(max_examples=150, deadline=None)
@given(value=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_comes_out_or_is_refused(specs: LetterSpecs, value: str) -> None:
    """A value or a typed error, nothing else."""
    spec, data = made(specs, "appointment-user")
    data |= {"reasons": value, "marking": value}
    if unprintable(value):
        with pytest.raises(InputError):
            render(spec, data)
    else:
        letter = render(spec, data)
        assert shown(value) in paragraphs(letter)
        assert shown(value) in paragraphs(letter, "word/header2.xml")


def test_none_and_flags_and_lists_are_never_printed(specs: LetterSpecs) -> None:
    spec, data = made(specs, "appointment-user")
    for wrong in (None, True, ["a"], 1.5, {}):
        with pytest.raises(InputError):
            render(spec, data | {"coordinator_name": wrong})


def test_an_absent_field_is_an_error(specs: LetterSpecs) -> None:
    spec, data = made(specs, "appointment-user")
    del data["from_date"]
    with pytest.raises(InputError, match="from_date"):
        render(spec, data)


def test_lists_have_a_limit(specs: LetterSpecs) -> None:
    spec, data = made(specs, "appointment-user")
    with pytest.raises(InputError, match="for langt"):
        render(spec, data | {"recipient_lines": ["a"] * 201})


def test_nothing_of_one_letter_is_in_the_next(specs: LetterSpecs) -> None:
    spec, data = made(specs, "appointment-user")
    first = render(spec, data)
    render(spec, data | {"coordinator_name": "Ottar Vik", "recipient_lines": ["X"]})
    assert render(spec, data) == first


def test_the_properties_hold_the_neutral_title_and_no_person(specs: LetterSpecs) -> None:
    spec, data = made(specs, "appointment-user-family")
    with zipfile.ZipFile(io.BytesIO(render(spec, data))) as letter:
        core = letter.read("docProps/core.xml").decode()
        assert letter.testzip() is None
    assert "<dc:title>Brev i sak om koordinering</dc:title>" in core
    assert "<dc:creator>Fjordvik kommune</dc:creator>" in core
    assert "Brekkås" not in core


def test_a_template_can_run_nothing(specs: LetterSpecs) -> None:
    spec, data = made(specs, "appointment-user")
    for attack in (
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include 'x' %}",
        "{% for i in range(9999999) %}x{% endfor %}",
        "{{ du.__class__ }}",
        "{{ lipsum() }}",
        "{{ du|attr('x') }}",
    ):
        with pytest.raises(InputError):
            render(replace(spec, template=swapped(spec.template, "{{ role_definite }}", attack)), data)


def swapped(template: bytes, old: str, new: str, part: str = "word/document.xml", count: int = 1) -> bytes:
    """The template with a text changed in one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == part:
                assert old in content
                content = content.replace(old, new, count)
            target.writestr(name, content)
    return out.getvalue()


def test_the_shipped_templates_are_those_of_the_texts() -> None:
    made_now = build()
    assert {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.docx")} == set(made_now)
    for name, content in made_now.items():
        assert (TEMPLATES / name).read_bytes() == content
