"""A letter's declaration: ``<kind>.toml`` beside ``<kind>.docx``."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain import PartyRole
from pipeline.letters._fields import FactSpec, FactType, Field, fields_of
from pipeline.letters._words import Words, read_words

WORDS_FILE = "_words.toml"
ENCLOSED = "form_enclosed"
"""The fact that tells a letter that its form goes with it."""
_KEYS = {
    "kind",
    "title",
    "language",
    "recipients",
    "rules",
    "names_person",
    "complaint",
    "one_of",
    "must_print",
    "encloses",
    "enclosures",
    "facts",
    "nn",
}


@dataclass(frozen=True, kw_only=True)
class LetterSpec:
    """One kind of letter. ``template`` is the Word file's bytes, so that a letter is made from what its hash says.

    ``one_of``: of each group at least one fact must be known. ``every_page`` and ``body``: fields the template must print.
    ``encloses``: the form that goes with the letter, filled in with what is known (``""``: none); the fact ``form_enclosed``
    tells the letter that it does. ``names_person``: the letter may name the one the case is about.
    ``enclosures_nn``: what the enclosures are called in nynorsk. ``title`` is the clerk's, and the same for both languages.
    """

    kind: str
    title: str
    language: str
    recipients: frozenset[PartyRole]
    rules: tuple[str, ...]
    facts: Mapping[str, FactSpec]
    one_of: tuple[tuple[str, ...], ...]
    enclosures: Mapping[str, str]
    every_page: tuple[str, ...]
    body: tuple[str, ...]
    complaint: bool
    names_person: bool
    words: Words
    template: bytes
    template_sha256: str
    encloses: str = ""
    enclosures_nn: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields the template may use."""
        return fields_of(self.facts, complaint=self.complaint, names_person=self.names_person)


@dataclass(frozen=True, kw_only=True)
class LetterSpecs:
    """Every kind of letter, by kind. ``others``: the same letters in other languages, by language and kind."""

    by_kind: Mapping[str, LetterSpec]
    others: Mapping[str, Mapping[str, LetterSpec]] = field(default_factory=dict)

    def __getitem__(self, kind: str) -> LetterSpec:
        """The letter of a kind in the home's own language; KeyError when there is none."""
        return self.by_kind[kind]

    def of(self, kind: str, language: str) -> LetterSpec | None:
        """The letter of a kind in a language (``nb``, ``nn``), None when it has no template there; KeyError for an unknown kind."""
        first = self.by_kind[kind]
        return first if first.language == language else self.others.get(language, {}).get(kind)

    @property
    def languages(self) -> Mapping[str, str]:
        """Every language a letter is to be had in, by code, as the clerk calls it; the home's own first."""
        return next((spec.words.languages for spec in self.by_kind.values()), {})

    def __contains__(self, kind: object) -> bool:
        """Whether there is such a letter."""
        return kind in self.by_kind

    def __iter__(self) -> Iterator[LetterSpec]:
        """The letters in the order of their kinds."""
        return iter(self.by_kind.values())


def read_declarations(folder: Path) -> tuple[dict[str, LetterSpec], dict[str, list[str]]]:
    """The letters that could be read, and every mistake by kind (``""``: not of one letter)."""
    mistakes: dict[str, list[str]] = {}
    words = words_of(folder, mistakes)
    specs: dict[str, LetterSpec] = {}
    for path in sorted(folder.glob("[!_]*.toml")):
        found: list[str] = []
        spec = _spec(path, words, found)
        if found or spec is None:
            mistakes[path.stem] = found
        else:
            specs[spec.kind] = spec
    for path in sorted(folder.glob("[!_~]*.docx")):
        if not path.with_suffix(".toml").exists():
            mistakes.setdefault(path.stem, []).append(f"{path.name}: erklæringen {path.stem}.toml mangler")
    if not specs and not mistakes:
        mistakes[""] = [f"{folder.name}: ingen brevmaler"]
    return specs, mistakes


def _table(path: Path, mistakes: list[str]) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        mistakes.append(f"{path.name}: filen mangler")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        mistakes.append(f"{path.name}: kan ikke leses som TOML ({fault})")
    return {}


def words_of(folder: Path, mistakes: dict[str, list[str]], first: Words | None = None) -> Words | None:
    """The words of a folder of letters; ``first`` are the home's own, when the folder is another language's."""
    found: list[str] = []
    table = _table(folder / WORDS_FILE, found)
    words = None
    if table:
        words, found = read_words(table, f"{folder.name}/{WORDS_FILE}" if first else WORDS_FILE, first)
    if found:
        mistakes.setdefault("", []).extend(found)
    return words


def _spec(path: Path, words: Words | None, mistakes: list[str]) -> LetterSpec | None:
    table = _table(path, mistakes)
    if not table:
        return None
    reader = _Reader(path.name, table, mistakes)
    mistakes += [f"{path.name}: ukjent nøkkel «{key}»" for key in sorted(set(table) - _KEYS)]
    kind = reader.text("kind")
    if kind and kind != path.stem:
        mistakes.append(f"{path.name}: «kind» skal være filens navn, {path.stem}")
    roles = reader.texts("recipients")
    known = {str(role) for role in PartyRole}
    mistakes += [f"{path.name}: «recipients» har ukjent mottaker «{r}»" for r in roles if r not in known]
    facts = reader.facts()
    spec = LetterSpec(
        kind=kind,
        title=reader.text("title"),
        language=reader.text("language"),
        recipients=frozenset(PartyRole(role) for role in roles if role in known),
        rules=reader.texts("rules"),
        facts=facts,
        one_of=reader.groups("one_of"),
        enclosures=reader.words("enclosures"),
        every_page=reader.texts("must_print.every_page"),
        body=reader.texts("must_print.body"),
        complaint=reader.flag("complaint"),
        names_person=reader.flag("names_person"),
        words=words or _NO_WORDS,
        template=(content := reader.template(path.with_suffix(".docx"))),
        template_sha256=hashlib.sha256(content).hexdigest(),
        encloses=reader.text("encloses") if "encloses" in table else "",
        enclosures_nn=reader.words("nn.enclosures"),
    )
    other = table.get("nn", {})
    if not isinstance(other, dict) or set(other) - {"enclosures"}:
        mistakes.append(f"{path.name}: «nn» kan bare ha «enclosures»")
    if spec.encloses and ENCLOSED not in facts:
        mistakes.append(f"{path.name}: «encloses» trenger «{ENCLOSED}» under «facts»")
    fields = spec.fields
    for key, names in (("every_page", spec.every_page), ("body", spec.body)):
        mistakes += [
            f"{path.name}: «must_print.{key}» har ukjent felt «{n}»" for n in names if n not in fields
        ]
    for name in [*(n for group in spec.one_of for n in group), *spec.enclosures]:
        if name not in facts:
            mistakes.append(f"{path.name}: «{name}» er ikke erklært under «facts»")
    if words is not None and spec.language and spec.language != words.language:
        mistakes.append(f"{path.name}: «language» er {spec.language}, men {WORDS_FILE} har {words.language}")
    return spec


_NO_WORDS = Words(
    language="", numbers=(), months=(), week=("", ""), plain={}, address={}, measure={}, gap={}, decision={}
)


class _Reader:
    """Takes typed values out of one declaration and writes down what is wrong."""

    def __init__(self, file: str, table: Mapping[str, object], mistakes: list[str]) -> None:
        self._file, self._whole, self._mistakes = file, table, mistakes

    def _value(self, key: str) -> object:
        value: object = self._whole
        for step in key.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        return value

    def _wrong(self, key: str, what: str) -> None:
        self._mistakes.append(f"{self._file}: «{key}» {what}")

    def text(self, key: str) -> str:
        value = self._value(key)
        if isinstance(value, str) and value.strip():
            return value
        self._wrong(key, "mangler eller er ikke en tekst")
        return ""

    def flag(self, key: str) -> bool:
        value = self._value(key)
        if isinstance(value, bool):
            return value
        self._wrong(key, "skal være true eller false")
        return False

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._value(key)
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._wrong(key, "skal være en liste av tekster")
        return ()

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        value = self._value(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(
            isinstance(g, list) and all(isinstance(n, str) for n in g) for g in value
        ):
            return tuple(tuple(group) for group in value)
        self._wrong(key, "skal være en liste av lister")
        return ()

    def words(self, key: str) -> dict[str, str]:
        value = self._value(key)
        if value is None:
            return {}
        if isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()):
            return {str(name): str(word) for name, word in value.items()}
        self._wrong(key, "skal være navn og tekster")
        return {}

    def facts(self) -> dict[str, FactSpec]:
        table = self._value("facts")
        if not isinstance(table, Mapping):
            self._wrong("facts", "mangler")
            return {}
        made = {}
        for name, entry in table.items():
            if not isinstance(entry, Mapping) or set(entry) != {"type", "required", "meaning"}:
                self._wrong(f"facts.{name}", "skal ha type, required og meaning")
            elif entry["type"] not in {str(t) for t in FactType}:
                self._wrong(f"facts.{name}.type", f"er ukjent: «{entry['type']}»")
            elif not isinstance(entry["required"], bool) or not isinstance(entry["meaning"], str):
                self._wrong(f"facts.{name}", "skal ha required som true eller false og meaning som tekst")
            else:
                made[name] = FactSpec(
                    name=name,
                    type=FactType(entry["type"]),
                    required=entry["required"],
                    meaning=entry["meaning"],
                )
        if sum(fact.type is FactType.MEASURE for fact in made.values()) > 1:
            self._wrong("facts", "kan bare ha ett tiltak (measure)")
        return made

    def template(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError:
            self._mistakes.append(f"{path.name}: filen mangler eller kan ikke leses")
            return b""
