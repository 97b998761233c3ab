"""What belongs to a label, and how the pieces of a line are shared out to labels on another."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.domain import Box, Doubt, Entry
from pipeline.extraction._atoms import Atom, AtomKind, text_of
from pipeline.extraction._hits import Hit
from pipeline.extraction._sheet import Pane, Strip

ASTRAY = Doubt(
    code="cannot-align", text="Teksten går over i neste kolonne, og det er uklart hvilken den hører til."
)
BROKEN = Doubt(code="broken-word", text="Det er uklart om et ord er delt på to linjer eller er to ord.")


@dataclass(slots=True)
class Span:
    """What belongs to a label. ``how`` is the kind of place; ``room`` tells that there is room for a value."""

    lines: list[list[Atom]] = field(default_factory=list)
    page: int | None = None
    how: str = ""
    room: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def atoms(self) -> list[Atom]:
        """Every atom of the span."""
        return [atom for line in self.lines for atom in line]

    @property
    def written(self) -> bool:
        """Whether something is written or signed there."""
        return any(atom.written or atom.kind is AtomKind.INK for atom in self.atoms)

    @property
    def confidence(self) -> float:
        """That of the least sure word."""
        return min((atom.confidence for atom in self.atoms if atom.written), default=1.0)

    def doubt(self, code: str, text: str) -> None:
        """Say why a person must look."""
        self.doubts.append(Doubt(code=code, text=text))


def far(above: Strip, below: Strip) -> bool:
    """Whether a line stands so far below another that it can't be its answer."""
    if above.page != below.page or above.box is None or below.box is None:
        return above.page != below.page
    return below.box.top - above.box.bottom > 3.2 * max(above.box.bottom - above.box.top, 8.0)


def line_over(label: Strip) -> tuple[Strip | None, bool]:
    """The line above some labels; a bare line to write on is stepped over, and said to have been."""
    ruled = False
    for local in range(label.local - 1, max(label.local - 4, -1), -1):
        strip = label.pane.strips[local]
        if strip.grid is not None:
            return None, ruled
        if any(atom.kind is not AtomKind.FILL and atom.kind is not AtomKind.GAP for atom in strip.atoms):
            return strip, ruled
        ruled = ruled or any(atom.kind is AtomKind.FILL for atom in strip.atoms)
    return None, ruled


def close_below(above: Strip, below: Strip) -> bool:
    """Whether a line stands right under another, as the next line of the same text does."""
    if above.page != below.page or above.box is None or below.box is None:
        return False
    return below.box.top - above.box.bottom < 0.7 * (above.box.bottom - above.box.top)


def same_height(one: Strip, other: Strip) -> bool:
    """Whether two lines overlap in height, so that they are one to the eye."""
    return one.box is not None and other.box is not None and other.box.top < one.box.bottom - 0.5


def matched(hit: Hit, strip: Strip, atoms: list[Atom], labels: list[int], how: str) -> Span:
    """The pieces of a line that belong to one of several labels on another: by place, else by number."""
    chunks = chunks_of(atoms)
    mine = labels.index(hit.start) if hit.start in labels else 0
    starts = [hit.strip.atoms[index].box for index in labels]
    span = Span(page=strip.page, how=how)
    found: dict[int, list[list[Atom]]] = {}
    if all(box is not None for box in starts) and all(chunk[0].box is not None for chunk in chunks):
        for chunk in chunks:
            x = chunk[0].box.x0 if chunk[0].box else 0.0
            over = max((n for n, box in enumerate(starts) if box and box.x0 <= x + 12), default=0)
            found.setdefault(over, []).append(chunk)
        span.lines = found.get(mine, [])
        if len(chunks) == len(labels) > len(found):
            span.lines = [chunks[mine]]
            if all(_under(label, chunk) for label, chunk in zip(starts, chunks, strict=True)):
                return span
            span.doubt("cannot-align", "Det er uklart hvilket felt teksten på linjen hører til.")
        return span
    for pieces in (_between_gaps(atoms), chunks):
        if len(pieces) == len(labels):
            span.lines = [pieces[mine]]
            return span
    span.lines = [chunks[mine]] if mine < len(chunks) else []
    if any(atom.written for atom in atoms):
        span.doubt("cannot-align", "Det er uklart hvilket felt teksten på linjen hører til.")
    return span


def _under(label: Box | None, chunk: list[Atom]) -> bool:
    """Whether some words reach under the first word of a label."""
    first, last = chunk[0].box, chunk[-1].box
    if label is None or first is None or last is None:
        return False
    return first.x0 < label.x1 and last.x1 > label.x0


def _between_gaps(atoms: list[Atom]) -> list[list[Atom]]:
    pieces: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.kind is AtomKind.GAP:
            pieces.append([])
        else:
            pieces[-1].append(atom)
    return pieces


def chunks_of(atoms: list[Atom]) -> list[list[Atom]]:
    """The pieces of a line between gaps."""
    chunks: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.kind is AtomKind.GAP:
            chunks.append([])
        elif atom.kind in (AtomKind.ENTRY, AtomKind.INK):
            chunks += [[atom], []]
        else:
            chunks[-1].append(atom)
    return [chunk for chunk in chunks if chunk]


def written_lines(pane: Pane) -> list[list[Atom]]:
    """The lines of a pane and of tables inside it, blank ones too."""
    lines: list[list[Atom]] = []
    for strip in pane.strips:
        if strip.grid is None:
            lines.append(strip.atoms)
        else:
            for inner in strip.grid.panes:
                lines += written_lines(inner)
    return lines


def raw_of(span: Span) -> str:
    """What stood there, line breaks kept."""
    return text_of(span.lines)


def entry_doubts(span: Span) -> list[Doubt]:
    """What the reader itself doubted of a widget; and words that may be two, or another column's."""
    found = [BROKEN] if any(atom.broken for atom in span.atoms) else []
    found += [ASTRAY] if any(atom.astray for atom in span.atoms) else []
    return found + [
        Doubt(code="widget-disagrees", text=atom.piece.doubt)
        for atom in span.atoms
        if isinstance(atom.piece, Entry) and atom.piece.doubt
    ]
