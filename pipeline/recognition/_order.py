"""Which sheets of a stack belong together: pages in another order, and pages of two forms of one kind among each other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pipeline.domain import Doubt
from pipeline.recognition._cues import Item, keyed
from pipeline.recognition._sheets import Segment, pages_of, prints_in, says_again

REORDERED = Doubt(
    code="page-order", text="Sidene lå i en annen rekkefølge. Se om de hører til det samme skjemaet."
)
AMONG_OTHERS = Doubt(
    code="page-of-another",
    text="Sider av flere slike skjemaer ligger om hverandre. Se hvilke sider som hører sammen.",
)


def in_order(segments: list[Segment]) -> list[Segment]:
    """Put pages that lie before their form's first page behind it; where they may be another's, say so and join nothing."""
    placed: list[Segment] = []
    for _, same in groupby(segments, key=lambda one: one.name):
        run = list(same)
        if len(run) > 1 and all(item.page.scanned and item.page.code is None for item in _items(run)):
            run = _arranged(run)
        placed += run
    return placed


def _arranged(run: list[Segment]) -> list[Segment]:
    """Forms of one kind that follow each other, each with its own pages."""
    heads = {text for one in run if one.titled for text in _head(one)}
    loose = [one for one in run if not one.titled and (_goes_on(one) or not heads & _prints(one))]
    if not loose:
        return run
    at = next(number for number, one in enumerate(run) if one in loose)
    before, after = run[:at], run[at:]
    whole = all(says_again(loose[0].items, one.items, one.name) for one in before)
    if whole and len(loose) == 1 and len(after) > 1:
        moved = _moved(loose[0], after[1:])
        if moved:
            return before + moved
    return _apart(run, loose)


def _head(form: Segment) -> set[str]:
    """The cues that a form's first page prints first: a page that says them has lost its title, and lies where it belongs."""
    for item in pages_of(form.items)[0]:
        cues = {keyed(cue) for cue in item.cues.get(form.name, ())} & item.with_it.get(form.name, set())
        if cues:
            return cues
    return set()


def _goes_on(segment: Segment) -> bool:
    """Whether its first page says that it is the second."""
    return any(segment.name in item.continued for item in pages_of(segment.items)[0])


def _prints(segment: Segment) -> set[str]:
    return prints_in(segment.items, segment.name)


def _moved(loose: Segment, forms: list[Segment]) -> list[Segment]:
    """Each form with the page that lay before it; nothing where that doesn't come out even."""
    moved: list[Segment] = []
    carried = loose.items
    changed = 0
    for form in forms:
        kept, after = _without(form, carried)
        if carried:
            if says_again(carried, kept, form.name):
                return []
            changed += 1
        moved.append(Segment(form.name, kept + carried, titled=form.titled, doubts=list(form.doubts)))
        carried = after
    if carried:
        return []
    name = loose.name
    if changed > 1 or not any(name in item.continued for item in loose.items):
        for form in moved[:changed]:
            form.doubts.append(REORDERED)
    return moved


def _without(form: Segment, carried: list[Item]) -> tuple[list[Item], list[Item]]:
    """A form's pages up to those at its end that say what the carried pages say, and these."""
    pages = pages_of(form.items)
    end = len(pages)
    while carried and end > 1 and says_again(pages[end - 1], carried, form.name):
        end -= 1
    return _joined(pages[:end]), _joined(pages[end:])


def _apart(run: list[Segment], loose: list[Segment]) -> list[Segment]:
    """The forms and their loose pages for a person to put together: a page is left where it lay when no other form lacks it."""
    stray = [item for one in loose for item in one.items]
    parts = [(one, *_without(one, stray)) for one in run]
    lacking = any(one.titled and not after for one, _, after in parts)
    apart: list[Segment] = []
    for one, kept, after in parts:
        if one in loose or not after or not lacking:
            apart.append(one)
        else:
            apart.append(Segment(one.name, kept, titled=one.titled, doubts=list(one.doubts)))
            apart.append(Segment(one.name, after))
    for one in apart:
        one.doubts.append(AMONG_OTHERS)
    return apart


def _items(segments: Iterable[Segment]) -> list[Item]:
    return [item for one in segments for item in one.items]


def _joined(pages: list[list[Item]]) -> list[Item]:
    return [item for page in pages for item in page]
