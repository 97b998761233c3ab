"""Sheets of paper in a stack: a form's title may be lost, its pages lie in the wrong order, a page begins the same form anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.domain import Doubt
from pipeline.recognition._cues import Item

REPEATED = 3
"""So many of its prints, and half of a page's, must have been seen before for a page to begin its form anew."""
ALL = 2
"""Fewer are enough when they are all that the page says."""


@dataclass(slots=True)
class Segment:
    """What is taken for one form: its blocks, in the form's own order, and what a person must be asked of its pages."""

    name: str
    items: list[Item] = field(default_factory=list)
    titled: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def cues(self) -> set[str]:
        """The form's cues seen in it."""
        return seen_in(self.items, self.name)


def seen_in(items: Iterable[Item], name: str) -> set[str]:
    """A form's cues in these items."""
    return {cue for item in items for cue in item.cues.get(name, ())}


def prints_in(items: Iterable[Item], name: str) -> set[str]:
    """What heads lines and cells of these items and is this form's: cues, long labels, sentences."""
    return {text for item in items for text in item.with_it.get(name, ())}


def weight_of(page: list[Item], name: str) -> float:
    """How much a page says of a form: what several forms print counts for a part."""
    prints = prints_in(page, name)
    names = {other for item in page for other in item.with_it}
    alike = [prints_in(page, other) for other in names]
    return sum(1 / sum(text in other for other in alike) for text in prints)


def best_of(page: list[Item], *, but: str) -> float:
    """How much a page says of the form it says most of, one left out."""
    names = {name for item in page for name in item.with_it} - {but}
    return max((weight_of(page, name) for name in names), default=0.0)


def says_again(page: Iterable[Item], earlier: Iterable[Item], name: str) -> bool:
    """Whether a page says of a form what these earlier pages said; only one page says that it is the second."""
    if _continued(page, name) and _continued(earlier, name):
        return True
    prints = prints_in(page, name)
    again = prints & prints_in(earlier, name)
    return (len(again) >= REPEATED and 2 * len(again) >= len(prints)) or (
        len(again) >= ALL and len(again) == len(prints)
    )


def _continued(items: Iterable[Item], name: str) -> bool:
    return any(name in item.continued for item in items)


def pages_of(items: Iterable[Item]) -> list[list[Item]]:
    """The items page by page."""
    pages: dict[int, list[Item]] = {}
    for item in items:
        pages.setdefault(item.page.number, []).append(item)
    return list(pages.values())


def heads(above: list[Item], name: str, earlier: set[str] | None) -> bool:
    """Whether what stands above a title on a scanned page belongs to the form it begins.

    ``earlier``: the cues so far of a form of the same name that would end here; None for another form.
    """
    if not above[0].page.scanned or any(item.goes_on for item in above):
        return False
    cues = seen_in(above, name)
    return not any(set(item.cues) - {name} for item in above) and (earlier is None or cues <= earlier)


def begun(title: str, lead: list[Item], item: Item) -> Segment:
    """A form that begins at a title, with what stood above it; scanned pages before it are judged when the form is whole."""
    return Segment(title, [one for one in lead if not one.page.scanned or one.page is item.page], titled=True)


def copies(segment: Segment) -> list[Segment]:
    """Part a segment at each scanned page that says again what its earlier pages said: the same form once more."""
    parted = [Segment(segment.name, titled=segment.titled)]
    for page in pages_of(segment.items):
        current = parted[-1]
        if page[0].page.scanned and current.items and says_again(page, current.items, segment.name):
            titled = any(segment.name in item.titles for item in page)
            parted.append(Segment(segment.name, list(page), titled))
        else:
            current.items += page
    return parted


def silent_pages(segment: Segment) -> bool:
    """Whether a scanned page says nothing that the form's other pages don't: a letter, another form's page, only what somebody wrote."""
    name = segment.name
    pages = pages_of(segment.items)
    for at, page in enumerate(pages):
        others = [item for other in pages[:at] for item in other]
        if (
            page[0].page.scanned
            and not any(name in item.titles or name in item.continued for item in page)
            and prints_in(page, name) <= prints_in(others, name)
        ):
            return True
    return False
