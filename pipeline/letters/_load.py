"""The letters of a folder, ready for use, and the making of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import DeclarationError
from pipeline.letters._inspection import inspect
from pipeline.letters._spec import LetterSpec, LetterSpecs, read_declarations
from pipeline.letters._template import fill


def load_letters(folder: Path, *, on_use: bool = False) -> LetterSpecs:
    """The letters declared in ``templates/letters``; DeclarationError naming every mistake with file and key or place.

    ``on_use``: a template is looked through when its letter is first asked for, so that one letter doesn't wait for all.
    """
    specs, wrong = read_declarations(folder)
    mistakes = [text for found in wrong.values() for text in found]
    if not on_use:
        mistakes += [mistake for spec in specs.values() for mistake in _mistakes(spec)]
    if mistakes:
        raise DeclarationError(mistakes)
    return _CheckedOnUse(by_kind=specs) if on_use else LetterSpecs(by_kind=specs)


@dataclass(frozen=True, kw_only=True)
class _CheckedOnUse(LetterSpecs):
    """Letters whose templates are looked through once each, when first asked for."""

    sound: set[str] = field(default_factory=set)

    def __getitem__(self, kind: str) -> LetterSpec:
        """The letter of a kind; KeyError when there is none, DeclarationError when its template has mistakes."""
        spec = super().__getitem__(kind)
        if kind not in self.sound:
            mistakes = _mistakes(spec)
            if mistakes:
                raise DeclarationError(mistakes)
            self.sound.add(kind)
        return spec


def _mistakes(spec: LetterSpec) -> list[str]:
    return [f"{spec.kind}.docx: {mistake}" for mistake in inspect(spec)[1]]


def render(spec: LetterSpec, data: Mapping[str, object]) -> bytes:
    """The Word file of one letter, the same bytes for the same data; InputError when the template and the data disagree."""
    return fill(spec.template, data)
