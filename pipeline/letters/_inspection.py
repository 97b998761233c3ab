"""Every mistake in a template before a letter is made, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.errors import InputError, UnreadableError
from pipeline.letters._grammar import Finding, Reading, read_source
from pipeline.letters._package import (
    BODY,
    FILLED,
    PROPERTIES,
    R,
    W,
    paragraphs,
    parse,
    place_of,
    read_parts,
    relations,
    text_of,
)
from pipeline.letters._sample import samples
from pipeline.letters._spec import LetterSpec, read_declarations
from pipeline.letters._template import fill, source_of
from pipeline.letters._translations import read_translations

_TAGS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_FIELD_CODES = {"PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK"}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateMistake:
    """One mistake: where it stands and what is wrong."""

    place: str
    text: str

    def __str__(self) -> str:
        """One line for the clerk."""
        return f"{self.place}: {self.text}" if self.place else self.text


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateReport:
    """What ``templates check`` says of one template. ``fields``: those it uses, sorted.

    ``lacks``: the languages the letter is not to be had in, as the clerk calls them; told with its first template.
    """

    file: str
    kind: str
    title: str
    fields: tuple[str, ...]
    mistakes: tuple[TemplateMistake, ...]
    lacks: tuple[str, ...] = ()


def check_templates(folder: Path) -> tuple[TemplateReport, ...]:
    """Check every declaration and template in a folder, in every language."""
    specs, wrong = read_declarations(folder)
    others, amiss = read_translations(folder, specs, frozenset({*specs, *wrong}))
    known = specs | {
        f"{language}/{kind}": spec for language, found in others.items() for kind, spec in found.items()
    }
    texts = {name: [*wrong.get(name, ()), *amiss.get(name, ())] for name in {*known, *wrong, *amiss}}
    reports = []
    for name in sorted(texts, key=lambda one: (one.rpartition("/")[2], "/" in one)):
        mistakes = [TemplateMistake(place="", text=text) for text in texts[name]]
        used: tuple[str, ...] = ()
        spec = known.get(name)
        lacks: tuple[str, ...] = ()
        if spec is not None:
            used, found = inspect(spec)
            mistakes += found
            if name == spec.kind:
                has = {spec.language, *(code for code in others if f"{code}/{name}" in texts)}
                lacks = tuple(word for code, word in spec.words.languages.items() if code not in has)
        reports.append(
            TemplateReport(
                file=f"{name}.docx" if name else folder.name,
                kind=name.rpartition("/")[2],
                title=spec.title if spec else "",
                fields=used,
                mistakes=tuple(mistakes),
                lacks=lacks,
            )
        )
    return tuple(reports)


def file_of(spec: LetterSpec) -> str:
    """Where a letter's template lies in the folder of letters: ``nn/refusal.docx``."""
    own = spec.language == next(iter(spec.words.languages), spec.language)
    return f"{spec.kind}.docx" if own else f"{spec.language}/{spec.kind}.docx"


def inspect(spec: LetterSpec) -> tuple[tuple[str, ...], list[TemplateMistake]]:
    """The fields one template uses, and its mistakes."""
    mistakes: list[TemplateMistake] = []
    try:
        parts = read_parts(spec.template)
        trees = {name: parse(content) for name, content in parts.items() if name.endswith((".xml", ".rels"))}
    except UnreadableError as fault:
        return (), [TemplateMistake(place="", text=fault.text)]
    mistakes += _foreign(parts, trees)
    readings: dict[str, Reading] = {}
    for name, content in parts.items():
        if not FILLED.fullmatch(name):
            continue
        places = _Places(name, trees[name])
        mistakes += _torn(name, places)
        reading = read_source(source_of(name, content), spec.fields)
        mistakes += [
            TemplateMistake(place=places.of(finding), text=finding.text) for finding in reading.findings
        ]
        readings[name] = reading
    mistakes += _missing(spec, parts, trees, readings)
    used = tuple(sorted({name for reading in readings.values() for name in reading.used}))
    if not mistakes and spec.words.address:
        mistakes += _trial(spec)
    return used, mistakes


class _Places:
    """Names the paragraph a line of a part's source came from."""

    def __init__(self, part: str, root: etree._Element) -> None:
        self.part = place_of(part)
        self.texts = [text_of(p) for p in paragraphs(root)]

    def of(self, finding: Finding) -> str:
        """The place of a finding."""
        if 2 <= finding.line <= len(self.texts) + 1:
            return self.named(self.texts[finding.line - 2])
        return self.part

    def named(self, text: str) -> str:
        """A place with the paragraph's own words."""
        short = text if len(text) <= 80 else text[:77] + "…"
        return f"{self.part}, avsnittet «{short}»"


def _torn(part: str, places: _Places) -> Iterator[TemplateMistake]:
    """Braces that don't close in their own paragraph."""
    if part == PROPERTIES:
        return
    for text in places.texts:
        left = _TAG.sub("", text)
        if any(mark in left for pair in _TAGS for mark in pair):
            yield TemplateMistake(
                place=places.named(text), text="feltet er ikke lukket: krøllparentesene går ikke opp"
            )


def _foreign(parts: Mapping[str, bytes], trees: Mapping[str, etree._Element]) -> Iterator[TemplateMistake]:
    """What a letter may not carry, and fields where nothing is filled in."""
    for name in parts:
        if name.endswith(("vbaProject.bin", "comments.xml")) or "/embeddings/" in name:
            yield TemplateMistake(place=name, text="malen har makroer, kommentarer eller innlagte filer")
    for name, root in trees.items():
        place = place_of(name) if FILLED.fullmatch(name) else name
        for element in root.iter(etree.Element):
            if name.endswith(".rels"):
                kind = element.get("Type", "").rpartition("/")[2]
                if element.get("TargetMode") == "External" and kind != "hyperlink":
                    yield TemplateMistake(place=place, text="malen henter noe utenfra")
                continue
            if element.tag in {f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"}:
                yield TemplateMistake(place=place, text="malen har sporede endringer: godta eller avvis dem")
            code = element.text if element.tag == f"{W}instrText" else element.get(f"{W}instr")
            if code and code.split()[:1] and code.split()[0].upper() not in _FIELD_CODES:
                yield TemplateMistake(
                    place=place, text=f"feltkoden «{code.split()[0]}» er ikke lov i et brev"
                )
            allowed = FILLED.fullmatch(name) and (element.tag == f"{W}t" or name == PROPERTIES)
            held = [] if allowed else [element.text or ""]
            if any(mark in text for text in [*held, *element.attrib.values()] for mark in ("{{", "{%", "{#")):
                yield TemplateMistake(place=place, text="et felt står der ingenting fylles inn")


def _pages(
    parts: Mapping[str, bytes], trees: Mapping[str, etree._Element]
) -> Iterator[tuple[str, list[str]]]:
    """For each kind of page in each section: its name and the parts of its head and foot."""
    known = relations(parts)
    settings = trees.get("word/settings.xml")
    even = settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None
    inherited: dict[tuple[str, str], str] = {}
    for number, section in enumerate(trees[BODY].iter(f"{W}sectPr"), start=1):
        for tag in ("header", "footer"):
            for reference in section.findall(f"{W}{tag}Reference"):
                target = known.get(reference.get(f"{R}id", ""), ("", "", False))[1]
                inherited[tag, reference.get(f"{W}type", "default")] = target
        kinds = {"default": "alle sider" if number == 1 else f"sidene i del {number}"}
        if section.find(f"{W}titlePg") is not None:
            kinds = {"first": "første side", "default": "sidene etter den første"}
        if even:
            kinds["even"] = "partallssidene"
        for kind, name in kinds.items():
            yield name, [inherited[key] for key in (("header", kind), ("footer", kind)) if key in inherited]


def _missing(
    spec: LetterSpec,
    parts: Mapping[str, bytes],
    trees: Mapping[str, etree._Element],
    readings: Mapping[str, Reading],
) -> Iterator[TemplateMistake]:
    """What the declaration says must be printed, and isn't, or only under somebody else's condition."""
    fields = spec.fields
    required = {*spec.body, *spec.every_page}
    for field in spec.every_page:
        for page, names in _pages(parts, trees):
            if not any(readings[n].always(field, required) for n in names if n in readings):
                yield TemplateMistake(
                    place=f"topp- og bunnteksten på {page}",
                    text=f"«{{{{ {field} }}}}» mangler: {fields[field].meaning}",
                )
    for field in spec.body:
        if not any(readings[n].always(field, required) for n in readings if n != PROPERTIES):
            yield TemplateMistake(
                place=place_of(BODY),
                text=f"«{{{{ {field} }}}}» mangler eller står under en betingelse: {fields[field].meaning}",
            )


def _trial(spec: LetterSpec) -> Iterator[TemplateMistake]:
    """Make the letter with everything known and with only what must be known, for each kind of reader."""
    for data in samples(spec):
        try:
            fill(spec.template, data)
        except InputError as fault:
            yield TemplateMistake(place="prøvebrevet", text=fault.text)
            return
