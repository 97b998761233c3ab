"""The letters of a folder, ready for use, and the making of one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import DeclarationError
from pipeline.letters._inspection import file_of, inspect
from pipeline.letters._spec import LetterSpec, LetterSpecs, read_declarations
from pipeline.letters._template import fill
from pipeline.letters._translations import read_translations


def load_letters(folder: Path, *, on_use: bool = False) -> LetterSpecs:
    """The letters declared in ``templates/letters``; DeclarationError naming every mistake with file and key or place.

    ``on_use``: a template is looked through when its letter is first asked for, so that one letter doesn't wait for all.
    """
    specs, wrong = read_declarations(folder)
    others, amiss = read_translations(folder, specs, frozenset({*specs, *wrong}))
    mistakes = [text for found in (*wrong.values(), *amiss.values()) for text in found]
    if not on_use:
        every = [*specs.values(), *(spec for letters in others.values() for spec in letters.values())]
        mistakes += [mistake for spec in every for mistake in _mistakes(spec)]
    if mistakes:
        raise DeclarationError(mistakes)
    return (_CheckedOnUse if on_use else LetterSpecs)(by_kind=specs, others=others)


@dataclass(frozen=True, kw_only=True)
class _CheckedOnUse(LetterSpecs):
    """Letters whose templates are looked through once each, when first asked for."""

    sound: set[tuple[str, str]] = field(default_factory=set)

    def __getitem__(self, kind: str) -> LetterSpec:
        """The letter of a kind; KeyError when there is none, DeclarationError when its template has mistakes."""
        return self._looked_through(super().__getitem__(kind))

    def of(self, kind: str, language: str) -> LetterSpec | None:
        """The letter of a kind in a language; raises as ``__getitem__``."""
        spec = super().of(kind, language)
        return None if spec is None else self._looked_through(spec)

    def _looked_through(self, spec: LetterSpec) -> LetterSpec:
        if (spec.kind, spec.language) not in self.sound:
            mistakes = _mistakes(spec)
            if mistakes:
                raise DeclarationError(mistakes)
            self.sound.add((spec.kind, spec.language))
        return spec


def fingerprint(folder: Path) -> str:
    """What ``load_letters`` would look through, and by which rules: while it is the same, so is the answer."""
    own = Path(__file__).parent
    found = [*sorted(own.glob("*.py")), *sorted(one for one in folder.rglob("*") if one.is_file())]
    whole = hashlib.sha256()
    for file in found:
        content = file.read_bytes()
        whole.update(f"{file.name} {file.parent.name} {len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def _mistakes(spec: LetterSpec) -> list[str]:
    return [f"{file_of(spec)}: {mistake}" for mistake in inspect(spec)[1]]


def render(spec: LetterSpec, data: Mapping[str, object]) -> bytes:
    """The Word file of one letter, the same bytes for the same data; InputError when the template and the data disagree."""
    return fill(spec.template, data)
