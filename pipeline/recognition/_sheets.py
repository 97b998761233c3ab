"""Sheets of paper in a stack: a form's title may be lost, its pages lie in the wrong order, a page begins the same form anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.recognition._cues import Item

REPEATED = 3
"""So many of its cues, and half of a page's, must have been seen before for a page to begin its form anew."""


@dataclass(slots=True)
class Segment:
    """What is taken for one form: its blocks, in the form's own order; ``lead`` holds blocks of earlier pages, not yet judged."""

    name: str
    items: list[Item] = field(default_factory=list)
    titled: bool = False
    lead: list[Item] = field(default_factory=list)

    @property
    def cues(self) -> set[str]:
        """The form's cues seen in it."""
        return seen_in(self.items, self.name)


def seen_in(items: Iterable[Item], name: str) -> set[str]:
    """A form's cues in these items."""
    return {cue for item in items for cue in item.cues.get(name, ())}


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
    earlier = [one for one in lead if one.page.scanned and one.page is not item.page]
    above = [one for one in lead if not (one.page.scanned and one.page is not item.page)]
    return Segment(title, above, titled=True, lead=earlier)


def take_lead(segment: Segment) -> None:
    """Let a later page that lay before its first one follow it, where it says that it is the form's."""
    if not segment.lead:
        return
    own = segment.cues
    for page in reversed(pages_of(segment.lead)):
        cues = seen_in(page, segment.name)
        continued = any(segment.name in item.continued for item in page)
        others = max(
            (len(seen_in(page, name)) for item in page for name in item.cues if name != segment.name),
            default=0,
        )
        if not (continued or len(cues) > others) or 2 * len(cues & own) > len(cues):
            break
        segment.items += page
        own |= cues
    segment.lead = []


def copies(segment: Segment) -> list[Segment]:
    """Part a segment at each scanned page that says again what its earlier pages said: the same form once more."""
    parted = [Segment(segment.name, titled=segment.titled)]
    for page in pages_of(segment.items):
        current = parted[-1]
        cues, seen = seen_in(page, segment.name), current.cues
        again = cues & seen
        if page[0].page.scanned and len(again) >= REPEATED and 2 * len(again) >= len(cues):
            titled = any(segment.name in item.titles for item in page)
            parted.append(Segment(segment.name, list(page), titled))
        else:
            current.items += page
    return parted


def in_order(segments: list[Segment]) -> list[Segment]:
    """Put a last page that lay before its first page behind it: a part without title before one of the same form that lacks it."""
    joined: list[Segment] = []
    for segment in segments:
        before = joined[-1] if joined else None
        if (
            before is not None
            and segment.titled
            and not before.titled
            and before.name == segment.name
            and any(before.name in item.continued for item in before.items)
            and not before.cues & segment.cues
        ):
            joined[-1] = Segment(segment.name, segment.items + before.items, titled=True)
        else:
            joined.append(segment)
    return joined
