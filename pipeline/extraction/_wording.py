"""Every text that a form prints, by its declaration, ready to be compared: made once for a form."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extraction._atoms import keyed, keys_of
from pipeline.extraction._hits import Vocabulary
from pipeline.forms import FormSpec, Place, PlaceKind

_HEADED = (PlaceKind.TABLE, PlaceKind.ROW, PlaceKind.CHECKLIST, PlaceKind.SIGNATURES)
_MOST = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionWords:
    """How a section begins, and the labels that are its own (its beginnings among them)."""

    key: str
    starts: frozenset[str]
    own: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """Texts that are looked for in one section (\"\": anywhere); ``head``: as headings of columns."""

    texts: tuple[str, ...]
    within: str
    head: bool
    keys: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What a form prints. ``headings`` begin sections, ``static`` is never a value, ``repeated`` stands on every page."""

    vocabulary: Vocabulary
    labels: frozenset[str]
    options: frozenset[str]
    """The words beside tick boxes."""
    rows: frozenset[str]
    """The first cells of a table's rows."""
    sections: tuple[SectionWords, ...]
    sought: tuple[Sought, ...]
    headings: frozenset[str]
    static: frozenset[str]
    repeated: frozenset[str]
    long: frozenset[str]
    """The keys of the sections that hold free text."""


_KNOWN: dict[int, tuple[FormSpec, Wording]] = {}
"""The wordings of the forms in use; each form is kept with its own, so that no other can get its id."""


def wording_of(spec: FormSpec) -> Wording:
    """What a form prints, to be looked for on its sheet."""
    known = _KNOWN.get(id(spec))
    if known is None:
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        known = _KNOWN[id(spec)] = spec, _wording(spec)
    return known[1]


def _wording(spec: FormSpec) -> Wording:
    places = [place for one in spec.fields for place in one.places]
    return Wording(
        vocabulary=Vocabulary.of(_texts(spec, places), _head_texts(spec, places)),
        labels=frozenset(keyed(text) for place in places for text in place.texts),
        options=frozenset(
            keyed(text) for place in places if place.kind is PlaceKind.CHECKBOX for text in place.texts
        ),
        rows=frozenset(
            keyed(text) for place in places if place.kind is PlaceKind.ROW for text in place.texts
        ),
        sections=tuple(
            SectionWords(
                key=section.key,
                starts=keys_of(section.starts),
                own=keys_of(section.starts).union(
                    *(keys_of(place.texts) for place in places if place.within == section.key)
                ),
            )
            for section in spec.sections
        ),
        sought=_sought(places),
        headings=frozenset(keyed(text) for section in spec.sections for text in section.starts),
        static=keys_of((*spec.static, *spec.cues.titles, *spec.cues.continued)),
        repeated=keys_of((*spec.cues.continued, *spec.cues.titles)),
        long=frozenset(section.key for section in spec.sections if section.long),
    )


def _sought(places: list[Place]) -> tuple[Sought, ...]:
    """Each text with its section, once."""
    found: list[Sought] = []
    for place in places:
        wanted = [(place.texts, False)]
        if place.kind in _HEADED:
            wanted += [(heads, True) for heads in place.columns.values()]
        found += [
            Sought(texts=texts, within=place.within, head=head, keys=keys_of(texts)) for texts, head in wanted
        ]
    return tuple(dict.fromkeys(found))


def _texts(spec: FormSpec, places: list[Place]) -> list[str]:
    texts = [*spec.static, *spec.cues.titles, *spec.cues.continued, *spec.cues.with_it]
    texts += [text for section in spec.sections for text in section.starts]
    for place in places:
        texts += [*place.texts, *place.prompts]
        texts += [text for heads in place.columns.values() for text in heads]
    return texts


def _head_texts(spec: FormSpec, places: list[Place]) -> list[str]:
    """Headings and options to tick, which may stand side by side with little room between."""
    texts = [text for section in spec.sections for text in section.starts]
    texts += [text for place in places if place.kind is PlaceKind.CHECKBOX for text in place.texts]
    return texts + [text for place in places for heads in place.columns.values() for text in heads]
