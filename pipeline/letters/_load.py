"""The letters of a folder, ready for use, and the making of one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import DeclarationError
from pipeline.letters._inspection import inspect
from pipeline.letters._spec import LetterSpec, LetterSpecs, read_declarations
from pipeline.letters._template import fill


def load_letters(folder: Path) -> LetterSpecs:
    """The letters declared in ``templates/letters``; DeclarationError naming every mistake with file and key or place."""
    specs, wrong = read_declarations(folder)
    mistakes = [text for found in wrong.values() for text in found]
    for spec in specs.values():
        mistakes += [f"{spec.kind}.docx: {mistake}" for mistake in inspect(spec)[1]]
    if mistakes:
        raise DeclarationError(mistakes)
    return LetterSpecs(by_kind=specs)


def render(spec: LetterSpec, data: Mapping[str, object]) -> bytes:
    """The Word file of one letter, the same bytes for the same data; InputError when the template and the data disagree."""
    return fill(spec.template, data)
