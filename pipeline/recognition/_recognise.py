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
from pipeline.recognition._sheets import Segment, begun, copies, heads, in_order, take_lead
from pipeline.recognition._twice import doubles, repeats

TITLED = ((0.5, 0.999), (0.3, 0.98))
UNTITLED = ((0.8, 0.98),)
"""Shares of a form's cues and the confidence they give, with and without its title."""
POOR = 0.6
"""What is given when a person must look."""
LEAST = 0.3
"""Below this share of its cues, and without title, it is no known form."""

UNKNOWN = Doubt(code="unknown-form", text="Dette er ikke et skjema som programmet kjenner.")
NOT_READ = Doubt(code="not-read", text="Siden har ikke tekst og kan ikke leses uten skannleser.")
FEW_CUES = Doubt(
    code="changed-form", text="Tittelen er kjent, men mye av det som pleier å stå på skjemaet mangler."
)
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
    segments = [segment for run in runs_of(items, document) for segment in _split(run, specs)]
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


def _split(items: list[Item], specs: dict[str, FormSpec]) -> list[Segment]:
    """Begin a segment at each title, then part those that hold another form without its title."""
    segments: list[Segment] = []
    lead: list[Item] = []
    current: Segment | None = None
    for number, item in enumerate(items):
        title = item.opens or _title(items, number, current)
        if title is not None:
            current = begun(title, lead, item)
            segments.append(current)
            lead = []
        elif (
            current is not None
            and _new_page(items, number)
            and not item.goes_on
            and _foreign_page(items, number, current)
        ):
            current = None
        if current is None:
            lead.append(item)
        else:
            current.items.append(item)
            if _new_page(items, number + 1):
                following = _page_items(items, number + 1)
                at = next((n for n, one in enumerate(following) if one.titles), None)
                runs = at is not None and _title(items, number + 1 + at, current) is None
                if at is not None and not runs and _above(following[:at], following[at], current):
                    current = None
    parted: list[Segment] = []
    for segment in segments:
        take_lead(segment)
        parted += _part(segment, specs)
    taken = {id(item) for segment in parted for item in segment.items}
    rest = [item for item in items if id(item) not in taken]
    rest = [item for item in rest if not any(item in segment.items for segment in parted)]
    place = {id(item): at for at, item in enumerate(items)}
    whole = [copy for segment in parted + _untitled(rest, specs) for copy in copies(segment) if copy.items]
    return in_order(sorted(whole, key=lambda one: min(place[id(item)] for item in one.items)))


def _above(above: list[Item], title: Item, current: Segment) -> bool:
    """Whether what stands above a title on a new page is not the current form's."""
    if not any(one.cues for one in above):
        return True
    name = max(title.titles)
    return heads(above, name, current.cues if name == current.name else None)


def _title(items: list[Item], number: int, current: Segment | None) -> str | None:
    """The form whose title stands here and begins anew; a title repeated without repeated cues begins nothing."""
    names = items[number].titles
    if not names:
        return None
    name = max(names, key=lambda one: (sum(one in item.cues for item in items[number:]), one))
    if current is None or current.name != name:
        return name
    seen = current.cues
    for later, item in enumerate(items[number:], start=number):
        if later > number and item.titles:
            break
        if seen & item.cues.get(name, set()):
            return name
    return None


def _new_page(items: list[Item], number: int) -> bool:
    return 0 < number < len(items) and items[number].page is not items[number - 1].page


def _page_items(items: list[Item], number: int) -> list[Item]:
    return [item for item in items[number:] if item.page is items[number].page]


def _foreign_page(items: list[Item], number: int, current: Segment) -> bool:
    """Whether a page begins that says nothing of the current form and much of another, or is past its end."""
    page = _page_items(items, number)
    name = current.name

    def speaks(item: Item) -> bool:
        return name in item.cues or name in item.titles or name in item.continued or name in item.with_it

    if any(speaks(item) for item in page):
        return False
    others: dict[str, set[str]] = {}
    for item in page:
        for other, cues in item.cues.items():
            others.setdefault(other, set()).update(cues)
    if any(len(cues) >= 3 for cues in others.values()):
        return True
    return not any(speaks(item) for item in items[number:])


def _part(segment: Segment, specs: dict[str, FormSpec]) -> list[Segment]:
    """Part a segment after its last own cue where another form's cues follow in number."""
    last = max((n for n, item in enumerate(segment.items) if segment.name in item.cues), default=0)
    rest = segment.items[last + 1 :]
    further = _untitled(rest, specs)
    if not further or further[0].name == segment.name:
        return [segment]
    kept = [item for item in segment.items if not any(item in one.items for one in further)]
    return [Segment(segment.name, kept, segment.titled), *further]


def _untitled(rest: list[Item], specs: dict[str, FormSpec]) -> list[Segment]:
    """Forms known by their cues alone."""
    found: list[Segment] = []
    left = rest
    while left:
        best, share = "", 0.0
        for name, spec in specs.items():
            seen = {cue for item in left for cue in item.cues.get(name, ())}
            part = len(seen) / len(spec.cues.cues)
            if len(seen) >= 3 and part > share:
                best, share = name, part
        if share < LEAST:
            break
        own = [n for n, item in enumerate(left) if best in item.cues]
        first, last = own[0], own[-1]
        while first > 0 and left[first - 1].page is left[first].page and not left[first - 1].cues:
            first -= 1
        while (
            last + 1 < len(left)
            and left[last + 1].page is left[last].page
            and not set(left[last + 1].cues) - {best}
        ):
            last += 1
        found.append(Segment(best, left[first : last + 1]))
        left = left[:first] + left[last + 1 :]
    return found


def _judge(
    segment: Segment, spec: FormSpec, municipalities: Mapping[str, str], *, paged: bool
) -> Recognition | None:
    seen = segment.cues
    share = len(seen) / len(spec.cues.cues)
    titled = segment.titled or any(segment.name in item.continued for item in segment.items)
    if not titled and share < LEAST:
        return None
    confidence = next((sure for least, sure in (TITLED if titled else UNTITLED) if share >= least), POOR)
    doubts = () if confidence > POOR else ((FEW_CUES,) if titled else (NO_TITLE,))
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
        doubts=doubts,
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
