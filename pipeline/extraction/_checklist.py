"""A grid with JA and NEI under each of several groups, where a part's groups may be merged into one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.domain import Doubt, Finding, MarkState
from pipeline.extraction._answers import BOTH
from pipeline.extraction._atoms import Atom, AtomKind, is_bullet, keyed, keys_of, line_text
from pipeline.extraction._checklist_heads import columns_of
from pipeline.extraction._hits import Hit, Strength, covered
from pipeline.extraction._layout import Layout
from pipeline.extraction._misread_lines import misread_lines, unseen_lines
from pipeline.extraction._print import as_printed
from pipeline.extraction._sheet import Grid, Pane
from pipeline.extraction._spans import Span, entry_doubts, written_lines
from pipeline.extraction._ticks import UNSURE, WHOSE, Tick, corrected, slot_state, state_of
from pipeline.forms import Place

BLURRED = Doubt(code="unclear-text", text="En linje i sjekklisten er utydelig.")
NEARLY = 0.75
"""So like a printed line is one that was misread."""
MOVED = Doubt(code="label-missing", text="Fant ikke kolonnene JA og NEI over et kryss i sjekklisten.")


LINES_LOST = Doubt(code="unclear-text", text="Ikke alle linjene i sjekklisten ble funnet.")
_WORDS = {"yes": "ja", "no": "nei"}


@dataclass(slots=True)
class Lists:
    """The ticked rows of one grid."""

    rows: list[Mapping[str, Finding]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    panes: list[Pane] = field(default_factory=list)
    """The cells that were looked at for answers."""
    heads: list[Pane] = field(default_factory=list)
    """Headings of which a scan took letters for boxes."""


def read_grid(layout: Layout, grid: Grid, place: Place, names: list[str], label: str) -> Lists | None:
    """Read one grid; None when it holds no line of the checklist."""
    here = [
        hit
        for hit in layout.hits_of(keys_of(place.texts))
        if hit.pane.grid is grid
        and hit.strength >= Strength.RUNNING
        and (not place.within or layout.section(hit) == place.within)
    ]
    columns, body, misread_heads = columns_of(layout, grid, place, names)
    if not here and not (columns and body == 0 and _inside(layout, grid, place)):
        return None
    last = _end(layout, grid, place)
    misread = misread_lines(layout, place)
    found = Lists(heads=list(misread_heads))
    for row in range(body, last):
        panes = grid.row(row)
        first = panes[0] if panes else None
        if first is None or first.row != row:
            continue
        found.panes += [pane for pane in panes if pane is not first]
        _read_row(grid, row, first, columns, names, label, here, found, place.texts, misread)
    both = [one for row in found.rows for one in row.values() if one.yes is one.no is MarkState.ON]
    found.doubts += [BOTH] if both and layout.sheet.scanned else []
    return found


def lines_lost(layout: Layout, place: Place) -> bool:
    """Whether a scan shows fewer of the printed lines than the form has: a cross may stand on one that nobody saw."""
    if not layout.sheet.scanned:
        return False
    return not unseen_lines(layout, place) <= set(map(keyed, misread_lines(layout, place).values()))


def _inside(layout: Layout, grid: Grid, place: Place) -> bool:
    """Whether a part of the table over a page break stands before the next section begins."""
    begun = [key for start, key in layout.starts if start.strip.order < grid.strip.order]
    own = any(hit.pane.grid is grid for hit in layout.stops.values())
    return not own and all(key == place.within for key in begun)


def _end(layout: Layout, grid: Grid, place: Place) -> int:
    """The row where the next section begins, with the row of headings just above it."""
    for start, key in layout.starts:
        if key != place.within and start.pane.grid is grid:
            row = start.pane.row
            above = [hit for hit in layout.hits if hit.pane.grid is grid and hit.pane.row == row - 1]
            heads = {keyed(text) for name in ("yes", "no") for text in place.columns.get(name, ())}
            return row - 1 if any(hit.key in heads and hit.whole for hit in above) else row
    return grid.rows


def _read_row(
    grid: Grid,
    row: int,
    first: Pane,
    columns: dict[int, tuple[str, str]],
    names: list[str],
    label: str,
    here: list[Hit],
    found: Lists,
    texts: tuple[str, ...],
    misread: Mapping[int, str],
) -> None:
    ticks: dict[tuple[str, str], Tick] = {}
    doubts: list[Doubt] = []
    for pane in grid.row(row):
        if pane is first:
            continue
        under = [columns[c] for c in range(pane.column, pane.column + pane.column_span) if c in columns]
        tick = slot_state(pane, _WORDS[under[0][1]] if len(under) == 1 else "")
        if tick.state is MarkState.OFF and not tick.doubts:
            continue
        if not under:
            if any(atom.kind is AtomKind.MARK for atom in pane.atoms):
                doubts.append(MOVED)
        elif len(under) == 1 and pane.row == row:
            ticks[under[0]] = tick
        else:
            doubts += _merged(pane, under, ticks)
    for name in names:
        if (name, "yes") in ticks and (name, "no") in ticks:
            ticks[name, "yes"], ticks[name, "no"] = corrected(ticks[name, "yes"], ticks[name, "no"])
    doubts += [doubt for tick in ticks.values() for doubt in tick.doubts]
    if not ticks and not doubts:
        return
    found.doubts += doubts
    if not ticks:
        return
    item = _item(first, here, texts, misread.get(id(first), ""))
    found.doubts += item.doubts
    answers = {
        name: Finding(
            yes=_state(ticks, name, "yes"),
            no=_state(ticks, name, "no"),
            confidence=min(tick.confidence for tick in ticks.values()),
            box=next((tick.box for key, tick in ticks.items() if key[0] == name), None),
            page=grid.page,
        )
        for name in names
    }
    if not item.raw:
        found.doubts.append(Doubt(code="empty-item", text="Det er krysset av på en linje uten tekst."))
    found.rows.append({label: item, **answers})


def _state(ticks: dict[tuple[str, str], Tick], name: str, answer: str) -> MarkState:
    tick = ticks.get((name, answer))
    return (tick.state or MarkState.UNSURE) if tick is not None else MarkState.OFF


def _merged(pane: Pane, under: list[tuple[str, str]], ticks: dict[tuple[str, str], Tick]) -> list[Doubt]:
    """One cell under several headings: as many boxes as headings stand in order, else a cross could mean any."""
    marks = [atom for atom in pane.atoms if atom.kind is AtomKind.MARK]
    if len(marks) == len(under) and len(marks) > 1:
        states = [state_of([mark]) for mark in marks]
        for key, tick in zip(under, states, strict=True):
            if tick.state is not MarkState.OFF:
                ticks[key] = tick
        return []
    return [WHOSE if marks else UNSURE]


def _item(first: Pane, here: list[Hit], texts: tuple[str, ...], misread: str) -> Finding:
    """The printed words of a line, or what was written where nothing is printed.

    ``misread``: the printed line that a scan shows there with letters misread.
    """
    page = first.grid.page if first.grid else None
    if misread:
        return Finding(raw=misread.rstrip(": "), box=first.box, page=page, found_by="item")
    hits = sorted((hit for hit in here if hit.pane is first), key=lambda hit: hit.place)
    if hits:
        hit = hits[0]
        text = as_printed(hit, texts).rstrip(": ")
        if any(atom.confidence < 1 for atom in covered(hit)):
            # What a scan shows of signs and of capitals is less sure than what the declaration says.
            text = next((one for one in texts if keyed(one) == hit.key), text).rstrip(": ")
        return Finding(raw=text, box=first.box, page=page, found_by="item")
    lines = [_past_bullets(line) for line in written_lines(first)]
    text = " ".join(filter(None, map(line_text, lines))).rstrip(": ")
    blurred = any(atom.confidence < 1 for line in lines for atom in line) and _nearly_printed(text, texts)
    return Finding(
        raw=text,
        box=first.box,
        page=page,
        confidence=min((atom.confidence for line in lines for atom in line), default=1.0),
        found_by="item",
        doubts=(*entry_doubts(Span(lines)), *((BLURRED,) if blurred else ())),
    )


def _nearly_printed(text: str, texts: tuple[str, ...]) -> bool:
    """Whether a scan's words are so near to a printed line that they are that line misread."""
    from rapidfuzz.distance import Levenshtein

    key = keyed(text)
    return bool(key) and any(Levenshtein.normalized_similarity(key, keyed(one)) >= NEARLY for one in texts)


def _past_bullets(line: list[Atom]) -> list[Atom]:
    first = next((number for number, atom in enumerate(line) if not is_bullet(atom)), len(line))
    return line[first:]
