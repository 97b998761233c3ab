"""The letters in the other languages: a folder for each, named by its code, with its own words and templates.

The declaration is one for all languages: facts, recipients and what must be printed are the same, only the words differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.letters._spec import WORDS_FILE, LetterSpec, words_of


def read_translations(
    folder: Path, first: Mapping[str, LetterSpec], declared: frozenset[str]
) -> tuple[dict[str, dict[str, LetterSpec]], dict[str, list[str]]]:
    """The letters that other languages have, by language and kind, and every mistake by ``language/kind``.

    ``first``: the letters in the home's own language. ``declared``: every kind that has a declaration, sound or not.
    """
    mistakes: dict[str, list[str]] = {}
    made: dict[str, dict[str, LetterSpec]] = {}
    own = next((spec.words for spec in first.values()), None)
    if own is None:
        return made, mistakes
    for place in sorted({p.parent for p in (*folder.glob(f"*/{WORDS_FILE}"), *folder.glob("*/[!_~]*.docx"))}):
        words = words_of(place, mistakes, own)
        if words is None:
            continue
        if words.language != place.name:
            mistakes.setdefault("", []).append(
                f"{place.name}/{WORDS_FILE}: «language» skal være mappens navn, {place.name}"
            )
            continue
        made[place.name] = {}
        for path in sorted(place.glob("[!_~]*.docx")):
            name, spec = f"{place.name}/{path.stem}", first.get(path.stem)
            if spec is None:
                if path.stem not in declared:
                    mistakes[name] = [f"{name}.docx: erklæringen {path.stem}.toml mangler"]
                continue
            told = spec.enclosures_nn if place.name == "nn" else {}
            enclosures = {
                fact: told.get(fact) or words.own.get(word, "") for fact, word in spec.enclosures.items()
            }
            if set(told) - set(enclosures) or not all(enclosures.values()):
                mistakes[name] = [
                    f"{path.stem}.toml: «{place.name}.enclosures» skal ha de samme navnene som «enclosures»"
                ]
                continue
            content = path.read_bytes()
            made[place.name][path.stem] = replace(
                spec,
                language=place.name,
                words=words,
                enclosures=enclosures,
                template=content,
                template_sha256=hashlib.sha256(content).hexdigest(),
            )
    return made, mistakes
