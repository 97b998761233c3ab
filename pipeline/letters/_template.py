"""Filling in a template: docxtpl's reading of the Word file, Jinja held on the shortest lead.

docxtpl by default drops ``&``, prints nothing for a misspelt field and lets a template run code. Here every part is compiled
once per template (by its bytes) in a sandbox with escaping on and undefined fields as errors, and each letter is filled in
from that anew: nothing of one letter can be in the next. Values are only ever text: a line break in one becomes a line break
in the letter, anything else comes out as it was written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from docxtpl import DocxTemplate
from jinja2 import DictLoader, StrictUndefined, Template, TemplateError
from jinja2.filters import do_join, do_lower, do_upper
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.errors import InputError
from pipeline.letters._package import FILLED, PROPERTIES, parse, read_parts, write_parts

FILTERS = {"join": do_join, "lower": do_lower, "upper": do_upper}
LONGEST_LIST = 200
LONGEST_TEXT = 20_000
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PARAGRAPH = re.compile(r"<w:p(?=[ >/])")
_NEW_LINE = re.compile(r"\r\n?|[\u2028\u2029\x85]")


def unprintable(text: str) -> bool:
    """Whether a text has characters that no Word file may hold."""
    return _UNPRINTABLE.search(text) is not None


def _plain(value: object) -> str:
    if isinstance(value, StrictUndefined):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InputError(
            "Brevet kunne ikke lages: et felt i malen har ingen tekst å skrive.", code="letter-empty"
        )
    text = str(value)
    if unprintable(text):
        raise InputError(
            "Brevet kunne ikke lages: en tekst har tegn som ikke kan stå i et brev.", code="letter-text"
        )
    return _NEW_LINE.sub("\n", text)


def _in_text(value: object) -> Markup:
    """What a value prints in a run of text."""
    return escape(_plain(value)).replace("\t", _TAB).replace("\n", _BREAK)


def _in_property(value: object) -> Markup:
    """What a value prints in the document's properties: one line."""
    return escape(" ".join(_plain(value).split()))


def environment(*, properties: bool = False) -> ImmutableSandboxedEnvironment:
    """The only Jinja there is: nothing to load, no globals, three filters, no way out."""
    made = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_in_property if properties else _in_text,
        keep_trailing_newline=True,
        loader=DictLoader({}),
    )
    made.globals.clear()
    made.filters.clear()
    made.filters.update(FILTERS)
    made.tests = {name: made.tests[name] for name in ("defined", "undefined")}
    return made


def source_of(part: str, content: bytes) -> str:
    """A part as Jinja reads it. Line ``n`` is the ``n``-th paragraph (line 1 what stands before the first)."""
    text = parse(content)
    flat = str(DocxTemplate(io.BytesIO()).xml_to_string(text)).replace("\n", " ").replace("\r", " ")
    if part == PROPERTIES:
        return flat
    return str(DocxTemplate(io.BytesIO()).patch_xml(_PARAGRAPH.sub("\n<w:p", flat)))


@dataclass(frozen=True)
class _Compiled:
    filled: Mapping[str, Template]
    fixed: Mapping[str, bytes]
    order: tuple[str, ...]


@lru_cache(maxsize=64)
def _compiled(template: bytes) -> _Compiled:
    parts = read_parts(template)
    text, properties = environment(), environment(properties=True)
    filled = {
        name: (properties if name == PROPERTIES else text).from_string(source_of(name, content))
        for name, content in parts.items()
        if FILLED.fullmatch(name)
    }
    fixed = {name: content for name, content in parts.items() if name not in filled}
    return _Compiled(filled=filled, fixed=fixed, order=tuple(parts))


def fill(template: bytes, data: Mapping[str, object]) -> bytes:
    """The Word file of one letter. InputError when the template asks for what the data doesn't hold."""
    _limits(data)
    try:
        compiled = _compiled(template)
        parts = {name: _filled(made, data) for name, made in compiled.filled.items()}
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as fault:
        raise InputError(
            f"Brevet kunne ikke lages: malen ber om noe som ikke finnes ({fault}). Kjør templates check.",
            code="letter-template",
        ) from fault
    return write_parts(
        {name: parts[name] if name in parts else compiled.fixed[name] for name in compiled.order}
    )


def _filled(template: Template, data: Mapping[str, object]) -> bytes:
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{template.render(data)}'.encode()
    # What can't be parsed here, Word can't open either.
    parse(content)
    return content


def _limits(data: Mapping[str, object]) -> None:
    for name, value in data.items():
        values = value if isinstance(value, (list, tuple)) else (value,)
        if len(values) > LONGEST_LIST or any(isinstance(v, str) and len(v) > LONGEST_TEXT for v in values):
            raise InputError(f"Brevet kunne ikke lages: «{name}» er for langt.", code="letter-too-long")
