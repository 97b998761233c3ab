"""Which blocks of a document are one form's: begun at a title, ended where another form speaks, or known by cues alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.forms import FormSpec
from pipeline.recognition._cues import Item
from pipeline.recognition._order import in_order
from pipeline.recognition._sheets import ALL, Segment, begun, best_of, copies, heads, pages_of, weight_of

LEAST = 0.3
"""Below this share of its cues, and without title, it is no known form."""


def split(items: list[Item], specs: dict[str, FormSpec]) -> list[Segment]:
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
    parted = [_part(segment, specs) for segment in segments]
    taken = {id(item) for segment in parted for item in segment.items}
    untitled: list[Segment] = []
    for stretch, after in _stretches(items, taken, parted):
        untitled += _untitled(stretch, specs)
        taken.update(id(item) for segment in untitled for item in segment.items)
        if after is not None:
            untitled += _loose([item for item in stretch if id(item) not in taken], after)
    place = {id(item): at for at, item in enumerate(items)}
    whole = [copy for segment in parted + untitled for copy in copies(segment) if copy.items]
    return in_order(sorted(whole, key=lambda one: min(place[id(item)] for item in one.items)))


def _stretches(
    items: list[Item], taken: set[int], segments: list[Segment]
) -> Iterator[tuple[list[Item], Segment | None]]:
    """What belongs to no form yet, as it lies together, each with the form that comes after it."""
    begins = {id(item): segment for segment in segments for item in segment.items}
    stretch: list[Item] = []
    for item in items:
        if id(item) not in taken:
            stretch.append(item)
        elif stretch:
            yield stretch, begins[id(item)]
            stretch = []
    if stretch:
        yield stretch, None


def _loose(stretch: list[Item], after: Segment) -> list[Segment]:
    """Scanned pages right before a form that say little, but what the form prints: perhaps its own, in another order."""
    loose: list[Item] = []
    name = after.name
    for page in reversed(pages_of(stretch)):
        own = weight_of(page, name)
        continued = any(name in item.continued for item in page)
        if not page[0].page.scanned or page[0].page is after.items[0].page:
            break
        if not (continued or own) or best_of(page, but=name) > own:
            break
        loose = page + loose
    return [Segment(name, loose)] if loose else []


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
    if page[0].page.scanned and not any(name in item.titles or name in item.continued for item in page):
        others = best_of(page, but=name)
        if others >= ALL and others > 2 * weight_of(page, name):
            return True

    def speaks(item: Item) -> bool:
        return name in item.cues or name in item.titles or name in item.continued or name in item.with_it

    if any(speaks(item) for item in page):
        return False
    cues: dict[str, set[str]] = {}
    for item in page:
        for other, seen in item.cues.items():
            cues.setdefault(other, set()).update(seen)
    if any(len(seen) >= 3 for seen in cues.values()):
        return True
    for later, item in enumerate(items[number:], start=number):
        if item.page.scanned and _title(items, later, current) is not None:
            return True
        if speaks(item):
            return False
    return True


def _part(segment: Segment, specs: dict[str, FormSpec]) -> Segment:
    """End a segment after its last own cue where another form's cues follow in number."""
    last = max((n for n, item in enumerate(segment.items) if segment.name in item.cues), default=0)
    further = _untitled(segment.items[last + 1 :], specs)
    if not further or further[0].name == segment.name:
        return segment
    others = {id(item) for one in further for item in one.items}
    return replace(segment, items=[item for item in segment.items if id(item) not in others])


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
        while first > 0 and _same_page(left[first - 1], left[first]) and _silent(left[first - 1]):
            first -= 1
        while (
            last + 1 < len(left) and _same_page(left[last], left[last + 1]) and _silent(left[last + 1], best)
        ):
            last += 1
        found.append(Segment(best, left[first : last + 1]))
        left = left[:first] + left[last + 1 :]
    return found


def _same_page(one: Item, other: Item) -> bool:
    return one.page is other.page


def _silent(item: Item, name: str = "") -> bool:
    """Whether a block says nothing of another form; on a scanned page what it says within a sentence doesn't count."""
    said = {*item.titles, *item.with_it} if item.page.scanned else set(item.cues)
    return not said - {name} or (item.page.scanned and name in item.with_it and not item.titles)
