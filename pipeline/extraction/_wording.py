"""Every text that a form prints, by its declaration."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extraction._hits import Vocabulary
from pipeline.forms import FormSpec, PlaceKind


def vocabulary_of(spec: FormSpec) -> Vocabulary:
    """The texts to look for on a form's sheet; made once for a form."""
    return _vocabulary(tuple(_texts(spec)), tuple(_head_texts(spec)))


@lru_cache(maxsize=32)
def _vocabulary(texts: tuple[str, ...], heads: tuple[str, ...]) -> Vocabulary:
    return Vocabulary.of(texts, heads)


def _texts(spec: FormSpec) -> list[str]:
    texts = [*spec.static, *spec.cues.titles, *spec.cues.continued, *spec.cues.with_it]
    texts += [text for section in spec.sections for text in section.starts]
    for one in spec.fields:
        for place in one.places:
            texts += [*place.texts, *place.prompts]
            texts += [text for heads in place.columns.values() for text in heads]
    return texts


def _head_texts(spec: FormSpec) -> list[str]:
    """Headings and options to tick, which may stand side by side with little room between."""
    texts = [text for section in spec.sections for text in section.starts]
    for one in spec.fields:
        texts += [text for place in one.places if place.kind is PlaceKind.CHECKBOX for text in place.texts]
    return texts + [
        text
        for one in spec.fields
        for place in one.places
        for heads in place.columns.values()
        for text in heads
    ]
