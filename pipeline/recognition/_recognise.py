"""The room's verb: split a document into its forms and say how sure, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.domain import Document, Doubt, Page, Recognition
from pipeline.forms import Forms, FormSpec
from pipeline.recognition._codes import (
    ONLY_SEPARATORS,
    file_code,
    heed_codes,
    runs_of,
    said,
    separators,
    told,
)
from pipeline.recognition._cues import Item, items_of, keyed, lead_of, lines_in, name_of
from pipeline.recognition._sheets import Segment, pages_of, silent_pages
from pipeline.recognition._split import LEAST, split
from pipeline.recognition._twice import doubles, repeats

TITLED = ((0.5, 0.999), (0.3, 0.98))
UNTITLED = ((0.8, 0.98),)
"""Shares of a form's cues and the confidence they give, with and without its title."""
POOR = 0.6
"""What is given when a person must look."""

UNKNOWN = Doubt(code="unknown-form", text="Dette er ikke et skjema som programmet kjenner.")
NOT_READ = Doubt(code="not-read", text="Siden har ikke tekst og kan ikke leses uten skannleser.")
FEW_CUES = Doubt(
    code="changed-form", text="Tittelen er kjent, men mye av det som pleier å stå på skjemaet mangler."
)
SILENT = Doubt(
    code="page-among",
    text="Mellom sidene ligger en side som ikke ser ut til å høre til skjemaet. Se om det stemmer.",
)
NO_FIRST = Doubt(code="no-first-page", text="Skjemaets første side mangler eller er ikke kjent igjen.")
NO_TITLE = Doubt(
    code="no-title", text="Skjemaet mangler tittel og er bare kjent igjen på noen av ledetekstene."
)


def recognise(document: Document, forms: Forms, municipalities: Mapping[str, str]) -> tuple[Recognition, ...]:
    """Find which forms a document holds, in page order.

    ``municipalities`` gives the key for each name as the forms print it. Pages that belong to no form, and pages
    without text, come back with ``form`` None and the reason.
    """
    twice = doubles(document)
    items = [item for item in items_of(document, forms) if item.page.number not in twice]
    specs = {name_of(spec): spec for spec in forms}
    sheets = separators(items, document)
    heed_codes(items, specs)
    segments = [segment for run in runs_of(items, document) for segment in split(run, specs)]
    found: list[tuple[int, Recognition]] = []
    used: set[int] = set()
    number_of = {id(item): number for number, item in enumerate(items)}
    for segment in segments:
        recognition = _judge(segment, specs[segment.name], municipalities, paged=document.paged)
        if recognition is not None:
            recognition = _repeated(told(recognition, specs, without=NO_TITLE), twice)
            found.append((min(number_of[id(item)] for item in segment.items), recognition))
            used.update(id(item) for item in segment.items)
    order = {page.number: number for number, page in enumerate(document.pages)}
    numbered = [(items[n].page.number, n, recognition) for n, recognition in found]
    numbered += [
        (pages[0].number, -1, _repeated(_nowhere(pages), twice))
        for pages in _leftover(
            document, items, used, {page.number for page in sheets} | set(twice), whole=not found
        )
    ]
    numbered.sort(key=lambda one: (order.get(one[0], 0), one[1]))
    if not numbered and sheets:
        return (Recognition(form=None, region=document.pages, doubts=(ONLY_SEPARATORS,)),)
    ordered = file_code([recognition for _, _, recognition in numbered], document)
    return tuple(said(ordered, sheets))


def _judge(
    segment: Segment, spec: FormSpec, municipalities: Mapping[str, str], *, paged: bool
) -> Recognition | None:
    seen = segment.cues
    share = len(seen) / len(spec.cues.cues)
    titled = segment.titled or any(segment.name in item.continued for item in segment.items)
    if not titled and share < LEAST:
        return None
    confidence = next((sure for least, sure in (TITLED if titled else UNTITLED) if share >= least), POOR)
    doubts = [] if confidence > POOR else [FEW_CUES if titled else NO_TITLE]
    if not segment.titled and any(segment.name in item.continued for item in pages_of(segment.items)[0]):
        doubts.append(NO_FIRST)
    if silent_pages(segment):
        doubts.append(SILENT)
    region = _region(segment.items)
    reasons = (
        *((f"tittel: {spec.title}",) if titled else ()),
        f"{len(seen)} av {len(spec.cues.cues)} kjennetegn",
    )
    return Recognition(
        form=spec.id,
        version=spec.version,
        confidence=confidence,
        municipality=_municipality(segment.items, spec, municipalities),
        region=region if paged else tuple(replace(page, number=page.number) for page in region),
        reasons=reasons,
        doubts=(*doubts, *segment.doubts),
    )


def _region(items: list[Item]) -> tuple[Page, ...]:
    pages: dict[int, Page] = {}
    blocks: dict[int, list[Item]] = {}
    for item in items:
        pages.setdefault(item.page.number, item.page)
        blocks.setdefault(item.page.number, []).append(item)
    return tuple(
        replace(page, blocks=tuple(item.block for item in blocks[number])) for number, page in pages.items()
    )


def _municipality(items: list[Item], spec: FormSpec, municipalities: Mapping[str, str]) -> str | None:
    """The municipality that the print names: above the first cue, or in the sentence made for it; never a value."""
    names = {keyed(name): key for name, key in municipalities.items()}
    first = next((n for n, item in enumerate(items) if item.cues), len(items))
    found: set[str] = set()
    for line in lines_in(items[:first]):
        text = keyed(line.text)
        found |= {key for name, key in names.items() if name in text}
    sentences = [keyed(text) for text in spec.cues.names_municipality]
    lines = list(lines_in(items[first:])) if sentences else []
    for position, line in enumerate(lines):
        lead = lead_of(line)
        if lead and not any(one.startswith(lead[:-1]) or lead.startswith(one) for one in sentences):
            continue
        following = keyed(" ".join(one.text for one in lines[position : position + 3]))
        for sentence in sentences:
            if following.startswith(sentence):
                after = following[len(sentence) :]
                found |= {key for name, key in names.items() if after.startswith(name)}
    return found.pop() if len(found) == 1 else None


def _leftover(
    document: Document, items: list[Item], used: set[int], parting: set[int], *, whole: bool
) -> list[list[Page]]:
    """Pages of which nothing was used, neighbours together; unreadable ones apart, separator sheets and copies left out."""
    taken = {item.page.number for item in items if id(item) in used}
    groups: list[list[Page]] = []
    last: Page | None = None
    for page in document.pages:
        if (
            page.number in taken
            or page.number in parting
            or (not whole and page.readable and not page.blocks)
        ):
            last = None
            continue
        if last is not None and last.readable == page.readable:
            groups[-1].append(page)
        else:
            groups.append([page])
        last = page
    return groups


def _repeated(recognition: Recognition, twice: Mapping[int, int]) -> Recognition:
    """A recognition with a doubt for each of its pages that was scanned twice."""
    doubts = tuple(repeats(copy, of) for copy, of in twice.items() if of in recognition.pages)
    return replace(recognition, doubts=(*recognition.doubts, *doubts))


def _nowhere(pages: list[Page]) -> Recognition:
    if not pages[0].readable:
        return Recognition(form=None, region=tuple(pages), doubts=(NOT_READ,))
    return Recognition(form=None, region=tuple(pages), doubts=(UNKNOWN,))
